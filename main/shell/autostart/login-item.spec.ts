import type { LoginItemSettings } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { LoginItem, windowsEntry } from './login-item.js';

function setUp(platform: NodeJS.Platform, now: Partial<LoginItemSettings>) {
  let current = { openAtLogin: false, executableWillLaunchAtLogin: false, launchItems: [], ...now };
  const app = {
    getLoginItemSettings: vi.fn(() => current as unknown as LoginItemSettings),
    setLoginItemSettings: vi.fn(),
  };
  const become = (next: Partial<LoginItemSettings>): void =>
    void (current = { ...current, ...next } as never);
  return { app, become, item: new LoginItem(app, platform, 'C:\\Perch\\perch.exe') };
}

const there = {
  name: windowsEntry,
  path: 'E:\\old.exe',
  args: ['--hidden'],
  scope: 'user' as const,
  enabled: true,
};

describe('LoginItem', () => {
  it.each([
    ['win32', { openAtLogin: true, executableWillLaunchAtLogin: true }, true],
    ['win32', { openAtLogin: true, executableWillLaunchAtLogin: false }, false],
    ['win32', { openAtLogin: false, executableWillLaunchAtLogin: true }, false],
    ['darwin', { openAtLogin: true }, true],
    ['darwin', { openAtLogin: false }, false],
  ] as const)('on %s %j is on: %s', async (platform, now, isOn) => {
    expect(await setUp(platform, now).item.isOn()).toBe(isOn);
  });

  it('starts hidden on Windows, and recognises a start at login on macOS', async () => {
    const windows = setUp('win32', {});
    windows.app.setLoginItemSettings.mockImplementation(() =>
      windows.become({ openAtLogin: true, executableWillLaunchAtLogin: true }),
    );
    await windows.item.set(true);
    expect(windows.app.setLoginItemSettings).toHaveBeenCalledExactlyOnceWith({
      path: 'C:\\Perch\\perch.exe',
      args: ['--hidden'],
      openAtLogin: true,
    });
    const mac = setUp('darwin', { openAtLogin: true });
    await mac.item.set(true);
    expect(mac.app.setLoginItemSettings).toHaveBeenCalledExactlyOnceWith({ openAtLogin: true });
  });

  it("names the place where macOS requires the user's agreement", async () => {
    const { item } = setUp('darwin', { status: 'requires-approval' });
    await expect(item.set(true)).rejects.toMatchObject({
      problem: { next: { id: 'system.autostart-approve' } },
    });
  });

  it("follows a moved portable program, but not against the user's choice", async () => {
    const moved = setUp('win32', { launchItems: [there] });
    await moved.item.renew();
    expect(moved.app.setLoginItemSettings).toHaveBeenCalledOnce();
    const off = setUp('win32', { launchItems: [{ ...there, enabled: false }] });
    await off.item.renew();
    expect(off.app.setLoginItemSettings).not.toHaveBeenCalled();
    const never = setUp('win32', {});
    await never.item.renew();
    expect(never.app.setLoginItemSettings).not.toHaveBeenCalled();
  });
});
