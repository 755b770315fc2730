import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

/** Answers what makes a new folder for a history; all of them are removed after each test, once what the spec runs there has stopped. */
export function historyFolders(): () => Promise<string> {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'perch-history-'));
    folders.push(folder);
    return join(folder, 'history');
  };
}

/** A copy of a store as it is at one moment, while it works: a copy during which its files change is none. */
export async function copyAsItIs(folder: string, newFolder: () => Promise<string>): Promise<string> {
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
