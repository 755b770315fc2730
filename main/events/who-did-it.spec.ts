import { describe, expect, it } from 'vitest';
import { newsKind } from '../../bridge/events/event-news.js';
import { eventHow } from '../../bridge/events/event-words.js';
import type { Happening } from '../../bridge/schema/events.js';
import type { PanelActivity, PowerActivity } from '../fleet/api.js';
import { anEventsRig } from '../../tests/support/events-rig.js';
import { FakeClock, settle } from '../../tests/support/fake-clock.js';
import { anEvent } from '../../tests/support/history-events.js';
import { spoken } from '../../messages/messages.js';
import { activityBehind, wantsName, type CausableHappening } from './activity-cause.js';
import { EventLog, sortedIds, type EventDraft } from './event-log.js';
import { WhoDidIt } from './who-did-it.js';

const unknown = { kind: 'unknown' } as const;
const unnamed = { kind: 'unknown', isUnnamed: true } as const;
const anna = { kind: 'person', name: 'anna' } as const;

/** Running server, and a panel that lists activity. */
function aPanel() {
  const rig = anEventsRig();
  const { clock, log } = rig;
  const id = rig.addServer({ power: 'running' });
  const asked: string[] = [];
  const listed: PanelActivity[] = [];
  let isRefused = false;
  const who = new WhoDidIt({
    clock,
    log,
    activityOf: (serverId) => {
      asked.push(serverId);
      return Promise.resolve(isRefused ? null : [...listed]);
    },
  });
  who.start();
  const power = (state: 'offline' | 'starting' | 'running' | 'stopping'): void =>
    rig.patch(id, { power: state });
  const done = (signal: PowerActivity['signal'], by: string | null = 'anna'): void => {
    listed.unshift({ at: clock.wall(), signal, by });
  };
  const whats = (): Happening[] => log.recent.map(({ what }) => what);
  return { ...rig, id, asked, who, power, done, listed, whats, refuse: () => (isRefused = true) };
}

