/** What one test leaves in a shared desktop session, and what the next test finds. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { SharedDesktop } from './shared-desktop.mjs';

type Desktop = Awaited<ReturnType<SharedDesktop['take']>>;

const notification = `
import sys, dbus
remote = dbus.SessionBus().get_object("org.freedesktop.Notifications", "/org/freedesktop/Notifications", introspect=False)
remote.Notify("spec", dbus.UInt32(0), "", sys.argv[1], "", dbus.Array([], signature="s"), dbus.Dictionary({}, signature="sv"), 0, dbus_interface="org.freedesktop.Notifications")
`;
const notify = (desktop: Desktop, summary: string): Promise<unknown> =>
  desktop.run('/usr/bin/python3', ['-c', notification, summary]);

const shared = new SharedDesktop();
afterEach(() => shared.stop());

it('notifications, secrets and files of a test are gone for the next one, in the same session', async () => {
  const first = await shared.take();
  const file = join(first.folder, 'left');
  writeFileSync(file, 'by a test');
  await first.run('secret-tool', ['store', '--label=left', 'service', 'perch', 'account', 'one'], 'secret');
  await notify(first, 'Left');
  expect(await first.lookupSecret('perch', 'one')).toBe('secret');
  await expect.poll(async () => (await first.notifications()).length).toBe(1);
  const { HOME } = first.env;
  await shared.giveBack();

  const next = await shared.take();
  expect(next.root).toBe(first.root);
  expect(existsSync(file)).toBe(false);
  expect(next.env['HOME']).not.toBe(HOME);
  expect(await next.lookupSecret('perch', 'one')).toBeNull();
  expect([await next.notifications(), await next.displayedNotifications()]).toEqual([[], 0]);
});

it.each<[string, (desktop: Desktop) => Promise<unknown>]>([
  ['ended keyring', (desktop) => desktop.stopKeyring()],
  ['locked keyring', (desktop) => desktop.lockKeyring()],
  ['ended notification daemon', (desktop) => desktop.stopDaemon()],
  ['additional program', (desktop) => desktop.startAccessibility()],
])('the next test finds another session after this change: %s', async (_name, change) => {
  const { root } = await shared.take();
  await change(await shared.take());
  await shared.giveBack();
  const next = await shared.take();
  expect(next.root).not.toBe(root);
  expect(await next.hasKeyring()).toBe(true);
  expect(await next.keyringIsLocked()).toBe(false);
  expect(await next.hasDaemon()).toBe(true);
});

it('frozen programs answer again, and a notification that waited for the daemon is not shown to the next test', async () => {
  const first = await shared.take();
  first.freezeKeyring();
  first.freezeDaemon();
  const sent = notify(first, 'Waits');
  await expect.poll(async () => (await first.notifications()).length).toBe(1);
  await shared.giveBack();
  await sent;
  const next = await shared.take();
  expect(next.root).toBe(first.root);
  expect([await next.notifications(), await next.displayedNotifications()]).toEqual([[], 0]);
  expect(await next.lookupSecret('perch', 'one')).toBeNull();
});
