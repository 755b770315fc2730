import { mkdtemp, rm } from 'node:fs/promises';
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
