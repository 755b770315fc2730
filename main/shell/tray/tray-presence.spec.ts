import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import type { TrayIcon } from './tray-icon.js';
import { TrayPresence } from './tray-presence.js';

function setUp(icon: TrayIcon | null = null) {
  const clock = new FakeClock();
  let hasHost = false;
  let came: () => void = () => undefined;
  const tray = { start: vi.fn(), stop: vi.fn() };
  const missing = vi.fn();
  const stopWatching = vi.fn();
  const presence = new TrayPresence({
    clock,
    log: new FakeLog(),
    tray,
    firstIcon: { icon, make: vi.fn() },
    askForHost: () => Promise.resolve(hasHost),
    watchForHost: (then) => {
      came = then;
      return stopWatching;
    },
    missing,
  });
  const host = (isThere: boolean): void => void (hasHost = isThere);
  return { clock, presence, tray, missing, stopWatching, host, comes: () => came() };
}

describe('TrayPresence', () => {
  it('uses the first icon', () => {
    const icon = {} as TrayIcon;
    const { presence, tray } = setUp(icon);
    expect(presence.takeOver()).toBe(true);
    expect(presence.isShown).toBe(true);
    expect(tray.start).toHaveBeenCalledExactlyOnceWith(icon);
  });

  it('uses a host that comes up with the session', async () => {
    const { clock, presence, missing, host } = setUp();
    expect(presence.takeOver()).toBe(false);
    const waited = presence.wait();
    await clock.advance(600);
    host(true);
    await clock.advance(1000);
    expect(await waited).toBe(true);
    expect(missing.mock.calls).toEqual([[false]]);
  });

  it('reports a missing host, and a later host at once', async () => {
    const { clock, presence, tray, missing, comes } = setUp();
    const waited = presence.wait();
    await clock.advance(10_000);
    expect(await waited).toBe(false);
    expect(missing.mock.calls).toEqual([[true]]);
    comes();
    comes();
    expect(tray.start).toHaveBeenCalledExactlyOnceWith(null);
    expect(missing.mock.calls).toEqual([[true], [false]]);
  });

  it('checks the host again before relying on it', async () => {
    const { presence, tray, host } = setUp({} as TrayIcon);
    presence.takeOver();
    expect(await presence.isSafe()).toBe(false);
    host(true);
    expect(await presence.isSafe()).toBe(true);
    expect(tray.start).toHaveBeenCalledOnce();
  });

  it('shows no icon after its stop', async () => {
    const { clock, presence, tray, missing, stopWatching, comes } = setUp();
    const waited = presence.wait();
    await clock.advance(10_000);
    await waited;
    presence.stop();
    comes();
    expect(stopWatching).toHaveBeenCalled();
    expect(tray.start).not.toHaveBeenCalled();
    expect(missing).toHaveBeenCalledTimes(1);
  });
});
