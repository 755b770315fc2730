import { describe, expect, it } from 'vitest';
import type { Server, Usage } from '../../../bridge/schema/domain.js';
import type { UsageSample } from '../../../bridge/schema/history.js';
import { aServer } from '../../../tests/support/entities.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { heapGrowth } from '../../../tests/support/heap.js';
import { FleetStore } from '../store.js';
import { RememberedUsage } from '../../../tests/support/remembered-usage.js';
import { UsageLog } from './usage-log.js';

const id = 'home/1';
const second = 1000;
const minute = 60 * second;

function aUsage(at: number, fields: Partial<Usage> = {}): Usage {
  const figures = { cpuPercent: 10, memoryBytes: 100, diskBytes: 5, networkRxBytes: 0, networkTxBytes: 0 };
  return { at, memoryLimitBytes: null, uptimeMs: at, ...figures, ...fields };
}

function rig(fields: Partial<Server> = {}) {
  const clock = new FakeClock(0);
  const store = new FleetStore();
  store.apply([
    { kind: 'server-upserted', server: aServer({ id, power: 'running', link: { kind: 'live' }, ...fields }) },
  ]);
  const log = new UsageLog({ store, clock, memory: new RememberedUsage(clock) });
  log.start();
  const measure = (at: number, more: Partial<Usage> = {}): void =>
    store.apply([{ kind: 'usage', serverId: id, usage: aUsage(at, more) }]);
  const samples = (): readonly UsageSample[] => {
    let found: readonly UsageSample[] = [];
    log.watch(id, { snapshot: (all) => (found = all), added: () => undefined })();
    return found;
  };
  return { clock, log, measure, samples, store };
}

