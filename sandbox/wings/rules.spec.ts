import { describe, expect, test } from 'vitest';
import { FloodGate } from './flood-gate.js';
import { History } from './history.js';
import { CrashWatch, PowerLock } from './power.js';
import { stopWay } from './stop-word.js';
import { askedStats, idleUsage, memoryLimitBytes, periodicStats } from './usage.js';

describe('power', () => {
  test('one action at a time; a second release frees no other', () => {
    const lock = new PowerLock();
    const first = lock.acquire();
    expect(first).not.toBeNull();
    expect(lock.acquire()).toBeNull();
    first?.();
    const second = lock.acquire();
    expect(second).not.toBeNull();
    first?.();
    expect(lock.held).toBe(true);
    second?.();
    expect(lock.held).toBe(false);
  });

  test('60 s count from the last automatic restart, not from the last crash', () => {
    let now = 1_000_000;
    const watch = new CrashWatch(60, () => now);
    expect(watch.mayRestart()).toBe(true);
    now += 50_000;
    expect(watch.mayRestart()).toBe(false);
    now += 10_000;
    expect(watch.mayRestart()).toBe(true);
  });

  test('stop values', () => {
    expect(stopWay('stop')).toEqual({ kind: 'command', word: 'stop' });
    expect(stopWay('^C')).toEqual({ kind: 'signal' });
    expect(stopWay('^SIGINT')).toEqual({ kind: 'refused', name: 'interrupt' });
    expect(stopWay('^SIGKILL')).toEqual({ kind: 'kill' });
  });
});

test('a flood passes up to the limit in each period, with one notice per episode', () => {
  let now = 0;
  const gate = new FloodGate(3, 100, () => now);
  const judge = (count: number) => Array.from({ length: count }, () => gate.judge());
  expect(judge(6)).toEqual(['pass', 'pass', 'pass', 'notice', 'discard', 'discard']);
  now = 99;
  expect(judge(1)).toEqual(['discard']);
  now = 100;
  expect(judge(4)).toEqual(['pass', 'pass', 'pass', 'notice']);
});

test('history keeps the last lines and ends before one that is too long', () => {
  const history = new History(3);
  for (const line of ['a', 'b', '', 'd']) history.add(line);
  expect(history.replay()).toEqual(['b', '', 'd']);
  history.add(null);
  history.add('f');
  expect(history.replay()).toEqual(['d']);
  history.clear();
  expect(history.replay()).toEqual([]);
});

describe('usage', () => {
  // Recorded: 512 MB = 588,800,000 and 128 MB = 147,197,952.
  test.each([
    [512, 588_800_000],
    [128, 147_197_952],
    [4096, 4_505_600_000 - (4_505_600_000 % 4096)],
    [8192, 8_601_600_000 - (8_601_600_000 % 4096)],
  ])('the limit of %i MB', (mb, bytes) => {
    expect(memoryLimitBytes(mb)).toBe(bytes);
  });

  test("no limit means the host's memory", () => {
    expect(memoryLimitBytes(0)).toBeGreaterThan(100_000_000);
  });

  test('two orders of keys', () => {
    const usage = idleUsage('offline', 1, 2);
    expect(Object.keys(JSON.parse(periodicStats(usage)) as object)).toEqual(
      Object.keys(usage).sort((a, b) => a.localeCompare(b)),
    );
    expect(Object.keys(JSON.parse(askedStats(usage)) as object)).toEqual(Object.keys(usage));
  });
});
