import { describe, expect, it } from 'vitest';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { RememberedEvents } from '../../tests/support/remembered-events.js';
import { aNotifier } from '../../tests/support/a-notifier.js';
import { FleetStore } from '../fleet/store.js';
import type { Alert } from './alert.js';

function setUp() {
  const clock = new FakeClock();
  const store = new FleetStore();
  const memory = new RememberedEvents();
  const told: Alert[] = [];
  const notifier = aNotifier({ store, clock, memory, onAlert: (alert) => told.push(alert) });
  notifier.start();
  for (const [id, isDemo] of [
    ['home', false],
    ['demo', true],
  ] as const) {
    store.apply([
      { kind: 'account-upserted', account: anAccount({ id, isDemo }) },
      { kind: 'server-upserted', server: aServer({ id: `${id}/1`, accountId: id, power: 'running' }) },
    ]);
  }
  const crash = (serverId: string): void =>
    store.apply([
      {
        kind: 'server-patched',
        serverId,
        patch: { power: 'offline', crashedAt: clock.now(), crash: { exitCode: 1, outOfMemory: false } },
      },
    ]);
  return { clock, store, memory, told, notifier, crash };
}

describe('the notifier', () => {
  it('stores events of accounts, and none of the demo', async () => {
    const { clock, memory, told, crash } = setUp();
    for (const id of ['home/1', 'demo/1']) crash(id);
    await clock.advance(1000);
    expect(told).toHaveLength(2);
    expect([...new Set([...memory.byId.values()].map(({ accountId }) => accountId))]).toEqual(['home']);
  });

  it('reports a crash of a server that is removed a moment later', async () => {
    const { clock, store, told, crash } = setUp();
    crash('home/1');
    store.apply([{ kind: 'server-removed', serverId: 'home/1' }]);
    await clock.advance(1000);
    expect(told.map(({ kind }) => kind)).toContain('crashed');
  });

  it('reports and stores no event after its end', async () => {
    const { clock, memory, told, notifier, crash } = setUp();
    await clock.advance(1000);
    const stored = memory.byId.size;
    notifier.stop();
    crash('home/1');
    await clock.advance(60_000);
    expect(told).toEqual([]);
    expect(memory.byId.size).toBe(stored);
    expect(clock.pending).toBe(0);
  });
});
