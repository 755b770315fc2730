import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readyLine } from './ready-line.mjs';
import { removeFolder } from './remove-folder.js';

export interface SandboxReady {
  readonly panel: string;
  readonly keys: { readonly owner: string; readonly subuser: string; readonly admin: string };
  /** Passwords of the same users, for SFTP. */
  readonly passwords: { readonly owner: string; readonly subuser: string; readonly admin: string };
  readonly servers: readonly { readonly identifier: string; readonly uuid: string; readonly name: string }[];
}

export interface SandboxProcess extends SandboxReady {
  /** Folder of the sandbox's world and its servers' files. */
  readonly folder: string;
  /** Changes the sandbox's world from outside, as a host would. */
  control(order: Record<string, unknown>): Promise<unknown>;
  /** Sends a request to the panel with the owner's key, to read the true state. */
  ask(path: string, key?: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the sandbox as `npm run sandbox` does, with a fresh data folder. */
export async function startSandbox(flags: readonly string[] = []): Promise<SandboxProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'perch-sandbox-'));
  const entry = resolve(import.meta.dirname, '../../out/sandbox/index.mjs');
  const child = spawn(
    process.execPath,
    [entry, '--port', '0', '--data', folder, '--control', '--with-parent', ...flags],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = once(child, 'exit');
  const ready = JSON.parse(await readyLine(child, 'The sandbox')) as SandboxReady;

  const send = async (path: string, init: RequestInit): Promise<unknown> => {
    const answer = await fetch(new URL(path, ready.panel), init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 300)}`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  };

  return {
    ...ready,
    folder,
    control: (order) =>
      send('/sandbox/control', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(order),
      }),
    ask: (path, key = ready.keys.owner) =>
      send(path, { headers: { accept: 'application/json', authorization: `Bearer ${key}` } }),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await removeFolder(folder);
    },
  };
}
