import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account, Server } from '../../bridge/schema/domain.js';
import type { Crash } from '../../bridge/schema/process-end.js';
import type { Happening, HistoryEvent } from '../../bridge/schema/events.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { EventLog, sortedIds } from './event-log.js';
import { LeftOpen } from './left-open.js';

const minute = 60_000;
const somebody = { kind: 'unknown' } as const;
const crashed: Happening = { kind: 'crashed', exitCode: 1, outOfMemory: true, aftermath: 'open' };

let clock = new FakeClock();
let store = new FleetStore();
let log = new EventLog(clock, sortedIds('test'));
let recalled: [serverId: string, at: number, crash: Crash][] = [];
let leftOpen: LeftOpen;

beforeEach(() => {
  clock = new FakeClock();
  clock.jump(5 * minute);
  store = new FleetStore();
  log = new EventLog(clock, sortedIds('test'));
  recalled = [];
  leftOpen = new LeftOpen({
    store,
    clock,
    log,
    pastCrashes: { recall: (...what) => void recalled.push(what) },
  });
});

afterEach(() => leftOpen.stop());

/** An event that an earlier run began ten minutes ago and did not end. */
function open(
  what: Happening,
  serverId: string | null = 'home/1',
  also?: HistoryEvent['also'],
): HistoryEvent {
  const at = clock.now() - 10 * minute;
  const place = { accountId: 'home', panel: 'Home', server: serverId === null ? null : 'Survival', serverId };
  return log.add({ at, lasts: true, ...place, ...(also === undefined ? {} : { also }), what });
}

function tell(fields: Partial<Account> = {}): void {
  store.apply([{ kind: 'account-upserted', account: anAccount(fields) }]);
}

function is(fields: Partial<Server>): void {
  store.apply([{ kind: 'server-upserted', server: aServer({ id: 'home/1', ...fields }) }]);
}

const isOpen = ({ id }: HistoryEvent): boolean => log.find(id)?.endedAt === null;

