import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PowerState, Server } from '../../bridge/schema/domain.js';
import type { Crash } from '../../bridge/schema/process-end.js';
import type { Happening } from '../../bridge/schema/events.js';
import { aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import type { PanelActivity } from '../fleet/api.js';
import { FleetStore } from '../fleet/store.js';
import { AwayEnds } from './away-ends.js';
import { EventLog, sortedIds } from './event-log.js';

const minute = 60_000;
const ranFor = 10 * minute;

let clock = new FakeClock();
let store = new FleetStore();
let log = new EventLog(clock, sortedIds('test'));
let ends: AwayEnds;
/** Activity that the panel lists, by server; null = no answer now. */
let listed: Record<string, readonly PanelActivity[] | null> = {};
let asked: string[] = [];
let recalled: [serverId: string, at: number, crash: Crash][] = [];
let cleared: string[] = [];

beforeEach(() => {
  clock = new FakeClock();
  clock.jump(5 * minute);
  store = new FleetStore();
  log = new EventLog(clock, sortedIds('test'));
  [listed, asked, recalled, cleared] = [{}, [], [], []];
  ends = new AwayEnds({
    store,
    clock,
    log,
    activityOf: async (serverId) => {
      asked.push(serverId);
      return listed[serverId] === undefined ? [] : listed[serverId];
    },
    pastCrashes: {
      recall: (...what) => void recalled.push(what),
      stoppedSince: (serverId) => void cleared.push(serverId),
    },
  });
  ends.start();
});

afterEach(() => ends.stop());

/** Server as the last run saw it, `ranFor` before now. */
function known(state: PowerState, fields: Partial<Server> = {}, id = 'home/1'): void {
  const lastRun = { at: clock.now() - ranFor, state, usage: null };
  store.apply([{ kind: 'server-upserted', server: aServer({ id, power: null, lastRun, ...fields }) }]);
}

async function isNow(power: PowerState, fields: Partial<Server> = {}, id = 'home/1'): Promise<void> {
  store.apply([{ kind: 'server-patched', serverId: id, patch: { power, ...fields } }]);
  await clock.advance(0);
}

const activity = (signal: 'start' | 'stop' | 'kill' | 'restart', ago: number): PanelActivity => ({
  at: clock.wall() - ago,
  signal,
  by: 'anna',
});

describe('a server that ran when Perch quit, and is offline', () => {
  it.each(['running', 'starting'] as const)('counts as gone offline by itself (%s)', async (state) => {
    known(state);
    const seenAt = clock.now();
    await isNow('offline');
    const unseen = { what: 'offline', from: seenAt - ranFor, to: seenAt };
    expect(recalled).toEqual([['home/1', seenAt, { exitCode: null, outOfMemory: false, unseen }]]);
    expect(cleared).toEqual([]);
  });

  it('is asked about after the server before it has its answer', async () => {
    let answer: (activity: readonly PanelActivity[]) => void = () => undefined;
    const slow = new AwayEnds({
      store,
      clock,
      log,
      activityOf: (serverId) => {
        asked.push(serverId);
        return new Promise((resolve) => (answer = resolve));
      },
      pastCrashes: { recall: () => undefined, stoppedSince: () => undefined },
    });
    ends.stop();
    slow.start();
    for (const id of ['home/1', 'home/2']) known('running', {}, id);
    for (const id of ['home/1', 'home/2']) await isNow('offline', {}, id);
    expect(asked).toEqual(['home/1']);
    answer([]);
    await clock.advance(0);
    expect(asked).toEqual(['home/1', 'home/2']);
    slow.stop();
  });

  it.each(['offline', 'stopping'] as const)('does not count as gone offline if it was %s', async (state) => {
    known(state);
    await isNow('offline');
    expect(asked).toEqual([]);
    expect(recalled).toEqual([]);
  });

  it('does not count as gone offline if it runs, or if this run has seen it before', async () => {
    known('running');
    await isNow('running');
    await isNow('offline');
    known('running', { power: 'offline' }, 'home/2');
    await isNow('offline', {}, 'home/2');
    known('running', { lastRun: null }, 'home/3');
    await isNow('offline', {}, 'home/3');
    expect(asked).toEqual([]);
  });

  it.each<[string, () => PanelActivity, boolean]>([
    ['somebody has stopped it', () => activity('stop', 5 * minute), false],
    [
      'somebody had told it to stop three minutes before it was seen last',
      () => activity('kill', ranFor + 3 * minute),
      false,
    ],
    ['somebody had told it to stop earlier', () => activity('kill', ranFor + 3 * minute + 1), true],
    ['somebody has started it', () => activity('start', 5 * minute), true],
    [
      'somebody has run a schedule',
      () => ({ at: clock.wall() - 5 * minute, schedule: 'Nightly', by: null }),
      false,
    ],
  ])('counts as gone offline by itself or not if %s (case %#)', async (_case, entry, isByItself) => {
    known('running');
    listed = { 'home/1': [entry()] };
    await isNow('offline');
    expect(recalled).toHaveLength(isByItself ? 1 : 0);
  });

  it.each<[string, number, Happening, boolean]>([
    ['an end after it was seen', -1, { kind: 'stopped', by: { kind: 'unknown' }, isKill: false }, false],
    ['an end of then', 0, { kind: 'stopped', by: { kind: 'unknown' }, isKill: false }, true],
    ['no end', -1, { kind: 'installed' }, true],
  ])('counts as gone offline by itself or not if the log has %s', async (_case, ms, what, isByItself) => {
    known('running');
    const place = { accountId: 'home', panel: 'Home', server: 'Survival' };
    log.add({ at: clock.now() - ranFor - ms, lasts: false, ...place, serverId: 'home/1', what });
    await isNow('offline');
    expect(recalled).toHaveLength(isByItself ? 1 : 0);
  });

  it('is not logged if it starts before the panel answers', async () => {
    known('running');
    store.apply([{ kind: 'server-patched', serverId: 'home/1', patch: { power: 'offline' } }]);
    store.apply([{ kind: 'server-patched', serverId: 'home/1', patch: { power: 'starting' } }]);
    await clock.advance(0);
    expect(asked).toEqual(['home/1']);
    expect(recalled).toEqual([]);
  });
});

describe('a server that had crashed when Perch quit', () => {
  async function isCrashed(...entries: readonly PanelActivity[]): Promise<void> {
    const crash = { at: clock.now() - ranFor, exitCode: 1, outOfMemory: false };
    known('offline', { lastRun: { at: clock.now() - minute, state: 'offline', usage: null, crash } });
    listed = { 'home/1': entries };
    await isNow('offline', { crashedAt: crash.at });
  }

  it('keeps its mark if nobody did anything, or somebody only started or only stopped it', async () => {
    await isCrashed();
    await isCrashed(activity('start', 5 * minute));
    await isCrashed(activity('stop', 5 * minute));
    await isCrashed(activity('stop', 5 * minute), activity('start', 4 * minute));
    expect(cleared).toEqual([]);
    expect(recalled).toEqual([]);
    expect(asked).toHaveLength(4);
  });

  it.each([
    ['start', 'stop'],
    ['restart', 'stop'],
    ['start', 'kill'],
  ] as const)('loses its mark after a %s and a %s, whatever their order in the list', async (first, last) => {
    await isCrashed(activity(last, 4 * minute), activity(first, 5 * minute));
    expect(cleared).toEqual(['home/1']);
    expect(recalled).toEqual([]);
  });

  it('keeps its mark if start and stop lie before the crash, or within the difference between two clocks', async () => {
    await isCrashed(activity('start', ranFor + 2 * minute), activity('stop', ranFor + minute));
    await isCrashed(activity('start', ranFor - 10_000), activity('stop', ranFor - 10_000));
    expect(cleared).toEqual([]);
    await isCrashed(activity('start', ranFor - 10_001), activity('stop', ranFor - 10_002));
    expect(cleared).toEqual(['home/1']);
  });
});

describe('the panel', () => {
  it('is asked about one server after the other', async () => {
    for (const id of ['home/1', 'home/2', 'home/3']) known('running', {}, id);
    for (const id of ['home/1', 'home/2', 'home/3']) await isNow('offline', {}, id);
    expect(asked).toEqual(['home/1', 'home/2', 'home/3']);
    expect(recalled.map(([id]) => id)).toEqual(['home/1', 'home/2', 'home/3']);
  });

  it('is asked again each minute without an answer, five times in all', async () => {
    known('running');
    listed = { 'home/1': null };
    const seenAt = clock.now();
    await isNow('offline');
    await clock.advance(minute - 1);
    expect(asked).toHaveLength(1);
    await clock.advance(1);
    expect(asked).toHaveLength(2);
    await clock.advance(10 * minute);
    expect(asked).toHaveLength(5);
    expect(recalled).toEqual([]);
    expect(clock.pending).toBe(0);
    known('running', {}, 'home/2');
    listed = { 'home/2': null };
    await isNow('offline', {}, 'home/2');
    const later = clock.now();
    listed = {};
    await clock.advance(minute);
    expect(recalled.map(([id, at]) => [id, at])).toEqual([['home/2', later]]);
    expect(seenAt).toBeLessThan(later);
  });

  it('is not asked within that minute, even if another server is offline', async () => {
    for (const id of ['home/1', 'home/2']) known('running', {}, id);
    listed = { 'home/1': null };
    await isNow('offline');
    await isNow('offline', {}, 'home/2');
    expect(asked).toEqual(['home/1']);
    listed = {};
    await clock.advance(minute);
    expect(asked).toEqual(['home/1', 'home/1', 'home/2']);
  });

  it('is not asked after the stop', async () => {
    known('running');
    listed = { 'home/1': null };
    await isNow('offline');
    ends.stop();
    known('running', {}, 'home/2');
    await isNow('offline', {}, 'home/2');
    await clock.advance(10 * minute);
    expect(asked).toEqual(['home/1']);
    expect(clock.pending).toBe(0);
  });
});