describe('Who did it', () => {
  it('is asked once if the panel has the activity already, also from before an event of another kind', async () => {
    const { clock, power, done, whats, asked, facts, id } = aPanel();
    done('kill');
    await clock.advance(1000);
    facts.emit({ serverId: id, fact: { kind: 'backup-deleted', backupId: 'b1' } });
    for (const state of ['stopping', 'offline'] as const) power(state);
    await clock.advance(2000);
    expect(whats().slice(1)).toEqual([{ kind: 'stopped', by: anna, isKill: true }]);
    expect(clock.pending).toBe(0);
    await clock.advance(600_000);
    expect(asked).toEqual([id]);
  });

  it('is the schedule that somebody ran by hand just before, unless the panel lists a power action later', async () => {
    for (const isPressed of [false, true]) {
      const { clock, power, listed, done, whats, asked } = aPanel();
      const bySchedule = { kind: 'schedule', name: 'Nightly', by: 'anna' };
      listed.unshift({ at: clock.wall(), schedule: 'Nightly', by: 'anna' });
      await clock.advance(4000);
      power('stopping');
      power('offline');
      await clock.advance(2000);
      expect(whats()).toEqual([{ kind: 'stopped', by: bySchedule, isKill: false }]);
      if (isPressed) done('stop', 'ben');
      await clock.advance(80_000);
      const by = isPressed ? { kind: 'person', name: 'ben' } : bySchedule;
      expect(whats()).toEqual([{ kind: 'stopped', by, isKill: false }]);
      expect(asked).toHaveLength(2);
    }
  });

  it('is no schedule that ran long before', async () => {
    const { clock, power, listed, whats } = aPanel();
    listed.unshift({ at: clock.wall(), schedule: 'Backup', by: 'anna' });
    await clock.advance(100_000);
    power('stopping');
    power('offline');
    await clock.advance(90_000);
    expect(whats()).toEqual([{ kind: 'stopped', by: unnamed, isKill: false }]);
  });

  it('is logged for a start after a crash that stays down', async () => {
    const { clock, id, patch, power, done, whats } = aPanel();
    patch(id, { power: 'offline', crashedAt: clock.now(), crash: { exitCode: 1, outOfMemory: false } });
    await clock.advance(60_000);
    done('start');
    power('starting');
    await clock.advance(2000);
    expect(whats()).toMatchObject([{ kind: 'crashed' }, { kind: 'started', by: anna }]);
  });

  it('is asked once more after the node has sent its activity to the panel, and then no more', async () => {
    const { clock, power, done, whats, asked, listed } = aPanel();
    done('stop');
    const [entry] = listed.splice(0);
    power('stopping');
    power('offline');
    await clock.advance(60_000);
    expect(whats()).toEqual([{ kind: 'stopped', by: unknown, isKill: false }]);
    if (entry !== undefined) listed.push(entry);
    await clock.advance(20_000);
    expect(whats()).toEqual([{ kind: 'stopped', by: anna, isKill: false }]);
    expect(asked).toHaveLength(2);
  });

  it('stays unknown if the panel names nobody', async () => {
    const { clock, power, done, whats, asked } = aPanel();
    done('stop', null);
    power('stopping');
    power('offline');
    await clock.advance(600_000);
    expect(whats()).toEqual([{ kind: 'stopped', by: unknown, isKill: false }]);
    expect(asked).toHaveLength(2);
  });

  it('may have been a schedule if the panel lists nobody at all', async () => {
    const { clock, power, whats, asked } = aPanel();
    power('stopping');
    power('offline');
    await clock.advance(60_000);
    expect(whats()).toEqual([{ kind: 'stopped', by: unknown, isKill: false }]);
    await clock.advance(20_000);
    expect(whats()).toEqual([{ kind: 'stopped', by: unnamed, isKill: false }]);
    power('starting');
    await clock.advance(60_000);
    power('running');
    await clock.advance(60_000);
    expect(whats().at(-1)).toMatchObject({ kind: 'started', by: unnamed });
    expect(asked).toHaveLength(4);
  });

  it('stays unknown if the panel could not be asked', async () => {
    const { clock, power, whats, refuse } = aPanel();
    refuse();
    power('stopping');
    power('offline');
    await clock.advance(600_000);
    expect(whats()).toEqual([{ kind: 'stopped', by: unknown, isKill: false }]);
  });

  it('is asked for an unobserved end as well, and the answer distinguishes the end from a crash', async () => {
    const { clock, patch, id, done, whats, asked, log } = aPanel();
    const from = clock.now();
    await clock.advance(60_000);
    const to = clock.now();
    done('stop');
    const unseen = { what: 'offline', from, to } as const;
    patch(id, { power: 'offline', crashedAt: to, crash: { exitCode: null, outOfMemory: false, unseen } });
    await clock.advance(2000);
    expect(asked).toEqual([id]);
    expect(whats()).toEqual([{ kind: 'went-offline', from: log.wallOf(from), by: anna }]);
    const [event] = log.recent;
    expect(event && newsKind(event)).toBe('stopped');
    expect(event && spoken(eventHow(event))).toMatch(/^Stopped by anna, between/);
  });

  it.each([
    [
      { kind: 'went-offline', from: 0, by: unnamed },
      /names nobody who stopped it, so it may have crashed\.$/,
    ],
    [{ kind: 'went-offline', from: 0 }, /It crashed, or somebody stopped it outside Perch\.$/],
    [{ kind: 'restarted', from: 0, by: anna }, /^Restarted by anna, between/],
    [{ kind: 'restarted', from: 0, by: unnamed }, /or a schedule restarted it\.$/],
    [{ kind: 'restarted', by: unnamed }, /a schedule or your host may have done it\.$/],
    [{ kind: 'stopped', by: unknown, isKill: false }, /^From outside Perch\.$/],
  ] as const)('is written as far as known: %j', (what, words) => {
    expect(spoken(eventHow(anEvent({ at: 1, what })))).toMatch(words);
  });

  it('stays known when a stop turns out to be a restart and the server runs', async () => {
    const { clock, power, done, whats } = aPanel();
    done('restart');
    power('stopping');
    power('offline');
    await clock.advance(5000);
    expect(whats()).toEqual([{ kind: 'stopped', by: anna, isKill: false }]);
    power('starting');
    await clock.advance(5000);
    power('running');
    expect(whats()).toEqual([{ kind: 'restarted', by: anna }]);
  });

  it('of a start stays known when the server runs', async () => {
    const { clock, power, done, whats, patch, id } = aPanel();
    patch(id, { power: 'offline', pending: { signal: 'stop', since: 1 } });
    await clock.advance(120_000);
    done('start');
    power('starting');
    await clock.advance(1000);
    power('running');
    expect(whats().at(-1)).toEqual({ kind: 'started', by: anna, upAt: clock.wall() });
  });

  it('is not asked again about a removed panel', async () => {
    const { clock, store, power, asked } = aPanel();
    power('stopping');
    power('offline');
    await clock.advance(2000);
    expect(asked).toHaveLength(1);
    store.apply([{ kind: 'account-removed', accountId: 'home' }]);
    expect(clock.pending).toBe(0);
  });

  it("is not asked about the user's own actions, about crashes, and after the stop", async () => {
    const { clock, patch, power, id, asked, who } = aPanel();
    patch(id, { pending: { signal: 'stop', since: clock.now() } });
    patch(id, { power: 'offline', pending: null });
    patch(id, { power: 'running' });
    patch(id, { power: 'offline', crashedAt: clock.now(), crash: { exitCode: 1, outOfMemory: false } });
    await settle();
    asked.splice(0);
    power('starting');
    who.stop();
    await clock.advance(600_000);
    expect(asked).toEqual([]);
  });
});

