/**
 * The tests' tray host asks in each way of real hosts. Trays of Electron 43.3 to 44.0 answered in one of these ways
 * only, and failed on GNOME, Cinnamon and XFCE (PLATFORM "Tray" 9).
 */
import { spawnSync } from 'node:child_process';
import { expect, test, within } from './perch.js';

const kde = 'org.kde.StatusNotifierItem';
const drawn = ['IconPixmap', 'Id', 'Menu', 'Status', 'Title', 'ToolTip'];

test('the tray item answers by every name at once', async ({ desktop, launch }) => {
  await launch();
  await desktop.waitForTray();
  const answers = await within(40_000, 'an answer to each question', async () => {
    const found = await desktop.trayAnswers();
    return found.every(({ properties, error }) => properties ?? error) ? found : undefined;
  });
  expect(answers.filter((asked) => asked.interface === kde).length).toBeGreaterThan(0);
  for (const { interface: asked, properties, error } of answers) {
    if (asked === kde) expect(properties).toEqual(expect.arrayContaining(drawn));
    // On the specification's own interface, a missing interface must be an immediate error, for which no host waits.
    else if (properties === null) expect(error).not.toBe('org.freedesktop.DBus.Error.NoReply');
    else expect(properties).toEqual(expect.arrayContaining(drawn));
  }
});

test("the tests' host refuses an item that real hosts refuse", async ({ desktop }) => {
  const register = (item: string) =>
    spawnSync(
      'dbus-send',
      [
        ...['--session', '--print-reply', '--dest=org.kde.StatusNotifierWatcher', '/StatusNotifierWatcher'],
        ...['org.kde.StatusNotifierWatcher.RegisterStatusNotifierItem', `string:${item}`],
      ],
      { env: desktop.env, encoding: 'utf8' },
    );
  // Electron 44.0.0 sends a name followed by the path.
  const refused = register('org.freedesktop.StatusNotifierItem-1-1/StatusNotifierItem/1');
  expect(refused.status).not.toBe(0);
  expect(refused.stderr).toContain('org.freedesktop.DBus.Error');
  expect(register('org.freedesktop.StatusNotifierItem-1-1').stderr).toContain('NameHasNoOwner');
  expect(await desktop.trayItems()).toEqual([]);
});
