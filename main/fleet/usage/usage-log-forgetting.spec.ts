import { describe, expect, it } from 'vitest';
import type { Change, ServerPatch } from '../../../bridge/fleet/changes.js';
import type { UsageSample } from '../../../bridge/schema/history.js';
import { aServer } from '../../../tests/support/entities.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { FleetStore } from '../store.js';
import { RememberedUsage } from '../../../tests/support/remembered-usage.js';
import { rowOf } from '../../history/sample-rows.js';
import { UsageLog, type UsageListener } from './usage-log.js';

const minute = 60_000;

function polled(id: string): Change {
  const accountId = id.split('/')[0] ?? id;
  return { kind: 'server-upserted', server: aServer({ id, accountId, power: 'running' }) };
}

function rig() {
  const clock = new FakeClock(0);
  const store = new FleetStore();
  store.apply([polled('home/1'), polled('work/1')]);
  const memory = new RememberedUsage(clock);
  const log = new UsageLog({ store, clock, memory });
  log.start();
  const measure = (at: number, serverId = 'home/1'): void => {
    const figures = { cpuPercent: 1, memoryBytes: 1, diskBytes: 1, networkRxBytes: 0, networkTxBytes: 0 };
    const usage = { at, uptimeMs: at, memoryLimitBytes: null, ...figures };
    store.apply([{ kind: 'usage', serverId, usage }]);
  };
  const patch = (fields: ServerPatch, serverId = 'home/1'): void =>
    store.apply([{ kind: 'server-patched', serverId, patch: fields }]);
  /** Times of the samples that a new listener gets first. */
  const kept = (serverId = 'home/1'): number[] => {
    let found: readonly UsageSample[] = [];
    log.watch(serverId, { snapshot: (all) => (found = all), added: () => undefined })();
    return found.map(({ at }) => at);
  };
  const listener = (): UsageListener & { told: number[][] } => {
    const told: number[][] = [];
    const added = (samples: readonly UsageSample[]): void => void told.push(samples.map(({ at }) => at));
    return { told, snapshot: () => undefined, added };
  };
  return { clock, kept, listener, log, measure, memory, patch, store };
}

describe('usage that a log forgets', () => {
  it('is a removed server, and not the others', () => {
    const { kept, measure, store } = rig();
    measure(1000);
    measure(1000, 'work/1');
    store.apply([{ kind: 'server-removed', serverId: 'home/1' }]);
    store.apply([polled('home/1')]);
    expect([kept('home/1'), kept('work/1')]).toEqual([[], [1000]]);
  });

  it('is a removed account, and not the others', () => {
    const { kept, measure, store } = rig();
    measure(1000);
    measure(1000, 'work/1');
    store.apply([{ kind: 'account-removed', accountId: 'home' }]);
    expect([kept('home/1'), kept('work/1')]).toEqual([[], [1000]]);
  });

  it('is all usage at the end, and new usage is ignored', () => {
    const { clock, kept, log, measure } = rig();
    measure(1000);
    log.stop();
    expect(clock.pending).toBe(0);
    expect(kept()).toEqual([]);
    measure(2000);
    expect(kept()).toEqual([]);
  });

  it('is usage older than an hour, also before the next sweep', () => {
    const { clock, kept, measure } = rig();
    measure(minute);
    measure(2 * minute);
    clock.sleep(61 * minute + 1);
    expect(kept()).toEqual([2 * minute]);
  });

  it('is a server without samples, so that it starts without a gap', async () => {
    const { clock, log, measure } = rig();
    measure(minute);
    await clock.advance(70 * minute);
    measure(70 * minute);
    let first: UsageSample | undefined;
    log.watch('home/1', { snapshot: ([sample]) => (first = sample), added: () => undefined })();
    expect(first).toMatchObject({ at: 70 * minute, afterGap: false });
  });

  it('is no usage of an unknown server', () => {
    const { kept, measure, patch } = rig();
    measure(1000, 'home/unknown');
    patch({ power: 'offline' }, 'home/unknown');
    expect(kept('home/unknown')).toEqual([]);
  });
});

describe('who watches usage', () => {
  it('gets samples until the end of its own watch', () => {
    const { listener, log, measure } = rig();
    const [one, two] = [listener(), listener()];
    const endOne = log.watch('home/1', one);
    const endTwo = log.watch('home/1', two);
    endOne();
    measure(1000);
    const three = listener();
    log.watch('home/1', three);
    measure(2000);
    endTwo();
    measure(3000);
    expect(one.told).toEqual([]);
    expect(two.told).toEqual([[1000], [2000]]);
    expect(three.told).toEqual([[2000], [3000]]);
  });

  it('gets the hour again when older samples were loaded', () => {
    const { log, measure, memory } = rig();
    measure(2000);
    const hours: number[] = [];
    const end = log.watch('home/1', {
      snapshot: (all) => hours.push(all.length),
      added: () => undefined,
    });
    const [sample] = memory.hour('home/1');
    if (sample !== undefined) memory.restore('home/1', [rowOf({ ...sample, at: 1000 }, 1)]);
    memory.recalled.emit(undefined);
    end();
    memory.recalled.emit(undefined);
    expect(hours).toEqual([1, 2]);
  });

  it('is not cut off by a watcher that ends twice', () => {
    const { listener, log, measure } = rig();
    const end = log.watch('home/1', listener());
    end();
    const later = listener();
    log.watch('home/1', later);
    end();
    measure(1000);
    expect(later.told).toEqual([[1000]]);
  });

  it('gets a sample when it is finished, and not before', () => {
    const { listener, log, measure, patch, store } = rig();
    patch({ link: { kind: 'live' } });
    const watching = listener();
    log.watch('home/1', watching);
    measure(1000);
    patch({ permissions: [] });
    patch({ power: 'starting' });
    measure(2000);
    expect(watching.told).toEqual([]);
    store.apply([{ kind: 'usage', serverId: 'home/1', usage: null }]);
    expect(watching.told).toEqual([[2000]]);
    patch({ power: 'offline' });
    expect(watching.told).toHaveLength(1);
  });
});
