import { describe, expect, it } from 'vitest';
import type { Crash } from '../../bridge/schema/process-end.js';
import type { Happening } from '../../bridge/schema/events.js';
import { aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { EndedCrashes } from './ended-crashes.js';
import { EventLog, sortedIds } from './event-log.js';

const minute = 60_000;
const somebody = { kind: 'unknown' } as const;

/**
 * Run whose server is marked with a crash of the previous run, with the log `entries`: time before this run -> entry.
 */
function aRunAfter(crash: Crash, entries: readonly (readonly [number, Happening])[]) {
  const clock = new FakeClock();
  const store = new FleetStore();
  const log = new EventLog(clock, sortedIds('test'));
  const { id } = aServer();
  const [now, cleared] = [clock.now(), [] as string[]];
  for (const [ago, what] of entries) {
    log.add({
      at: now - ago,
      lasts: false,
      accountId: 'home',
      panel: 'Home',
      serverId: id,
      server: 'Survival',
      what,
    });
  }
  const stoppedSince = (serverId: string): void => void cleared.push(serverId);
  const crashes = new EndedCrashes({ store, clock, log, pastCrashes: { stoppedSince } });
  store.apply([{ kind: 'server-upserted', server: aServer() }]);
  crashes.start();
  store.apply([
    { kind: 'server-patched', serverId: id, patch: { power: 'offline', crashedAt: now - 2 * minute, crash } },
  ]);
  return { id, cleared };
}

describe('A server that went down after a restart nobody saw', () => {
  const now = new FakeClock().now();
  const unseen = { what: 'restarted', from: now - 3 * minute, to: now - 2 * minute } as const;
  const crash: Crash = { exitCode: null, outOfMemory: false, unseen };
  const restart: Happening = { kind: 'restarted', by: somebody, from: 0 };

  it('keeps its mark if the log has nothing but the entry of that restart', () => {
    const { cleared } = aRunAfter(crash, [[2 * minute, restart]]);
    expect(cleared).toEqual([]);
  });

  it('keeps its mark if a poll has shown the start as well', () => {
    const start: Happening = { kind: 'restarted', by: somebody };
    const { cleared } = aRunAfter(crash, [
      [2 * minute, start],
      [2 * minute, restart],
    ]);
    expect(cleared).toEqual([]);
  });

  it.each<[string, readonly [number, Happening]]>([
    ['a stop', [minute, { kind: 'stopped', by: somebody, isKill: false }]],
    ['another restart that nobody saw', [minute, restart]],
    ['a restart that was seen', [minute, { kind: 'restarted', by: somebody }]],
    ['a stop a moment later', [2 * minute - 1000, { kind: 'stopped', by: somebody, isKill: false }]],
  ])('loses its mark by a later %s', (_, later) => {
    const { id, cleared } = aRunAfter(crash, [[2 * minute, restart], later]);
    expect(cleared).toEqual([id]);
  });
});

describe('the mark of an earlier crash', () => {
  const crash: Crash = { exitCode: 1, outOfMemory: false };
  const stopped: Happening = { kind: 'stopped', by: somebody, isKill: false };

  it.each<[Happening, boolean]>([
    [stopped, true],
    [{ kind: 'started', by: somebody, upAt: null }, true],
    [{ kind: 'restarted', by: somebody }, true],
    [{ kind: 'went-offline', from: 0 }, true],
    [{ kind: 'crashed', exitCode: 1, outOfMemory: false, aftermath: 'up' }, true],
    [{ kind: 'suspended' }, false],
    [{ kind: 'limit', of: 'cpu', percent: 99 }, false],
  ])('depends on the later events of the log: %j, %s', (what, goes) => {
    expect(aRunAfter(crash, [[minute, what]]).cleared).toHaveLength(goes ? 1 : 0);
  });

  it('ends with a restart a moment later, which is no restart that the mark stands for', () => {
    expect(aRunAfter(crash, [[2 * minute - 1000, { kind: 'restarted', by: somebody }]]).cleared).toHaveLength(
      1,
    );
  });

  it.each([
    [2 * minute + 5000, 1],
    [2 * minute + 5001, 0],
  ])('is compared with events from five seconds before it (%i ms before this run: %i)', (ago, count) => {
    expect(aRunAfter(crash, [[ago, stopped]]).cleared).toHaveLength(count);
  });

  function aRun() {
    const clock = new FakeClock();
    const store = new FleetStore();
    const log = new EventLog(clock, sortedIds('test'));
    const { id } = aServer();
    const cleared: string[] = [];
    const add = (serverId: string, what: Happening, lasts = false): void =>
      void log.add({ at: clock.now(), lasts, accountId: 'home', panel: '', serverId, server: '', what });
    const stoppedSince = (serverId: string): void => void cleared.push(serverId);
    const crashes = new EndedCrashes({ store, clock, log, pastCrashes: { stoppedSince } });
    store.apply([{ kind: 'server-upserted', server: aServer() }]);
    crashes.start();
    const mark = (crashedAt: number | null): void =>
      store.apply([{ kind: 'server-patched', serverId: id, patch: { crashedAt, crash } }]);
    return { clock, store, log, id, cleared, add, crashes, mark };
  }

  it('stays if another server was stopped, or a later crash still lasts', () => {
    const { clock, add, id, mark, cleared } = aRun();
    add('home/other', stopped);
    mark(clock.now() - minute);
    expect(cleared).toEqual([]);
    add(id, stopped);
    add(id, { kind: 'crashed', exitCode: 1, outOfMemory: false, aftermath: 'stays-down' }, true);
    mark(clock.now() - minute - 1);
    expect(cleared).toEqual([]);
  });

  it.each<[string, Happening, boolean]>([
    ['end that nobody saw', { kind: 'went-offline', from: 0 }, false],
    ['suspension', { kind: 'suspended' }, true],
  ])('stays or goes if a later %s lasts', (_name, what, goes) => {
    const { clock, add, id, mark, cleared } = aRun();
    add(id, stopped);
    add(id, what, true);
    mark(clock.now() - minute);
    expect(cleared).toHaveLength(goes ? 1 : 0);
  });

  it('of this run stays, whatever the log has', () => {
    const { clock, add, id, mark, cleared } = aRun();
    add(id, stopped);
    mark(clock.now());
    mark(null);
    expect(cleared).toEqual([]);
    mark(clock.now() - 1);
    expect(cleared).toEqual([id]);
  });

  it('disappears once the log of earlier runs is known, but not after the stop', () => {
    const { clock, log, id, mark, cleared, crashes } = aRun();
    mark(clock.now() - minute);
    expect(cleared).toEqual([]);
    const event = {
      id: '0',
      at: clock.wall() - 1000,
      accountId: 'home',
      serverId: id,
      panel: '',
      server: '',
    };
    log.recall([{ ...event, what: stopped }]);
    expect(cleared).toEqual([id]);
    crashes.stop();
    log.recall([]);
    mark(clock.now() - minute - 1);
    expect(cleared).toEqual([id]);
  });
});