describe('UsageLog', () => {
  it('averages samples of five seconds', () => {
    const { measure, samples } = rig();
    for (let at = 0; at <= 10; at++) {
      measure(at * second, { cpuPercent: at, memoryBytes: at * 10, networkRxBytes: at * 500, diskBytes: at });
    }
    expect(samples()).toEqual([
      // From 0 to 4 s: the first reading has no earlier counters to compare with.
      expect.objectContaining({
        at: 4000,
        cpuPercent: 2,
        memoryBytes: 20,
        diskBytes: 4,
        receivedPerSecond: null,
        low: expect.objectContaining({ cpuPercent: 0 }) as unknown,
        high: expect.objectContaining({ cpuPercent: 4 }) as unknown,
      }),
      expect.objectContaining({
        at: 9000,
        cpuPercent: 7,
        memoryBytes: 70,
        receivedPerSecond: 500,
        afterGap: false,
      }),
    ]);
  });

  it('keeps an hour, and no more', () => {
    const { measure, samples } = rig();
    for (let at = 0; at < 2 * 60 * 60; at++) measure(at * second);
    const kept = samples();
    expect(kept.length).toBeGreaterThan(715);
    expect(kept.length).toBeLessThanOrEqual(721);
    expect((kept.at(-1)?.at ?? 0) - (kept[0]?.at ?? 0)).toBeLessThanOrEqual(60 * minute);
  });

  it('shows a gap after a silence, after a stop, and after a process that ended', () => {
    const { measure, samples, store } = rig();
    for (let at = 0; at <= 5; at++) measure(at * second);
    for (let at = 30; at <= 36; at++) measure(at * second);
    store.apply([{ kind: 'server-patched', serverId: id, patch: { power: 'offline' } }]);
    measure(37 * second);
    store.apply([{ kind: 'server-patched', serverId: id, patch: { power: 'running' } }]);
    for (let at = 38; at <= 44; at++) measure(at * second);
    expect(samples().map(({ at, afterGap }) => [at / second, afterGap])).toEqual([
      [4, false],
      [5, false],
      [34, true],
      [36, false],
      [42, true],
    ]);
  });

  it.each([
    ['and are lower', 0],
    ['and have already passed the old ones', 5000],
  ])('knows no rate if the counters started again with another process %s', (_where, start) => {
    const { measure, samples } = rig();
    for (let at = 0; at <= 5; at++) measure(at * second, { networkTxBytes: 1000 + at });
    for (let at = 6; at <= 10; at++) measure(at * second, { networkTxBytes: start + at, uptimeMs: at });
    expect(samples().at(-1)?.sentPerSecond).toBeNull();
  });

  it('knows the rate of a node that does not count the uptime', () => {
    const { measure, samples } = rig();
    for (let at = 0; at <= 10; at++) measure(at * second, { networkTxBytes: at * 7, uptimeMs: 0 });
    expect(samples().at(-1)?.sentPerSecond).toBe(7);
  });

  it("makes a sample of each poll, at the server's own pace", () => {
    const { measure, samples } = rig({ link: { kind: 'none' } });
    for (const at of [0, 4, 8, 12]) measure(at * minute, { networkRxBytes: at * minute });
    measure(60 * minute);
    expect(samples().map(({ afterGap }) => afterGap)).toEqual([false, true, false, false, true]);
    expect(samples()[3]?.receivedPerSecond).toBe(1000);
  });

  it('ignores repeated usage', () => {
    const { measure, samples } = rig({ link: { kind: 'none' } });
    measure(1000);
    measure(1000);
    measure(500);
    expect(samples()).toHaveLength(1);
  });

  it.each([['live'], ['none']] as const)('starts again if the clock was set back (%s)', (kind) => {
    const { measure, samples } = rig({ link: { kind } as Server['link'] });
    for (let at = 0; at < 60; at++) measure(60 * minute + at * second);
    for (let at = 0; at < 60; at++) measure(30 * minute + at * second, { networkRxBytes: at });
    const kept = samples();
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.every(({ at }) => at < 31 * minute)).toBe(true);
    expect(kept[0]).toMatchObject({ afterGap: false, receivedPerSecond: null });
  });

  it('calls its watchers until they end', () => {
    const { log, measure } = rig({ link: { kind: 'none' } });
    const added: UsageSample[] = [];
    const end = log.watch(id, { snapshot: () => undefined, added: (more) => added.push(...more) });
    measure(1000);
    end();
    measure(30_000);
    expect(added.map(({ at }) => at)).toEqual([1000]);
  });

  it('finishes a sample at once when a server stops or is polled from now on', () => {
    const { log, measure, store } = rig();
    const added: number[] = [];
    log.watch(id, { snapshot: () => undefined, added: (more) => added.push(...more.map(({ at }) => at)) });
    measure(1000);
    store.apply([{ kind: 'server-patched', serverId: id, patch: { power: 'offline' } }]);
    store.apply([{ kind: 'server-patched', serverId: id, patch: { power: 'running' } }]);
    expect(added).toEqual([1000]);
    measure(5000);
    store.apply([{ kind: 'server-patched', serverId: id, patch: { link: { kind: 'none' } } }]);
    measure(20_000);
    measure(50_000);
    expect(added).toEqual([1000, 5000, 20_000, 50_000]);
  });

  it('drops old samples, also of a stopped server', async () => {
    const { clock, measure, samples } = rig({ link: { kind: 'none' } });
    measure(minute);
    await clock.advance(30 * minute);
    measure(30 * minute);
    await clock.advance(45 * minute);
    expect(samples().map(({ at }) => at)).toEqual([30 * minute]);
    await clock.advance(60 * minute);
    expect(samples()).toEqual([]);
  });

  it('takes little time for 1,000 polled and 25 live servers', () => {
    const store = new FleetStore();
    const servers = Array.from({ length: 1025 }, (_none, index) =>
      aServer({ id: `home/${index}`, power: 'running', link: { kind: index < 25 ? 'live' : 'none' } }),
    );
    store.apply(servers.map((server) => ({ kind: 'server-upserted', server })));
    const clock = new FakeClock(0);
    const log = new UsageLog({ store, clock, memory: new RememberedUsage(clock) });
    log.start();
    const bytes = heapGrowth(() => {
      for (let at = 0; at < 3600; at++) {
        // No server is polled more often than every 30 s; with 1,000 servers on one panel far less often.
        const due = servers.filter(({ link }, index) => link.kind === 'live' || (at + index) % 30 === 0);
        const figures = { cpuPercent: at / 7, memoryBytes: at * 1e6, networkRxBytes: at * 1e5 };
        store.apply(
          due.map(({ id: serverId }) => ({ kind: 'usage', serverId, usage: aUsage(at * second, figures) })),
        );
      }
    });
    let kept = 0;
    for (const { id: serverId } of servers) {
      log.watch(serverId, { snapshot: (samples) => (kept += samples.length), added: () => undefined })();
    }
    expect(kept).toBeGreaterThan(1000 * 119 + 25 * 715);
    // Measured: 2.9 MB, 21 bytes a sample.
    expect(bytes).toBeLessThan(5e6);
  });

  it('forgets servers and accounts that are gone', () => {
    const { log, measure, samples, store } = rig({ link: { kind: 'none' } });
    measure(1000);
    store.apply([{ kind: 'account-removed', accountId: 'home' }]);
    expect(samples()).toEqual([]);
    log.stop();
  });
});
