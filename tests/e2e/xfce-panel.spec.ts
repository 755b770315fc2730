/** Tray icon on XFCE, whose panel publishes its colour; the settings service is a fake (`fake-xfconf.py`). */
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from './perch.js';

const fake = join(import.meta.dirname, '../support/desktop/fake-xfconf.py');

test("the icon is that for a light bar if the panel's dark mode is off, and follows the setting", async ({
  desktop,
  launch,
}) => {
  desktop.env['XDG_CURRENT_DESKTOP'] = 'XFCE';
  const xfconf = desktop.processes.start('/usr/bin/python3', [fake, 'true'], { env: desktop.env });
  if (xfconf.stdout === null) throw new Error('no output');
  await once(createInterface(xfconf.stdout), 'line');
  const icon = async (): Promise<string | undefined> => (await desktop.trayItems())[0]?.pixmaps[0]?.sha1;
  await launch();
  await expect.poll(icon, { timeout: 20_000 }).toBeDefined();
  const dark = await icon();
  xfconf.stdin?.write('false\n');
  await expect.poll(icon, { timeout: 20_000 }).not.toBe(dark);
  xfconf.stdin?.write('unset\n');
  await expect.poll(icon, { timeout: 20_000 }).toBe(dark);
});
