/** The main window beside the real files of a server, which the sandbox's node has in a folder. */
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { pathsBelow } from '../support/paths-below.js';
import type { SandboxProcess } from '../support/sandbox-process.js';
import { Keyboard } from './keyboard.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, type Perch } from './perch.js';
import { Pictures } from './pictures.js';

/** Folder of a server's files. Throws if the sandbox has no such folder. */
export function folderOf(sandbox: SandboxProcess, server: string): string {
  const uuid = sandbox.servers.find(({ name }) => name === server)?.uuid;
  const found = pathsBelow(sandbox.folder).find((path) => uuid !== undefined && path.endsWith(uuid));
  if (found === undefined) throw new Error(`The sandbox has no folder of ${server}.`);
  return join(sandbox.folder, found);
}

/** Connects the owner's panel and waits until the server "Survival" runs. */
export async function survivalFiles(perch: Perch, sandbox: SandboxProcess) {
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  const main = new MainWindow(page);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  const folder = folderOf(sandbox, 'Survival');
  return {
    page,
    main,
    keys: new Keyboard(page),
    pictures: new Pictures(perch, page),
    /** Folder of the server's files. */
    folder,
    /** Path of a server's file on this computer. */
    on: (path: string): string => join(folder, path),
    /** Row of a file in the list. */
    row: (name: string): Locator => page.locator(`[data-testid=file-row][data-key=${JSON.stringify(name)}]`),
  };
}
