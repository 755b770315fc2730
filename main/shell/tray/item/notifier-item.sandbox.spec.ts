/** The item on a real bus, read and pressed by a tray host as on desktops. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDesktop, type Desktop } from '../../../../tests/support/desktop/desktop.mjs';
import type { PowerSignal } from '../../../../bridge/schema/domain.js';
import { sessionBus } from '../../../bus/session-bus.js';
import type { TrayAction, MenuEntry, MenuModel } from '../menu-entry.js';
import { NotifierItem } from './notifier-item.js';

const uid = process.getuid?.() ?? 0;

let desktop: Desktop;
let item: NotifierItem;
let pressed: TrayAction[];
let clicks: number;
let reads: number;
/** Called once, at the next question of a host. */
let atRead: (() => void) | null = null;

beforeAll(async () => {
  desktop = await startDesktop({ keyring: false });
  const picturesOf = (path: string) => [[1, 1, Uint8Array.of(255, path.length, 2, 3)] as const];
  reads = 0;
  const read = () => {
    reads += 1;
    const now = atRead;
    atRead = null;
    now?.();
  };
  const deps = { connect: sessionBus(desktop.env, uid), picturesOf, read };
  item = new NotifierItem(deps, 'calm');
  item.listen({
    click: () => (clicks += 1),
    pressed: (action) => pressed.push(action),
    menuOpen: () => undefined,
  });
  [pressed, clicks] = [[], 0];
  await desktop.waitForTray();
});
afterAll(() => desktop.stop());

function power(signal: PowerSignal): MenuEntry {
  const label = `${signal.slice(0, 1).toUpperCase()}${signal.slice(1)}`;
  return { kind: 'action', label, action: { kind: 'power', serverId: 'home/1', signal } };
}

function menu(title: string, state: string, ...signals: PowerSignal[]): MenuModel {
  return [
    { kind: 'text', label: title },
    { kind: 'separator' },
    {
      kind: 'submenu',
      label: `● R&&D_1 — ${state}`,
      of: { kind: 'server', id: 'home/1' },
      entries: signals.map(power),
    },
  ];
}

it('hosts can read icon, tooltip and menu', async () => {
  item.setToolTip('Perch: 1 running\n2 new events');
  item.setMenu(menu('1 running', 'running', 'stop', 'restart'));
  const [shown] = await desktop.trayItems();
  expect(reads).toBeGreaterThan(0);
  expect(shown).toMatchObject({ id: 'perch', title: 'Perch', tooltip: 'Perch: 1 running\n2 new events' });
  expect(shown?.pixmaps).toMatchObject([
    { width: 1, height: 1, argb: Buffer.of(255, 4, 2, 3).toString('base64') },
  ]);
  const [title, line, server] = await desktop.trayMenu();
  expect(title).toMatchObject({ label: '1 running', enabled: false });
  expect(line?.separator).toBe(true);
  expect(server).toMatchObject({ label: '● R&D_1 — running', submenu: true });
  expect(server?.children.map(({ label }) => label)).toEqual(['Stop', 'Restart']);
});

it('a press on a menu that changed while open acts on the entry that the user read', async () => {
  item.setMenu(menu('1 offline', 'offline', 'start', 'restart'));
  const [, , before] = await desktop.trayMenu();
  const [start, restart] = before?.children ?? [];
  if (start === undefined || restart === undefined) throw new Error('the menu lacks its signals');
  pressed = [];
  item.setMenu(menu('1 busy', 'starting', 'stop', 'restart'));
  await desktop.pressMenuEntry(restart);
  await desktop.pressMenuEntry(start);
  const asked = (signal: PowerSignal) => ({ kind: 'power', serverId: 'home/1', signal });
  await expect.poll(() => pressed).toEqual([asked('restart'), asked('start')]);
});

it('a changed label leaves the layout alone, and other entries change their submenu only', async () => {
  item.setMenu(menu('1 running', 'running', 'stop', 'restart'));
  const [, , server] = await desktop.trayMenu();
  const layouts = async () => (await desktop.trayItems())[0]?.layouts ?? [];
  const before = await layouts();
  const updates = await desktop.menuUpdates();
  item.setMenu(menu('1 busy', 'stopping', 'stop', 'restart'));
  await expect.poll(() => desktop.menuUpdates()).toBe(updates + 1);
  expect(await layouts()).toEqual(before);
  item.setMenu(menu('1 offline', 'offline', 'start'));
  await expect.poll(layouts).toEqual([...before, server?.id]);
});

it('the host knows of all changes that came before the menu that it has read', async () => {
  const layouts = async () => (await desktop.trayItems())[0]?.layouts.length ?? 0;
  const before = await layouts();
  // The announcements come while the host waits for the menu.
  atRead = () => {
    for (let change = 0; change < 200; change++)
      item.setMenu(menu('1 offline', 'offline', change % 2 === 0 ? 'kill' : 'start'));
  };
  const [, , server] = await desktop.trayMenu();
  expect(server?.children[0]?.label).toBe('Start');
  expect(await layouts()).toBe(before + 200);
});

it('the host learns of a new icon and tooltip without a change of the menu', async () => {
  const updates = await desktop.menuUpdates();
  item.setImage('a crash');
  item.setToolTip('Perch: 1 crashed');
  const changed = async () => (await desktop.trayItems())[0];
  await expect.poll(async () => (await changed())?.tooltip).toBe('Perch: 1 crashed');
  expect((await changed())?.pixmaps[0]?.argb).toBe(Buffer.of(255, 7, 2, 3).toString('base64'));
  expect(await desktop.menuUpdates()).toBe(updates);
});

it('a click on the icon is reported', async () => {
  await desktop.activateTray();
  await expect.poll(() => clicks).toBe(1);
});

it.each([
  ['an entry that never was', 'com.canonical.dbusmenu.GetLayout', 'int32:99999 int32:-1 array:string:'],
  ['a member that is not there', 'com.canonical.dbusmenu.Dance', ''],
  ['values of another kind', 'com.canonical.dbusmenu.Event', 'string:x string:clicked'],
  ['another property', 'org.freedesktop.DBus.Properties.Get', 'string:com.canonical.dbusmenu string:X'],
])('%s is refused, and the next call is answered', async (_what, member, values) => {
  const asked = await desktop.run('/usr/bin/python3', [
    '-c',
    `import dbus, os, subprocess, sys
bus = dbus.SessionBus()
watcher = bus.get_object("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", introspect=False)
name = watcher.GetAll("", dbus_interface="org.freedesktop.DBus.Properties")["RegisteredStatusNotifierItems"][0]
words = ["dbus-send", "--print-reply", "--dest=" + name, "/MenuBar", sys.argv[1], *sys.argv[2].split()]
print(subprocess.run(words, capture_output=True, text=True).stderr)`,
    member,
    values,
  ]);
  expect(asked.output).toMatch(/Error org\.freedesktop\.DBus\.Error\.(?:InvalidArgs|UnknownMethod)/);
  expect((await desktop.trayMenu()).length).toBe(3);
});

it('the icon leaves the tray at once', async () => {
  item.destroy();
  await expect.poll(() => desktop.trayItems()).toEqual([]);
});
