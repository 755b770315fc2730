import { beforeEach, describe, expect, it } from 'vitest';
import type { UsageSample } from '../../bridge/schema/history.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { aSample } from '../../tests/support/samples.js';
import { RecentUsage } from './recent-usage.js';
import { rowOf } from './sample-rows.js';

const minute = 60_000;
const hour = 60 * minute;
const begin = 1_700_000_000_000;
const id = 'home/1';

let clock = new FakeClock(begin);
let usage = new RecentUsage(clock);

beforeEach(() => {
  clock = new FakeClock(begin);
  usage = new RecentUsage(clock);
});

const timesOf = (samples: readonly UsageSample[]): number[] => samples.map(({ at }) => at - begin);

function add(...times: readonly number[]): void {
  for (const at of times) usage.addRow(id, rowOf(aSample(begin + at), 1));
}

describe('recent usage', () => {
  it('has the samples of the last hour, and no gap before the first', () => {
    for (const at of [0, 5000, 10_000])
      usage.addRow(id, rowOf(aSample(begin + at, { afterGap: true, cpuPercent: 7 }), 1));
    clock.sleep(10_000);
    expect(usage.hour(id)).toEqual([
      aSample(begin, { cpuPercent: 7 }),
      aSample(begin + 5000, { cpuPercent: 7, afterGap: true }),
      aSample(begin + 10_000, { cpuPercent: 7, afterGap: true }),
    ]);
    expect(usage.hour('home/2')).toEqual([]);
  });

  it('counts the hour back from now, or from the newest sample if that is later', () => {
    add(0, 1, minute);
    clock.sleep(hour + 1);
    expect(timesOf(usage.hour(id))).toEqual([1, minute]);
    add(hour + 2);
    expect(timesOf(usage.hour(id))).toEqual([minute, hour + 2]);
  });

  it('has a time with its first moment and without its last', () => {
    add(0, 5000, 10_000);
    expect(timesOf(usage.between(id, begin, begin + 10_000))).toEqual([0, 5000]);
    expect(usage.rowsBetween(id, begin + 5000, Infinity).map(({ at }) => at - begin)).toEqual([5000, 10_000]);
    expect(usage.rowsBetween(id, begin, begin + 5000).map(({ at }) => at - begin)).toEqual([0]);
    expect(usage.between('home/2', 0, Infinity)).toEqual([]);
    expect(usage.rowsBetween('home/2', 0, Infinity)).toEqual([]);
  });

  it('is whole over several parts', () => {
    const times = Array.from({ length: 300 }, (_none, place) => place * 5000);
    add(...times);
    expect(timesOf(usage.between(id, begin, Infinity))).toEqual(times);
    expect(timesOf(usage.between(id, begin + 119 * 5000, begin + 121 * 5000))).toEqual([595_000, 600_000]);
  });

  it('accepts a late sample, and starts again if the clock was set back', () => {
    add(10_000, 5000);
    expect(timesOf(usage.between(id, 0, Infinity))).toEqual([10_000, 5000]);
    add(-1);
    expect(timesOf(usage.between(id, 0, Infinity))).toEqual([-1]);
  });

  it('puts the rows of an earlier run before the new rows', () => {
    add(20_000);
    usage.restore(id, [rowOf(aSample(begin), 1), rowOf(aSample(begin + 5000), 1)]);
    add(25_000);
    expect(timesOf(usage.between(id, 0, Infinity))).toEqual([0, 5000, 20_000, 25_000]);
    usage.restore('home/2', [rowOf(aSample(begin), 1)]);
    expect(usage.serverIds).toEqual([id, 'home/2']);
  });

  it('drops rows older than an hour and ten minutes, part by part', () => {
    add(...Array.from({ length: 120 }, (_none, place) => place * 5000));
    add(hour);
    clock.sleep(70 * minute + 595_000);
    usage.trim();
    expect(usage.between(id, 0, Infinity)).toHaveLength(121);
    clock.sleep(1);
    usage.trim();
    expect(timesOf(usage.between(id, 0, Infinity))).toEqual([hour]);
    clock.sleep(hour);
    usage.trim();
    expect(usage.serverIds).toEqual([]);
  });

  it('drops no row that is still needed', () => {
    add(0);
    clock.sleep(5 * hour);
    usage.trim(begin);
    expect(timesOf(usage.between(id, 0, Infinity))).toEqual([0]);
    usage.trim(begin + 1);
    expect(usage.serverIds).toEqual([]);
  });

  it('forgets a server, or the servers of an account and no other', () => {
    for (const one of ['home/1', 'home/2', 'home2/1']) usage.addRow(one, rowOf(aSample(begin), 1));
    usage.forget('home/1');
    expect(usage.serverIds).toEqual(['home/2', 'home2/1']);
    usage.forgetAccount('home');
    expect(usage.serverIds).toEqual(['home2/1']);
  });
});
