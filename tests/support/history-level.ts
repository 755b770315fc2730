import { openFolder, type Level } from '../../main/history/level-folder.js';
import { afterEach } from 'vitest';
import { FakeLog } from './fake-log.js';
import { historyFolders } from './history-folders.js';

/** Returns a function that opens a new, empty store on disk. All stores are closed and removed after each test. */
export function historyLevels(): () => Promise<Level> {
  // Registered before the hook that closes the stores, so that the folders are removed after the stores have closed.
  const aFolder = historyFolders();
  const opened: Level[] = [];
  afterEach(async () => {
    for (const level of opened.splice(0)) await level.close();
  });
  return async () => {
    const { level } = await openFolder(await aFolder(), new FakeLog());
    opened.push(level);
    return level;
  };
}

/** Keys of a store in their order. */
export async function keysOf(level: Level, prefix = ''): Promise<string[]> {
  return level.keys({ gte: prefix, lt: `${prefix}~` }).all();
}
