import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PerchError } from '../bridge/errors.js';
import type { Log } from './ports.js';
import { readSettings, SettingsFile } from './settings.js';

const defaults = { theme: 'system', confirmStop: false, confirmRestart: false, notifyCrash: true };

describe('readSettings', () => {
  it('fills in what is missing', () => {
    const text = JSON.stringify({ version: 1, settings: { theme: 'dark' } });
    expect(readSettings(text)).toEqual({ ...defaults, theme: 'dark' });
  });

  it('replaces only the fields that do not fit', () => {
    const text = JSON.stringify({ version: 1, settings: { theme: 7, confirmStop: true, other: 1 } });
    expect(readSettings(text)).toEqual({ ...defaults, confirmStop: true });
  });

  it.each(['', '{', 'null', '[]', '{"version":"1"}', '{"version":1}', '{"version":99,"settings":{}}'])(
    'gives up on %j',
    (text) => {
      expect(readSettings(text)).toBeNull();
    },
  );

  it('walks through every version between', () => {
    const steps = {
      1: (old: Record<string, unknown>) => ({ dark: old['night'] }),
      2: (old: Record<string, unknown>) => ({ theme: old['dark'] === true ? 'dark' : 'light' }),
    };
    const text = JSON.stringify({ version: 1, settings: { night: true } });
    expect(readSettings(text, steps, 3)).toEqual({ ...defaults, theme: 'dark' });
    expect(readSettings(text, { 1: steps[1] }, 3)).toBeNull();
  });
});

describe('SettingsFile', () => {
  let folder: string;
  let path: string;
  const log: Log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'perch-settings-'));
    path = join(folder, 'settings.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function open(at = path): Promise<SettingsFile> {
    const settings = new SettingsFile(at, log);
    await settings.start();
    return settings;
  }

  it('starts with defaults and writes nothing', async () => {
    const settings = await open();
    expect(settings.current).toEqual(defaults);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps what was changed, and tells', async () => {
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

  it('loses nothing when changes come at the same time', async () => {
    const settings = await open();
    await Promise.all([settings.update({ theme: 'dark' }), settings.update({ confirmStop: true })]);
    expect((await open()).current).toEqual({ ...defaults, theme: 'dark', confirmStop: true });
  });

  it('keeps a damaged file aside', async () => {
    writeFileSync(path, '{ "version": 1, "sett');
    const settings = await open();
    expect(settings.current).toEqual(defaults);
    expect(existsSync(path)).toBe(false);
    expect(readFileSync(`${path}.damaged`, 'utf8')).toContain('"sett');
  });

  it('changes nothing when it can not be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    const settings = await open(join(folder, 'file', 'settings.json'));
    await expect(settings.update({ theme: 'dark' })).rejects.toThrow(PerchError);
    expect(settings.current).toEqual(defaults);
    expect((await settings.update({}).catch((error: unknown) => error)) instanceof PerchError).toBe(true);
  });
});
