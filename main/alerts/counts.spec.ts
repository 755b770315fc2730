import { describe, expect, it, vi } from 'vitest';
import type { Server } from '../../bridge/schema/domain.js';
import { aServer, anAccount, someMemory, someSettings } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { anEvent } from '../../tests/support/history-events.js';
import { Emitter } from '../base/emitter.js';
import { FleetStore } from '../fleet/store.js';
import { Counts } from './counts.js';

const limits = { cpuPercent: 100, memoryBytes: null, diskBytes: null };

function aCount(ids: readonly string[]) {
  const clock = new FakeClock();
  const store = new FleetStore();
  store.apply([{ kind: 'account-upserted', account: anAccount() }]);
  const put = (id: string, fields: Partial<Server> = {}): void =>
    store.apply([{ kind: 'server-upserted', server: aServer({ id, power: 'running', limits, ...fields }) }]);
  const uses = (serverId: string, cpuPercent: number): void =>
    store.apply([{ kind: 'usage', serverId, usage: usageOf(cpuPercent) }]);
  for (const id of ids) put(id);
  const changes = new Emitter<undefined>();
  const listen = (listener: () => void): (() => void) => changes.listen(listener);
  const log = { recent: [anEvent()], listen, onRecalled: listen };
  const settings = { current: someSettings(), listen };
  const memory = { current: someMemory(), listen };
  const window: { shown: string | null } = { shown: null };
  const counts = new Counts();
  const told = vi.fn<(ids: readonly string[]) => void>();
  counts.attention.listen((now) => told([...now]));
  const shownId = vi.fn(() => window.shown);
  counts.start({ store, log, settings, memory, clock, shownId });
  const end = (): void => counts.stop();
  const changed = (): void => changes.emit(undefined);
  return { clock, store, put, uses, log, memory, window, shownId, told, end, changed };
}

function usageOf(cpuPercent: number): NonNullable<Server['usage']> {
  return {
    at: 0,
    cpuPercent,
    memoryBytes: 1,
    memoryLimitBytes: null,
    diskBytes: 1,
    networkRxBytes: 0,
    networkTxBytes: 0,
    uptimeMs: 0,
  };
}

describe('the count of servers that need attention', () => {
  it('counts a crashed server at once, and later ones within a second', async () => {
    const { clock, put, told } = aCount(['a', 'b', 'c']);
    await clock.advance(1000);
    put('b', { power: 'offline', crashedAt: 1 });
    expect(told.mock.calls).toEqual([[['b']]]);
    put('c', { condition: 'install-failed' });
    put('b');
    expect(told).toHaveBeenCalledOnce();
    await clock.advance(1000);
    expect(told.mock.calls.slice(1)).toEqual([[['c']]]);
  });

  it('counts servers near a limit every half minute, however fast figures change', async () => {
    const { clock, uses, told } = aCount(['a', 'b']);
    for (let second = 0; second < 29; second++) {
      uses('a', second % 2 === 0 ? 95 : 20);
      await clock.advance(1000);
    }
    expect(told).not.toHaveBeenCalled();
    uses('a', 95);
    await clock.advance(1000);
    expect(told.mock.calls).toEqual([[['a']]]);
    uses('a', 90);
    await clock.advance(60_000);
    uses('a', 20);
    expect(told.mock.calls.slice(1)).toEqual([[[]]]);
  });

  it('reads no server for figures alone, except every half minute', async () => {
    const { clock, uses, store, shownId } = aCount(['a', 'b']);
    await clock.advance(1000);
    shownId.mockClear();
    for (let second = 0; second < 28; second++) {
      uses('a', second);
      await clock.advance(1000);
    }
    expect(shownId).not.toHaveBeenCalled();
    store.apply([
      { kind: 'usage', serverId: 'a', usage: usageOf(1) },
      { kind: 'server-patched', serverId: 'b', patch: { power: 'running' } },
    ]);
    expect(shownId).toHaveBeenCalledOnce();
  });

  it('does not flicker with a figure at the limit', async () => {
    const { clock, uses, told } = aCount(['a']);
    for (const cpuPercent of [82, 78, 81, 76, 80, 75]) {
      uses('a', cpuPercent);
      await clock.advance(60_000);
    }
    expect(told.mock.calls).toEqual([[['a']]]);
    uses('a', 74);
    await clock.advance(60_000);
    expect(told.mock.calls.slice(1)).toEqual([[[]]]);
  });

  it('drops a server near a limit when it is stopped, although no figures arrive', async () => {
    const { clock, put, uses, told } = aCount(['a']);
    uses('a', 95);
    await clock.advance(30_000);
    put('a', { power: 'offline', usage: usageOf(95) });
    await clock.advance(30_000);
    expect(told.mock.calls).toEqual([[['a']], [[]]]);
    expect(clock.pending).toBe(0);
  });

  it('counts unseen troubles until the user has looked, and none on the shown server', async () => {
    const { clock, log, memory, window, told, changed } = aCount(['a', 'b']);
    const at = clock.wall();
    log.recent.push(anEvent({ serverId: 'b', at }), anEvent({ serverId: 'a', at: at - 1 }));
    const after = async (): Promise<void> => {
      changed();
      await clock.advance(1000);
    };
    await after();
    window.shown = 'a';
    await after();
    memory.current = someMemory({ visits: [{ serverId: 'b', at: at + 1 }] });
    await after();
    expect(told.mock.calls).toEqual([[['a', 'b']], [['b']], [[]]]);
  });

  it('ends', async () => {
    const { clock, put, uses, changed, told, end } = aCount(['a']);
    uses('a', 95);
    put('a', { crashedAt: 1, power: 'offline' });
    end();
    put('a', { crashedAt: 1, power: 'offline' });
    changed();
    await clock.advance(60_000);
    expect(told).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });
});

it('the count of unseen events is emitted only if it changed', () => {
  const changes = new Emitter<undefined>();
  const listen = (listener: () => void): (() => void) => changes.listen(listener);
  const recalls = new Emitter<undefined>();
  const log = {
    recent: [anEvent({ at: 5 })],
    listen,
    onRecalled: (listener: () => void): (() => void) => recalls.listen(listener),
  };
  const memory = { current: someMemory({ eventsSeenAt: 0 }), listen };
  const counts = new Counts();
  const told = vi.fn();
  counts.unseen.listen(told);
  const settings = { current: someSettings(), listen };
  counts.start({
    store: new FleetStore(),
    log,
    settings,
    memory,
    clock: new FakeClock(),
    shownId: () => null,
  });
  log.recent.push(
    anEvent({ at: 7, what: { kind: 'stopped', by: { kind: 'me', bulk: false }, isKill: false } }),
  );
  changes.emit(undefined);
  log.recent.push(anEvent({ at: 9 }));
  changes.emit(undefined);
  memory.current = someMemory({ eventsSeenAt: 5 });
  changes.emit(undefined);
  log.recent.unshift(anEvent({ at: 6 }), anEvent({ at: 2 }));
  recalls.emit(undefined);
  expect(told.mock.calls).toEqual([[1], [2], [1], [2]]);
  counts.stop();
  log.recent = [];
  changes.emit(undefined);
  recalls.emit(undefined);
  expect(counts.unseen.current).toBe(2);
});
