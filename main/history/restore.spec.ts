import { beforeEach, describe, expect, it } from 'vitest';
import type { PastState } from '../../bridge/schema/history.js';
import { aSample } from '../../tests/support/samples.js';
import type { Noted } from './journal.js';
import { Restored } from './restore.js';
import { rowOf } from './sample-rows.js';

let restored = new Restored();

beforeEach(() => {
  restored = new Restored();
});

function entry(at: number, states: Record<number, PastState> = {}, isFirst = false): Noted<number> {
  const marks = Object.entries(states).map(([server, state]) => ({ server: Number(server), at, state }));
  return { at, isWhole: false, isFirst, states: marks, usage: [] };
}

function add(...entries: readonly Noted<number>[]): void {
  for (const one of entries) restored.add(one);
}

const marks = (number = 1): [number, PastState][] =>
  restored.marks(number).map(({ at, state }) => [at, state]);

describe('entries of earlier runs in the journal', () => {
  it('have states that continue from entry to entry until the last entry', () => {
    add(entry(0, { 1: 'running' }), entry(5000), entry(25_000, { 1: 'offline' }), entry(30_000));
    restored.end();
    expect(marks()).toEqual([
      [0, 'running'],
      [25_000, 'offline'],
      [30_000, 'unknown'],
    ]);
    expect(restored.marks(2)).toEqual([]);
  });

  it('has an unknown time for a pause of more than 20 seconds', () => {
    add(entry(0, { 1: 'running' }), entry(20_001));
    expect(marks()).toEqual([
      [0, 'running'],
      [0, 'unknown'],
      [20_001, 'running'],
    ]);
  });

  it('has an unknown time between two runs, and carries no state over', () => {
    add(entry(0, { 1: 'running' }), entry(5000, {}, true));
    expect(marks()).toEqual([
      [0, 'running'],
      [0, 'unknown'],
    ]);
  });

  it('has an unknown time after the clock was set back', () => {
    add(entry(50_000, { 1: 'running' }), entry(45_000));
    expect(marks()).toEqual([
      [50_000, 'running'],
      [50_000, 'unknown'],
      [45_000, 'running'],
    ]);
    add(entry(45_000));
    expect(marks()).toHaveLength(3);
  });

  it('is empty without entries', () => {
    restored.end();
    expect(restored.marks(1)).toEqual([]);
  });

  it('has the usage of each server in its time', () => {
    const row = (at: number) => rowOf(aSample(at), 1);
    restored.add({ ...entry(0), usage: [0, 5000].map((at) => ({ server: 1, row: row(at) })) });
    restored.add({ ...entry(5000, { 2: 'running' }), usage: [{ server: 3, row: row(5000) }] });
    expect(restored.usage(1, 0, 5000)).toEqual([aSample(0)]);
    expect(restored.rows(1, 1, 9000)).toEqual([row(5000)]);
    expect(restored.usage(3, 0, 9000)).toEqual([aSample(5000)]);
    expect(restored.usage(2, 0, 9000)).toEqual([]);
  });
});
