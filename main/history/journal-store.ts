import { bytesOf, readBytes } from './bytes.js';
import type { DiskChange } from './history-disk.js';
import { entryBytes, entryIn, type Noted } from './journal.js';
import { rangeOf } from './key-range.js';
import type { Level } from './level-folder.js';

const prefix = 'j/';
const markKey = 'mark';

/** How much of the journal is in chunks. */
export interface JournalProgress {
  /** Number of the first entry whose data was not yet copied to chunks. */
  readonly from: number;
  /** Number of the first entry that is kept. */
  readonly kept: number;
  /** Wall-clock time before which all data is in chunks. */
  readonly until: number;
}

function journalKey(number: number): string {
  return prefix + number.toString(36).padStart(9, '0');
}

export function journalChange(number: number, entry: Noted<number>): DiskChange {
  return { type: 'put', key: journalKey(number), value: entryBytes(entry) };
}

/** Kept entries, oldest first. Skips damaged entries. */
export async function* entriesOf(level: Level): AsyncGenerator<{ number: number; entry: Noted<number> }> {
  for await (const [key, value] of level.iterator(rangeOf(prefix))) {
    const entry = entryIn(value);
    if (entry !== null) yield { number: numberIn(key), entry };
  }
}

/** Number of the next entry. */
export async function nextNumber(level: Level): Promise<number> {
  const [last] = await level.keys({ ...rangeOf(prefix), reverse: true, limit: 1 }).all();
  return last === undefined ? 1 : numberIn(last) + 1;
}

export async function dropBefore(level: Level, number: number): Promise<void> {
  await level.clear({ gte: prefix, lt: journalKey(number) });
}

export function progressChange({ from, kept, until }: JournalProgress): DiskChange {
  return { type: 'put', key: markKey, value: bytesOf(from, kept, until) };
}

export async function progressOf(level: Level): Promise<JournalProgress | null> {
  return readBytes(await level.get(markKey), (source) => ({
    from: source.unsigned(),
    kept: source.unsigned(),
    until: source.unsigned(),
  }));
}

function numberIn(key: string): number {
  return Number.parseInt(key.slice(prefix.length), 36);
}
