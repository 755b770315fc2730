/*
 * Looks through the log of what happened once, at the start, for what a damaged disk has left of it. LevelDB notices a
 * block that it can't unpack; one whose bytes were merely changed it hands out as it is.
 */
import { parseJson } from '../base/json.js';
import { entryListedAt, eventLists, withoutEntry } from './events.js';
import type { Change } from './history-disk.js';
import type { Level } from './level-folder.js';

const atOnce = 500;

export interface LostEvents {
  /** Listed entries that are not there any more, or can't be read. */
  readonly count: number;
  /** Takes them out of the lists, so that they are told once. */
  readonly forget: readonly Change[];
}

/** Reads by and by: each batch is short, and nobody waits for it. */
export async function lostEvents(level: Level): Promise<LostEvents> {
  const forget: Change[] = [];
  let count = 0;
  for await (const keys of inBatches(level)) {
    const values = await level.getMany(keys.map(entryListedAt));
    const lost = keys.filter((_key, place) => !isWhole(values[place]));
    // What was let go of meanwhile is no loss.
    const stillListed = await level.getMany(lost);
    for (const [place, key] of lost.entries()) {
      if (stillListed[place] === undefined) continue;
      count++;
      forget.push(...withoutEntry(entryListedAt(key)));
    }
  }
  return { count, forget };
}

async function* inBatches(level: Level): AsyncGenerator<string[]> {
  let keys: string[] = [];
  for await (const key of level.keys(eventLists)) {
    keys.push(key);
    if (keys.length < atOnce) continue;
    yield keys;
    keys = [];
  }
  if (keys.length > 0) yield keys;
}

/** One of another form may be a newer Perch's, and is no damage. */
function isWhole(value: Uint8Array | undefined): boolean {
  if (value === undefined) return false;
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(value)) !== undefined;
  } catch {
    return false;
  }
}