describe('an event that an earlier run left open', () => {
  it.each<[string, Happening, Partial<Server>, boolean]>([
    ['a crash', crashed, { power: 'running' }, false],
    ['a crash', crashed, { power: 'starting' }, true],
    ['a crash', crashed, { power: 'offline' }, true],
    ['an end that nobody saw', { kind: 'went-offline', from: 0 }, { power: 'running' }, false],
    ['an end that nobody saw', { kind: 'went-offline', from: 0 }, { power: 'offline' }, true],
    [
      'a failed restart',
      { kind: 'restart-failed', by: somebody, isPanelAway: false },
      { power: 'running' },
      false,
    ],
    ['a slow start', { kind: 'slow-start', minutes: 10 }, { power: 'running' }, false],
    ['a slow start', { kind: 'slow-start', minutes: 10 }, { power: 'offline' }, false],
    ['a slow start', { kind: 'slow-start', minutes: 10 }, { power: 'starting' }, true],
    ['a suspension', { kind: 'suspended' }, { condition: 'suspended' }, true],
    ['a suspension', { kind: 'suspended' }, { condition: 'normal', power: null }, false],
    ['a missing backup', { kind: 'backup-overdue', newest: 5 }, { power: 'running' }, true],
    ['a missing backup', { kind: 'backup-overdue', newest: 5 }, { backupOverdue: true }, true],
    ['a missing backup', { kind: 'backup-overdue', newest: 5 }, { backupOverdue: false }, false],
    [
      'a stuck schedule',
      { kind: 'schedule-stuck', why: 'stuck', schedule: 'Nightly', servers: 1 },
      { power: 'running' },
      true,
    ],
    ['a limit', { kind: 'limit', of: 'cpu', percent: 90 }, { power: 'running' }, true],
  ])('%s lasts or ends, depending on the new state (case %#)', (_name, what, fields, goesOn) => {
    const event = open(what);
    tell();
    is(fields);
    leftOpen.begin([event]);
    expect(isOpen(event)).toBe(goesOn);
  });

  it('ends when its opposite is seen; a crash then says that the server is up', async () => {
    const event = open(crashed);
    tell();
    is({ power: 'offline' });
    leftOpen.begin([event]);
    await clock.advance(minute);
    is({ power: 'running' });
    expect(log.find(event.id)).toMatchObject({
      endedAt: clock.wall(),
      what: { ...crashed, aftermath: 'up' },
    });
  });

  it('ends without a change if it is no crash, or if the server is gone', () => {
    const [start, crash] = [open({ kind: 'slow-start', minutes: 10 }), open(crashed, 'home/2')];
    tell();
    is({ power: 'running' });
    leftOpen.begin([start, crash]);
    expect(log.find(start.id)?.what).toEqual({ kind: 'slow-start', minutes: 10 });
    expect(log.find(crash.id)).toMatchObject({ endedAt: clock.wall(), what: crashed });
  });

  it('lasts while the panel does not answer, because Perch then knows no state', () => {
    const [crash, outage] = [open(crashed), open({ kind: 'panel-unreachable', isFromStart: false }, null)];
    tell({ state: { kind: 'loading' } });
    is({ power: 'running' });
    leftOpen.begin([crash, outage]);
    expect([crash, outage].map(isOpen)).toEqual([true, true]);
    tell();
    expect([crash, outage].map(isOpen)).toEqual([false, false]);
  });

  it('is judged through another account whose panel answers and lists the server', () => {
    const event = open(crashed, 'home/1', [{ accountId: 'work', serverId: 'work/1' }]);
    tell({ state: { kind: 'loading' } });
    tell({ id: 'work' });
    store.apply([
      { kind: 'server-upserted', server: aServer({ id: 'work/1', accountId: 'work', power: 'offline' }) },
    ]);
    leftOpen.begin([event]);
    expect(isOpen(event)).toBe(true);
    expect(recalled.map(([id]) => id)).toEqual(['work/1']);
    tell();
    expect(isOpen(event)).toBe(true);
    store.apply([{ kind: 'server-patched', serverId: 'work/1', patch: { power: 'running' } }]);
    expect(isOpen(event)).toBe(false);
  });

  it('ends as soon as one account whose panel answers sees the opposite, whatever the others saw last', () => {
    const event = open(crashed, 'home/1', [{ accountId: 'work', serverId: 'work/1' }]);
    tell({ state: { kind: 'loading' } });
    tell({ id: 'work' });
    is({ power: 'offline' });
    store.apply([
      { kind: 'server-upserted', server: aServer({ id: 'work/1', accountId: 'work', power: 'running' }) },
    ]);
    leftOpen.begin([event]);
    expect(isOpen(event)).toBe(false);
  });

  it('ends with a change that comes together with usage', () => {
    const event = open(crashed);
    tell();
    is({ power: 'offline' });
    leftOpen.begin([event]);
    store.apply([
      { kind: 'usage', serverId: 'home/1', usage: null },
      { kind: 'server-patched', serverId: 'home/1', patch: { power: 'running' } },
    ]);
    expect(isOpen(event)).toBe(false);
  });

  it('of a node ends with the first live server, and not by a node of that name at another panel', () => {
    const event = open({ kind: 'node-unreachable', node: 'Node 1', servers: 2 }, null);
    tell();
    tell({ id: 'work' });
    const add = (id: string, accountId: string, link: Server['link']): void =>
      store.apply([{ kind: 'server-upserted', server: aServer({ id, accountId, node: 'Node 1', link }) }]);
    add('home/1', 'home', { kind: 'none' });
    add('home/2', 'home', { kind: 'none' });
    add('work/1', 'work', { kind: 'live' });
    leftOpen.begin([event]);
    expect(isOpen(event)).toBe(true);
    add('home/2', 'home', { kind: 'live' });
    expect(isOpen(event)).toBe(false);
  });

  it('of a node lasts until one of its servers is live, or the node has no servers', () => {
    const what: Happening = { kind: 'node-unreachable', node: 'Node 1', servers: 2 };
    const [first, second] = [open(what, null), open({ ...what, node: 'Node 9' }, null)];
    tell();
    is({ node: 'Node 1' });
    store.apply([
      { kind: 'server-upserted', server: aServer({ id: 'home/2', node: 'Node 2', link: { kind: 'live' } }) },
    ]);
    leftOpen.begin([first, second]);
    expect([first, second].map(isOpen)).toEqual([true, false]);
    is({ node: 'Node 1', link: { kind: 'live' } });
    expect(isOpen(first)).toBe(false);
  });

  it('stays untouched if another event has ended it, and after the stop', () => {
    const [ended, later] = [open(crashed), open(crashed, 'home/2')];
    log.end(ended.id, clock.now() - minute);
    const endedAt = log.find(ended.id)?.endedAt;
    tell();
    is({ power: 'offline' });
    store.apply([{ kind: 'server-upserted', server: aServer({ id: 'home/2', power: 'offline' }) }]);
    leftOpen.begin([ended, later]);
    is({ power: 'running' });
    expect(log.find(ended.id)).toMatchObject({ endedAt, what: crashed });
    leftOpen.stop();
    store.apply([{ kind: 'server-patched', serverId: 'home/2', patch: { power: 'running' } }]);
    expect(isOpen(later)).toBe(true);
  });
});

