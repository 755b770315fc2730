/*
 * Checks the stored events once at the start for damage by the disk.
 * LevelDB notices a block that can't be unpacked, but returns a block with changed bytes without a word.
 */
import { parseJson } from '../base/json.js';
import { inBatches } from './batches.js';
import { entryListedAt, eventLists, withoutEntry } from './event-keys.js';
import type { DiskChange, HistoryDiskDeps } from './history-disk.js';
import type { Level } from './level-folder.js';

const atOnce = 500;

export interface LostEvents {
  /** Number of listed events that are missing or unreadable. */
  readonly count: number;
  /** Changes that remove the lost events from the lists, so that they are reported once. */
  readonly forget: readonly DiskChange[];
}

/** Reports events that were lost, once: they then leave the lists. Rejects if the store cannot be read or written. */
export async function reportLostEvents(
  level: Level,
  { log, damaged }: Pick<HistoryDiskDeps, 'log' | 'damaged'>,
): Promise<void> {
  const { count, forget } = await lostEvents(level);
  if (count === 0) return;
  log.warn('history.events-lost', { count });
  await level.batch([...forget]);
  damaged(count);
}

/** Reads in short batches in the background. */
export async function lostEvents(level: Level): Promise<LostEvents> {
  const forget: DiskChange[] = [];
  let count = 0;
  for await (const keys of inBatches(level.keys(eventLists), atOnce)) {
    const values = await level.getMany(keys.map(entryListedAt));
    const lost = keys.filter((_key, place) => !isWhole(values[place]));
    // An event deleted meanwhile is not lost.
    const stillListed = await level.getMany(lost);
    for (const [place, key] of lost.entries()) {
      if (stillListed[place] === undefined) continue;
      count++;
      forget.push(...withoutEntry(entryListedAt(key)));
    }
  }
  return { count, forget };
}

/** An event in another format counts as intact, because a newer Perch may have written it. */
function isWhole(value: Uint8Array | undefined): boolean {
  if (value === undefined) return false;
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(value)) !== undefined;
  } catch {
    return false;
  }
}