/** A log without a fleet: events are added by hand, and each server's activity is answered as the spec says. */
function aLog() {
  const clock = new FakeClock();
  const log = new EventLog(clock, sortedIds('test'));
  const activity = new Map<string, PanelActivity[]>();
  const asked: string[] = [];
  const who = new WhoDidIt({
    clock,
    log,
    activityOf: async (serverId) => {
      asked.push(serverId);
      return activity.get(serverId) ?? null;
    },
  });
  who.start();
  const add = (what: Happening, fields: Partial<EventDraft> = {}) =>
    log.add({
      lasts: false,
      at: clock.now(),
      accountId: 'a',
      serverId: 'a/1',
      panel: 'a',
      server: 'S',
      what,
      ...fields,
    });
  return { clock, log, activity, asked, add };
}

describe('The request for a name', () => {
  const stopped: CausableHappening = { kind: 'stopped', by: unknown, isKill: false };

  it('goes to the next account that sees the server if the first may not read the activity', async () => {
    const { clock, log, activity, asked, add } = aLog();
    activity.set('b/1', [{ at: clock.wall(), signal: 'stop', by: 'anna' }]);
    add(stopped, {
      also: [
        { accountId: 'n', serverId: null },
        { accountId: 'b', serverId: 'b/1' },
      ],
    });
    await settle();
    expect(asked).toEqual(['a/1', 'b/1']);
    expect(log.recent[0]?.what).toEqual({ ...stopped, by: anna });
  });

  it('is repeated after a refusal, and for the other accounts after the removal of one', async () => {
    const { clock, log, activity, asked, add } = aLog();
    add(stopped);
    add(stopped, { accountId: 'c', serverId: 'c/1' });
    await settle();
    log.forget('a');
    activity.set('c/1', [{ at: clock.wall(), signal: 'stop', by: 'anna' }]);
    await clock.advance(80_000);
    expect(asked).toEqual(['a/1', 'c/1', 'c/1']);
    expect(log.recent[0]?.what).toEqual({ ...stopped, by: anna });
  });

  it('is not repeated for an event that has its name or is gone', async () => {
    const { clock, log, activity, asked, add } = aLog();
    activity.set('a/1', []);
    const one = add(stopped);
    await settle();
    log.amend(one.id, { ...stopped, by: anna });
    await clock.advance(80_000);
    expect(asked).toEqual(['a/1']);
    const other = add(stopped);
    log.amend(other.id, { kind: 'crashed', exitCode: 1, outOfMemory: false, aftermath: 'open' });
    activity.set('a/1', [{ at: clock.wall(), signal: 'stop', by: 'ben' }]);
    await settle();
    expect(log.recent.at(-1)?.what).toMatchObject({ kind: 'crashed' });
    expect(clock.pending).toBe(0);
  });

  it.each<[string, Happening, string, boolean]>([
    [
      'a crash of the server',
      { kind: 'crashed', exitCode: 1, outOfMemory: false, aftermath: 'open' },
      'a/1',
      false,
    ],
    ['a start of the server', { kind: 'started', by: anna, upAt: null }, 'a/1', false],
    ['a start of another server', { kind: 'started', by: anna, upAt: null }, 'a/2', true],
  ])('leaves out activity from before %s', async (_what, before, serverId, isNamed) => {
    const { clock, log, activity, add } = aLog();
    activity.set('a/1', [{ at: clock.wall(), signal: 'stop', by: 'anna' }]);
    await clock.advance(5000);
    add(before, { serverId });
    await clock.advance(5000);
    add(stopped);
    await settle();
    expect(log.recent.at(-1)?.what).toEqual({ ...stopped, by: isNamed ? anna : unknown });
  });

  it('adds no kill to a restart', async () => {
    const { clock, log, activity, add } = aLog();
    activity.set('a/1', [{ at: clock.wall(), signal: 'kill', by: 'anna' }]);
    add({ kind: 'restarted', by: unknown });
    await settle();
    expect(log.recent[0]?.what).toEqual({ kind: 'restarted', by: anna });
  });
});

