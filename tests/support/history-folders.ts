import { cp, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { removeFolder } from './remove-folder.js';

/**
 * Returns a function that makes a new folder for a history. All folders are removed after each test, when the spec's
 * processes have stopped.
 */
export function historyFolders(): () => Promise<string> {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await removeFolder(folder);
  });
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'perch-history-'));
    folders.push(folder);
    return join(folder, 'history');
  };
}

/** Copies a store at one moment while it works; copies again when files change during the copy. */
export async function copyConsistently(folder: string, newFolder: () => Promise<string>): Promise<string> {
  for (;;) {
    const before = await filesOf(folder);
    const copy = await newFolder();
    const isWhole = await cp(folder, copy, { recursive: true }).then(
      () => true,
      () => false,
    );
    if (isWhole && before === (await filesOf(folder))) return copy;
  }
}

async function filesOf(folder: string): Promise<string> {
  return (await readdir(folder, { recursive: true })).sort().join();
}