describe('the mark of a server whose crash is open', () => {
  it.each<[string, Happening, Partial<Crash>]>([
    ['a crash', crashed, { exitCode: 1, outOfMemory: true }],
    [
      'a server that stays down',
      { ...crashed, aftermath: 'stays-down' },
      { exitCode: 1, outOfMemory: true, isGivenUp: true },
    ],
  ])('has the details of the log for %s, and is set once', (_name, what, crash) => {
    const event = open(what);
    tell();
    is({ power: 'offline' });
    leftOpen.begin([event]);
    is({ power: 'starting' });
    is({ power: 'offline' });
    expect(recalled).toEqual([['home/1', clock.now() - 10 * minute, crash]]);
  });

  it('is set on a server that is first seen while it starts', () => {
    const event = open(crashed);
    tell();
    is({ power: 'starting' });
    leftOpen.begin([event]);
    expect(recalled).toHaveLength(1);
  });

  it('has the times of an unobserved end, as monotonic times', () => {
    const event = open({ kind: 'went-offline', from: clock.wall() - 20 * minute });
    tell();
    is({ power: 'offline' });
    leftOpen.begin([event]);
    const [from, to] = [clock.now() - 20 * minute, clock.now() - 10 * minute];
    expect(recalled).toEqual([
      ['home/1', to, { exitCode: null, outOfMemory: false, unseen: { what: 'offline', from, to } }],
    ]);
  });

  it.each<[string, Happening, Partial<Server>]>([
    ['whose state is not known', crashed, { power: null }],
    ['that is stopping', crashed, { power: 'stopping' }],
    ['that is only suspended', { kind: 'suspended' }, { power: 'offline', condition: 'suspended' }],
  ])('is not set on a server %s', (_name, what, fields) => {
    const event = open(what);
    tell();
    is(fields);
    leftOpen.begin([event]);
    expect(recalled).toEqual([]);
  });

  it('is not set twice if the row has the same crash by a clock that is five seconds off', () => {
    const event = open(crashed);
    const at = clock.now() - 10 * minute;
    tell();
    is({ power: 'offline', crashedAt: at - 4999 });
    leftOpen.begin([event]);
    expect(recalled).toEqual([]);
    const other = open(crashed, 'home/2');
    const server = aServer({ id: 'home/2', power: 'offline', crashedAt: at - 5000 });
    store.apply([{ kind: 'server-upserted', server }]);
    leftOpen.begin([other]);
    expect(recalled.map(([id]) => id)).toEqual(['home/2']);
  });
});