describe('Which entry is behind it', () => {
  const at = 1_000_000;
  const stopped: CausableHappening = { kind: 'stopped', by: unknown, isKill: false };
  const started: CausableHappening = { kind: 'started', by: unknown, upAt: null };
  const restarted: CausableHappening = { kind: 'restarted', by: unknown };

  it.each<[string, CausableHappening, [PowerActivity['signal'], number][], PowerActivity['signal'] | null]>([
    ['a stop a while before', stopped, [['stop', -100]], 'stop'],
    ['none of long before', stopped, [['stop', -181]], null],
    ['none of later', stopped, [['stop', 11]], null],
    ['no start', stopped, [['start', -1]], null],
    [
      'the nearest',
      stopped,
      [
        ['kill', -2],
        ['stop', -100],
      ],
      'kill',
    ],
    ['a start that the node wrote down late', started, [['start', 80]], 'start'],
    ['no stop', started, [['stop', 0]], null],
    ['a stop that nobody saw', { kind: 'went-offline', from: at - 60_000 }, [['stop', -200]], 'stop'],
    ['no start of what went offline', { kind: 'went-offline', from: at - 60_000 }, [['start', -10]], null],
    ['a restart', restarted, [['restart', 40]], 'restart'],
    [
      'the start of a restart by hand, not one of before',
      restarted,
      [
        ['start', -60],
        ['stop', -5],
      ],
      'stop',
    ],
  ])('%s', (_, what, activity, signal) => {
    const found = activity.map(([name, seconds]) => ({ at: at + seconds * 1000, signal: name, by: 'anna' }));
    const behind = activityBehind({ ...anEvent({ at }), what }, found, -Infinity);
    expect(behind).toEqual(found.find((entry) => entry.signal === signal) ?? null);
  });

  it('no entry from before the previous event of the process', () => {
    const entry: PanelActivity = { at: at - 5000, signal: 'stop', by: 'anna' };
    const event = { ...anEvent({ at }), what: stopped };
    expect(activityBehind(event, [entry], at - 4000)).toBeNull();
    expect(activityBehind(event, [entry], at - 6000)).toEqual(entry);
  });

  it('is not looked for if the unobserved time is long', () => {
    const unseen = (from: number) => anEvent({ at, what: { kind: 'restarted', by: unknown, from } });
    expect(wantsName(unseen(at - 60_000))).toBe(true);
    expect(wantsName(unseen(at - 700_000))).toBe(false);
  });
});
