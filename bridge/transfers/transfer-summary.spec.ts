import { expect, it } from 'vitest';
import { aTransfer } from '../../tests/support/entities.js';
import { activeWords, transferSummary } from './transfer-summary.js';

it('an empty list has no active transfers', () => {
  expect(transferSummary([])).toEqual({
    active: 0,
    down: 0,
    up: 0,
    paused: 0,
    failed: 0,
    done: 0,
    share: null,
  });
});

it('counts each state, and adds up active transfers', () => {
  const transfers = [
    aTransfer({ state: 'running', bytes: 30, size: 100 }),
    aTransfer({ state: 'waiting', bytes: 0, size: 100, direction: 'up' }),
    aTransfer({ state: 'resting', bytes: 0, size: 100 }),
    aTransfer({ state: 'paused', bytes: 50, size: 100 }),
    aTransfer({ state: 'failed' }),
    aTransfer({ state: 'done' }),
  ];
  expect(transferSummary(transfers)).toEqual({
    active: 3,
    down: 2,
    up: 1,
    paused: 1,
    failed: 1,
    done: 1,
    share: 0.1,
  });
});

it('has no share while a size is unknown', () => {
  expect(transferSummary([aTransfer({ size: null }), aTransfer({})]).share).toBeNull();
});

it('names the direction of active transfers', () => {
  expect(activeWords({ down: 2, up: 1 })).toEqual(['Downloading 2 files', 'Uploading 1 file']);
  expect(activeWords({ down: 0, up: 2 })).toEqual(['Uploading 2 files']);
  expect(activeWords({ down: 0, up: 0 })).toEqual([]);
});
