import { describe, expect, it } from 'vitest';
import type { Crash } from '../../bridge/schema/domain.js';
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
  ])('loses its mark by a later %s', (_, later) => {
    const { id, cleared } = aRunAfter(crash, [[2 * minute, restart], later]);
    expect(cleared).toEqual([id]);
  });
});
