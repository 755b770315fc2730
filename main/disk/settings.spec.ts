import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Settings } from '../../bridge/schema/settings.js';
import { PerchError } from '../../bridge/errors.js';
import { someSettings } from '../../tests/support/entities.js';
import type { Log } from '../base/ports.js';
import { SettingsFile } from './settings.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

const defaults = someSettings();

describe('SettingsFile', () => {
  let folder: string;
  let path: string;
  const log: Log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'perch-settings-'));
    path = join(folder, 'settings.json');
  });
  afterEach(() => removeFolder(folder));

  async function open(at = path): Promise<SettingsFile> {
    const settings = new SettingsFile(at, log);
    await settings.start();
    return settings;
  }

  const keptAside = () =>
    readdirSync(folder)
      .filter((name) => name.startsWith('settings.json.'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));

  it('starts with defaults and writes no file', async () => {
    const settings = await open();
    expect(settings.current).toEqual(defaults);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps the change, and calls its listeners', async () => {
    const settings = await open();
    const heard = vi.fn();
    settings.listen(heard);
    expect(await settings.update({ theme: 'dark', confirmStop: undefined })).toEqual({
      ...defaults,
      theme: 'dark',
    });
    expect(heard).toHaveBeenCalledExactlyOnceWith({ ...defaults, theme: 'dark' });
    expect((await open()).current).toEqual({ ...defaults, theme: 'dark' });
  });

  it('loses no change of several at the same time', async () => {
    const settings = await open();
    await Promise.all([settings.update({ theme: 'dark' }), settings.update({ confirmStop: true })]);
    expect((await open()).current).toEqual({ ...defaults, theme: 'dark', confirmStop: true });
  });

  it('computes a change from the settings at its turn; null writes nothing', async () => {
    const settings = await open();
    const pin = (id: string) => (now: Settings) => ({ pins: [...now.pins, id] });
    await Promise.all([settings.update(pin('home/1')), settings.update(pin('home/2'))]);
    expect((await open()).current.pins).toEqual(['home/1', 'home/2']);
    const heard = vi.fn();
    settings.listen(heard);
    expect(await settings.update(() => null)).toEqual(settings.current);
    expect(heard).not.toHaveBeenCalled();
  });

  it('keeps a damaged file aside', async () => {
    writeFileSync(path, '{ "version": 1, "sett');
    const settings = await open();
    expect(settings.current).toEqual(defaults);
    expect(existsSync(path)).toBe(false);
    expect(keptAside()).toEqual(['{ "version": 1, "sett']);
  });

  it('keeps a copy of a partly damaged file, and uses the rest', async () => {
    const text = JSON.stringify({ version: 1, settings: { theme: 'dark', pins: ['home/1', 7] } });
    writeFileSync(path, text);
    const settings = await open();
    expect(settings.current).toEqual({ ...defaults, theme: 'dark', pins: ['home/1'] });
    await settings.update({ theme: 'light' });
    expect(keptAside()).toEqual([text]);
  });

  it('changes nothing if the file cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    const settings = await open(join(folder, 'file', 'settings.json'));
    await expect(settings.update({ theme: 'dark' })).rejects.toThrow(PerchError);
    expect(settings.current).toEqual(defaults);
    expect((await settings.update({}).catch((error: unknown) => error)) instanceof PerchError).toBe(true);
  });
});
