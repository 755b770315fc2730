/** Autostart: offered once, written as the desktop reads it, started by the desktop, and removed. */
import { appendFileSync, existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Desktop } from '../support/desktop/desktop.mjs';
import { connected } from './closing.js';
import { expect, test, within } from './perch.js';

/** Starts a desktop entry with GLib, as a session does; false = the entry is disabled. */
const session = `
import sys
from gi.repository import Gio
entry = Gio.DesktopAppInfo.new_from_filename(sys.argv[1])
if entry is None or entry.get_is_hidden():
    sys.exit(1)
entry.launch([], None)
`;

async function logIn(desktop: Desktop, file: string, dataFolder: string): Promise<boolean> {
  // The started program lives on and would keep a pipe open.
  const words = ['-c', 'exec /usr/bin/python3 -c "$1" "$2" >/dev/null 2>&1', 'sh', session, file];
  return (await desktop.run('env', [`PERCH_DATA=${dataFolder}`, 'sh', ...words])).code === 0;
}

async function windows(desktop: Desktop): Promise<number> {
  const { output } = await desktop.run('xdotool', ['search', '--onlyvisible', '--name', '.']);
  return output.split('\n').filter((line) => line !== '').length;
}

test('autostart is offered once, started by the session without a window, and removed', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const file = join(desktop.folder, 'home/.config/autostart/perch.desktop');
  const perch = await launch();
  const { page } = await connected(perch, sandbox);
  const offer = page.getByTestId('start-offer');

  await test.step('off by default', async () => {
    await expect(offer).toContainText('Start Perch when you log in');
    expect(existsSync(file)).toBe(false);
    await offer.getByRole('button', { name: 'Start at login' }).click();
    await expect(offer).toHaveCount(0);
    expect(existsSync(file)).toBe(true);
  });

  await perch.quit();
  await test.step('the session starts it: an icon, no window', async () => {
    expect(await logIn(desktop, file, perch.dataFolder)).toBe(true);
    await desktop.waitForTray(30_000);
    await within(40_000, 'the servers in the menu', async () =>
      (await desktop.trayMenu()).some(({ label }) => label.includes('Survival')) ? true : undefined,
    );
    expect(await windows(desktop)).toBe(0);
    await desktop.clickMenu(['Quit Perch']);
    await expect.poll(async () => (await desktop.trayItems()).length, { timeout: 20_000 }).toBe(0);
    // The process outlives its icon; until its end it would answer for the next one.
    const lock = join(perch.dataFolder, 'SingletonLock');
    await expect.poll(() => lstatSync(lock, { throwIfNoEntry: false })).toBeUndefined();
  });

  const again = await launch();
  const settings = await again.window('main');
  const toggle = settings.getByRole('switch', { name: 'Start Perch when you log in' });
  await expect(settings.getByTestId('start-offer')).toHaveCount(0);
  await test.step('switched off by the desktop: the switch shows it, and the session starts nothing', async () => {
    appendFileSync(file, 'Hidden=true\n');
    await desktop.clickMenu(['Settings']);
    await expect(toggle).not.toBeChecked();
    expect(await logIn(desktop, file, perch.dataFolder)).toBe(false);
  });

  await test.step('on and off again by the switch', async () => {
    await settings.getByText('Start Perch when you log in').click();
    await expect(toggle).toBeChecked();
    await settings.getByText('Start Perch when you log in').click();
    await expect.poll(() => existsSync(file)).toBe(false);
  });
});
