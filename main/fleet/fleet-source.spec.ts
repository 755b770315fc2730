import { describe, expect, it } from 'vitest';
import type { Change, FleetSnapshot } from '../../bridge/fleet/changes.js';
import type { Usage } from '../../bridge/schema/domain.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from './store.js';
import { fleetSource } from './fleet-source.js';

function usage(serverId: string, cpuPercent: number): Change {
  const figures: Usage = {
    at: 0,
    cpuPercent,
    memoryBytes: 1,
    memoryLimitBytes: null,
    diskBytes: 1,
    networkRxBytes: 0,
    networkTxBytes: 0,
    uptimeMs: 1,
  };
  return { kind: 'usage', serverId, usage: figures };
}

function setUp() {
  const clock = new FakeClock();
  const store = new FleetStore();
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server: aServer({ id: 'home/1' }) },
    { kind: 'server-upserted', server: aServer({ id: 'home/2' }) },
  ]);
  const snapshots: FleetSnapshot[] = [];
  const batches: Change[][] = [];
  const sink = {
    snapshot: (snapshot: FleetSnapshot) => void snapshots.push(snapshot),
    change: (changes: Change[]) => void batches.push(changes),
  };
  const stop = fleetSource(store, clock)(undefined, sink, { webContentsId: 7 });
  const cpu = (id: string): (number | undefined)[] =>
    batches
      .flat()
      .flatMap((change) =>
        change.kind === 'usage' && change.serverId === id ? [change.usage?.cpuPercent] : [],
      );
  return { clock, store, snapshots, batches, stop, cpu };
}

describe('fleetSource', () => {
  it('gives the whole state at once', () => {
    const { snapshots, batches } = setUp();
    expect(snapshots).toHaveLength(1);
    expect(snapshots[0]?.servers.map(({ id }) => id)).toEqual(['home/1', 'home/2']);
    expect(batches).toEqual([]);
  });

  it('sends changes within 30 ms together and in order', async () => {
    const { clock, store, batches } = setUp();
    store.apply([{ kind: 'server-patched', serverId: 'home/1', patch: { power: 'starting' } }]);
    await clock.advance(20);
    store.apply([{ kind: 'server-patched', serverId: 'home/1', patch: { power: 'running' } }]);
    expect(batches).toEqual([]);
    await clock.advance(10);
    expect(batches).toHaveLength(1);
    expect(batches[0]).toMatchObject([{ patch: { power: 'starting' } }, { patch: { power: 'running' } }]);
  });

  it('sends the newest figures of a server in each batch', async () => {
    const { clock, store, batches, cpu } = setUp();
    for (let step = 1; step <= 9; step++) {
      store.apply([usage('home/1', step)]);
      await clock.advance(10);
    }
    expect(cpu('home/1')).toEqual([3, 6, 9]);
    expect(batches).toHaveLength(3);
  });

  it('does not delay the figures of one server for those of another', async () => {
    const { clock, store, cpu } = setUp();
    store.apply([usage('home/1', 1)]);
    await clock.advance(30);
    store.apply([usage('home/1', 2), usage('home/2', 5)]);
    await clock.advance(30);
    expect(cpu('home/1')).toEqual([1, 2]);
    expect(cpu('home/2')).toEqual([5]);
  });

  it('does not delay a state for figures', async () => {
    const { clock, store, batches } = setUp();
    store.apply([usage('home/1', 1)]);
    await clock.advance(30);
    store.apply([usage('home/1', 2)]);
    store.apply([{ kind: 'server-patched', serverId: 'home/1', patch: { power: 'stopping' } }]);
    await clock.advance(30);
    expect(batches.at(-1)).toMatchObject([{ kind: 'server-patched' }, { kind: 'usage' }]);
  });

  it('drops older figures when the whole server follows', async () => {
    const { clock, store, batches } = setUp();
    store.apply([usage('home/1', 1)]);
    store.apply([{ kind: 'server-upserted', server: aServer({ id: 'home/1', name: 'New' }) }]);
    await clock.advance(1000);
    expect(batches.flat()).toMatchObject([{ kind: 'server-upserted' }]);
  });

  it('leaves no timer and no listener behind', async () => {
    const { clock, store, batches, stop } = setUp();
    store.apply([usage('home/1', 1)]);
    stop();
    store.apply([usage('home/1', 2)]);
    await clock.advance(1000);
    expect(batches).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
