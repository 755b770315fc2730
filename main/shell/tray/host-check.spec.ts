import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import type { ConnectBus } from '../../bus/session-bus.js';
import { hasTrayHost, waitForTrayHost } from './host-check.js';

/** Bus that gives this answer. */
const answering =
  (call: () => Promise<readonly unknown[]>): ConnectBus =>
  () =>
    Promise.resolve({ call, emit: vi.fn(), close: vi.fn() });

describe('hasTrayHost', () => {
  it.each<[string, ConnectBus, boolean]>([
    ['somebody shows icons', answering(() => Promise.resolve([true])), true],
    ['nobody does', answering(() => Promise.resolve([false])), false],
    ['the bus refuses', answering(() => Promise.reject(new Error('no'))), false],
    ['there is no bus', () => Promise.reject(new Error('no session bus')), false],
  ])('is decided for a desktop where %s', async (_what, connect, expected) => {
    expect(await hasTrayHost('linux', connect, new FakeClock())).toBe(expected);
  });

  it('waits two seconds for a bus that does not answer', async () => {
    const clock = new FakeClock();
    const asked = hasTrayHost('linux', () => new Promise(() => undefined), clock);
    await clock.advance(2000);
    expect(await asked).toBe(false);
  });

  it('asks nobody on systems that always have a tray', async () => {
    const connect = vi.fn();
    expect(await hasTrayHost('darwin', connect, new FakeClock())).toBe(true);
    expect(await hasTrayHost('win32', connect, new FakeClock())).toBe(true);
    expect(connect).not.toHaveBeenCalled();
  });
});

describe('waitForTrayHost', () => {
  it('finds a late host', async () => {
    const clock = new FakeClock();
    let there = false;
    const result = waitForTrayHost(() => Promise.resolve(there), clock);
    await clock.advance(2500);
    there = true;
    await clock.advance(3000);
    expect(await result).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('gives up in the end', async () => {
    const clock = new FakeClock();
    const result = waitForTrayHost(() => Promise.resolve(false), clock);
    await clock.advance(60_000);
    expect(await result).toBe(false);
  });
});
