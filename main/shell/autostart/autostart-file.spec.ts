import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { AutostartFile } from './autostart-file.js';
import { readDesktopEntry } from './desktop-entry.js';
import { removeFolder } from '../../../tests/support/remove-folder.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'perch-autostart-'))));
afterEach(() => removeFolder(folder));

const open = (program = '/opt/Perch/perch') =>
  new AutostartFile({ configFolder: folder, command: [program], log: new FakeLog() });
const file = () => join(folder, 'autostart', 'perch.desktop');
const fields = () => readDesktopEntry(readFileSync(file(), 'utf8'));

describe('AutostartFile', () => {
  it('is off until it is switched on, and off again afterwards', async () => {
    expect(await open().isOn()).toBe(false);
    await open().set(true);
    expect(await open().isOn()).toBe(true);
    expect(fields()).toMatchObject({ Type: 'Application', Exec: '"/opt/Perch/perch" --hidden' });
    await open().set(false);
    expect(await open().isOn()).toBe(false);
    await open().set(false);
  });

  it('is the last choice of the user, however fast the choices follow each other', async () => {
    const autostart = open();
    for (let count = 0; count < 20; count++) {
      const choices = [autostart.set(true), autostart.set(false)];
      expect(await autostart.isOn()).toBe(false);
      await Promise.all(choices);
      expect(await autostart.isOn()).toBe(false);
    }
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
    'is off if the desktop has written %s, stays off, and can be switched on again',
    async (line) => {
      await open().set(true);
      writeFileSync(file(), `${readFileSync(file(), 'utf8')}${line}\n`);
      expect(await open().isOn()).toBe(false);
      await open('/elsewhere/perch').renew();
      expect(fields()['Exec']).toBe('"/opt/Perch/perch" --hidden');
      await open().set(true);
      expect(await open().isOn()).toBe(true);
    },
  );

  it('follows a moved Perch, and keeps other fields', async () => {
    await open('/home/o/Perch-1.AppImage').set(true);
    writeFileSync(file(), `${readFileSync(file(), 'utf8')}X-GNOME-Autostart-Delay=20\n`);
    await open('/home/o/Perch-2.AppImage').renew();
    expect(fields()).toMatchObject({
      Exec: '"/home/o/Perch-2.AppImage" --hidden',
      'X-GNOME-Autostart-Delay': '20',
    });
  });

  it('does not write the file while autostart is off', async () => {
    await open().renew();
    expect(await open().isOn()).toBe(false);
  });

  it('names a file that cannot be written', async () => {
    writeFileSync(join(folder, 'autostart'), '');
    await expect(open().set(true)).rejects.toMatchObject({
      problem: { message: { id: 'system.autostart-failed' }, next: { values: { file: file() } } },
    });
    await expect(open().renew()).resolves.toBeUndefined();
  });
});
