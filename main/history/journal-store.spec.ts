import { beforeEach, describe, expect, it } from 'vitest';
import { historyLevels, keysOf } from '../../tests/support/history-level.js';
import {
  dropBefore,
  entriesOf,
  journalChange,
  nextNumber,
  progressChange,
  progressOf,
} from './journal-store.js';
import type { Noted } from './journal.js';
import type { Level } from './level-folder.js';

/** Key of an entry, padded so that keys sort like numbers. */
const journalKey = (number: number): string => `j/${number.toString(36).padStart(9, '0')}`;
const aLevel = historyLevels();
let level: Level;

beforeEach(async () => {
  level = await aLevel();
});

const entry = (at: number): Noted<number> => ({ at, isWhole: true, isFirst: false, states: [], usage: [] });

async function found(): Promise<[number, Noted<number>][]> {
  const all: [number, Noted<number>][] = [];
  for await (const one of entriesOf(level)) all.push([one.number, one.entry]);
  return all;
}

describe('the journal on disk', () => {
  it('has its entries in the order of their numbers, without damaged entries and other keys', async () => {
    await level.batch([35, 36, 2, 1295].map((number) => journalChange(number, entry(number * 1000))));
    await level.put(journalKey(3), new Uint8Array());
    await level.put('i/1', Uint8Array.of(0, 1, 0));
    await level.put('k/1', Uint8Array.of(0, 1, 0));
    expect(await found()).toEqual([2, 35, 36, 1295].map((number) => [number, entry(number * 1000)]));
  });

  it('continues with the number after its last entry, or begins with 1', async () => {
    expect(await nextNumber(level)).toBe(1);
    await level.put('j0', Uint8Array.of(1));
    await level.put('i/zz', Uint8Array.of(1));
    expect(await nextNumber(level)).toBe(1);
    await level.batch([journalChange(36, entry(1)), journalChange(4, entry(1))]);
    expect(await nextNumber(level)).toBe(37);
  });

  it('deletes only the entries before a number', async () => {
    await level.batch([1, 35, 36, 37].map((number) => journalChange(number, entry(1))));
    await level.put('i/1', Uint8Array.of(1));
    await dropBefore(level, 36);
    expect(await keysOf(level)).toEqual(['i/1', journalKey(36), journalKey(37)]);
  });

  it('remembers how much of it is in chunks', async () => {
    expect(await progressOf(level)).toBeNull();
    const progress = { from: 300, kept: 200, until: 1_700_000_000_000 };
    await level.batch([progressChange(progress)]);
    expect(await progressOf(level)).toEqual(progress);
  });

  it('does not know how much, if that entry is damaged', async () => {
    await level.put('mark', Uint8Array.of(1, 2));
    expect(await progressOf(level)).toBeNull();
  });
});
