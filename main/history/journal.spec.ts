import { describe, expect, it } from 'vitest';
import { aSample } from '../../tests/support/samples.js';
import { entryBytes, entryIn, type Noted } from './journal.js';
import { rowOf } from './sample-rows.js';

const at = 1_700_000_005_000;

function entry(fields: Partial<Noted<number>> = {}): Noted<number> {
  return { at, isWhole: false, isFirst: false, states: [], usage: [], ...fields };
}

describe('an entry of the journal', () => {
  it('comes back as it was, with the states and the usage of several servers', () => {
    const row = (ms: number, cpuPercent: number) =>
      rowOf(aSample(at - ms, { cpuPercent, afterGap: true }), 1);
    const written = entry({
      states: [
        { server: 1, at: at - 3000, state: 'running' },
        { server: 300, at, state: 'crashed' },
      ],
      usage: [
        { server: 1, row: row(4000, 12) },
        { server: 300, row: row(0, 34) },
      ],
    });
    expect(entryIn(entryBytes(written))).toEqual(written);
  });

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('keeps whether it is complete (%s) and the first of a run (%s)', (isWhole, isFirst) => {
    const written = entry({ isWhole, isFirst });
    expect(entryIn(entryBytes(written))).toEqual(written);
  });

  it('is null if it is cut off', () => {
    const bytes = entryBytes(entry({ states: [{ server: 1, at, state: 'running' }] }));
    expect(entryIn(bytes.slice(0, -1))).toBeNull();
    expect(entryIn(new Uint8Array())).toBeNull();
  });

  it('reads a state of a newer version as unknown', () => {
    const bytes = entryBytes(entry({ states: [{ server: 1, at, state: 'running' }] }));
    const odd = Uint8Array.from([...bytes.slice(0, -1), 99]);
    expect(entryIn(odd)?.states).toEqual([{ server: 1, at, state: 'unknown' }]);
  });
});
