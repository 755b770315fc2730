/** Notifications on a real bus, shown by a real daemon. */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { startDesktop, type Desktop } from '../../../tests/support/desktop/desktop.mjs';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { sessionBus } from '../../bus/session-bus.js';
import type { MakeNotification, NotificationLike } from './notifications.js';
import { NotificationDaemon } from './notification-daemon.js';

const uid = process.getuid?.() ?? 0;
const actions: { type: 'button'; text: string }[] = [
  { type: 'button', text: 'Start' },
  { type: 'button', text: 'Open console' },
  { type: 'button', text: 'Mute for 1 hour' },
];

let desktop: Desktop;
let clock: FakeClock;
let make: MakeNotification;

beforeAll(async () => {
  desktop = await startDesktop({ tray: false, keyring: false });
  clock = new FakeClock();
  ({ make } = new NotificationDaemon({
    connect: sessionBus(desktop.env, uid),
    clock,
    picture: () => [2, 1, 8, true, 8, 4, Uint8Array.of(255, 0, 0, 255, 0, 255, 0, 255)],
    desktopEntry: 'app.perch.Perch',
  }));
});
afterEach(() => desktop.closeNotifications());
afterAll(() => desktop.stop());

/** Events of a notification, in order. */
function toldOf(notification: NotificationLike): string[] {
  const told: string[] = [];
  for (const event of ['click', 'close', 'show'] as const) notification.on(event, () => told.push(event));
  notification.on('failed', (_event, why) => told.push(`failed: ${why}`));
  notification.on('action', (_event, index) => told.push(`action ${index}`));
  return told;
}

async function shown(title: string, replaced: NotificationLike | null = null, isCritical = false) {
  const notification = make({ title, body: '<b>R&D</b>', actions, isCritical }, replaced);
  const told = toldOf(notification);
  notification.show();
  await expect.poll(() => told).toContain('show');
  const last = (await desktop.notifications()).at(-1);
  return { notification, told, last };
}

it('a notification has title, body without markup, picture, buttons and urgency', async () => {
  const { last } = await shown('Survival crashed and stays down', null, true);
  expect(last).toMatchObject({
    app: 'Perch',
    summary: 'Survival crashed and stays down',
    body: '&lt;b&gt;R&amp;D&lt;/b&gt;',
    actions: ['default', '', '0', 'Start', '1', 'Open console', '2', 'Mute for 1 hour'],
    picture: [2, 1],
    urgency: 2,
  });
  expect((await shown('Lobby was stopped')).last?.urgency).toBe(1);
});

it('a pressed button is reported, and closes the notification', async () => {
  const { told } = await shown('Survival crashed');
  await desktop.pressNotificationButton('Mute for 1 hour');
  await expect.poll(() => told).toEqual(['show', 'action 2', 'close']);
  await expect.poll(() => desktop.displayedNotifications()).toBe(0);
});

it('a click on the notification itself is reported', async () => {
  const { told } = await shown('Survival crashed');
  await desktop.pressNotification();
  await expect.poll(() => told).toEqual(['show', 'click', 'close']);
});

it('a notification replaces another on the screen, also before the daemon has answered', async () => {
  const first = make({ title: 'Survival crashed', body: '' }, null);
  first.show();
  const second = await shown('Survival is back', first);
  expect(await desktop.displayedNotifications()).toBe(1);
  expect(second.last?.replaces).toBeGreaterThan(0);
  const third = await shown('Survival crashed again', second.notification);
  expect(await desktop.displayedNotifications()).toBe(1);
  expect(third.last?.replaces).toBe(second.last?.id);
  expect(second.told).toEqual(['show', 'close']);
});

it('a closed notification leaves the screen, also before the daemon has answered', async () => {
  const { notification, told } = await shown('Survival crashed');
  notification.close();
  await expect.poll(() => desktop.displayedNotifications()).toBe(0);
  expect(told).toEqual(['show', 'close']);
  const early = make({ title: 'Lobby crashed', body: '' }, null);
  early.show();
  early.close();
  await expect.poll(async () => (await desktop.notifications()).at(-1)?.summary).toBe('Lobby crashed');
  await expect.poll(() => desktop.displayedNotifications()).toBe(0);
});

it('a notification without a time limit leaves the screen after ten minutes', async () => {
  const { told } = await shown('Survival crashed');
  await clock.advance(9 * 60_000);
  expect(await desktop.displayedNotifications()).toBe(1);
  await clock.advance(60_000);
  await expect.poll(() => desktop.displayedNotifications()).toBe(0);
  expect(told).toEqual(['show', 'close']);
});

it('a hanging daemon is reported as a failure, and a later one shows the notification', async () => {
  desktop.freezeDaemon();
  const notification = make({ title: 'Survival crashed', body: '' }, null);
  const told = toldOf(notification);
  notification.show();
  // The time limit begins with the call, which the bus takes a moment later.
  await vi.waitFor(async () => {
    await clock.advance(10_000);
    expect(told).toEqual(['failed: no answer']);
  });
  desktop.thawDaemon();
  await expect.poll(() => told).toEqual(['failed: no answer', 'show']);
});

it("only the daemon's signals count, and only the bus names the daemon", async () => {
  const { notification, told, last } = await shown('Survival crashed');
  const forge = (
    member: string,
    values: readonly (string | number)[],
    by = 'org.freedesktop.Notifications',
  ) =>
    desktop.run('/usr/bin/python3', [
      join(import.meta.dirname, '../../../tests/support/desktop/forge-signal.py'),
      ...['/org/freedesktop/Notifications', by, member, JSON.stringify(values)],
    ]);
  const number = last?.id ?? 0;
  expect((await forge('ActionInvoked', [number, '0'])).output).toMatch(/^sent [1-9]/);
  await forge('NotificationClosed', [number, 2]);
  await forge('NameOwnerChanged', ['org.freedesktop.Notifications', ':1.1', ''], 'org.freedesktop.DBus');
  // Signals of the daemon arrive after the forged signals.
  await shown('Lobby crashed');
  expect(told).toEqual(['show']);
  notification.close();
  await expect.poll(() => told).toEqual(['show', 'close']);
  await expect.poll(() => desktop.displayedNotifications()).toBe(1);
});

it('after a restart of the daemon Perch connects again and counts no old notification as shown', async () => {
  const before = await shown('Survival crashed');
  await desktop.stopDaemon();
  await expect.poll(() => before.told).toEqual(['show', 'close']);
  const lost = make({ title: 'Lobby crashed', body: '' }, null);
  const told = toldOf(lost);
  lost.show();
  await expect.poll(() => told).toEqual([expect.stringContaining('failed: ')]);
  await desktop.startDaemon();
  expect((await shown('Lobby is back', before.notification)).last?.replaces).toBe(0);
});
