import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { someMemory } from '../../tests/support/entities.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { MemoryFile } from './memory.js';
import type { UnusableFile } from './notices.js';
import { SettingsFile } from './settings.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

/** Fields that an older Perch stored in `settings.json`. */
const old = {
  visits: [{ serverId: 'home/1', at: 7 }],
  stoppedTogether: { at: 3, serverIds: ['home/2'] },
  eventsSeenAt: 5,
  told: ['autostart', 'goes-on'],
  startedByPortal: true,
  updatesSeen: { checkedAt: 9, told: '0.2.0', skipped: '0.2.0', pending: null, lot: 42 },
};
const asMemory = {
  visits: old.visits,
  stoppedTogether: old.stoppedTogether,
  othersShown: null,
  eventsSeenAt: 5,
  shownOnce: ['autostart', 'still-running'],
  startedByPortal: true,
  madeByRule: [],
  begunBackups: [],
  plannedBackups: [],
  sharedLogs: [],
  fileBackups: [],
  answeredQueries: [],
  emptyServers: [],
  awakeHours: [],
  updates: { checkedAt: 9, announced: '0.2.0', skipped: '0.2.0', pending: null, rolloutBucket: 42 },
};

describe('MemoryFile', () => {
  let folder: string;
  let aside: UnusableFile[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'perch-memory-'));
    aside = [];
  });
  afterEach(() => removeFolder(folder));

  const at = (name: string): string => join(folder, name);
  const read = (name: string): unknown => JSON.parse(readFileSync(at(name), 'utf8'));
  const writeSettings = (fields: object): void =>
    writeFileSync(
      at('settings.json'),
      JSON.stringify({ version: 3, settings: { theme: 'dark', ...fields } }),
    );

  async function open(path = at('memory.json')) {
    const log = new FakeLog();
    const settings = new SettingsFile(at('settings.json'), log, (what) => aside.push(what));
    const memory = new MemoryFile(path, log, (what) => aside.push(what));
    await settings.start();
    await memory.start(settings);
    return { settings, memory };
  }

  it('starts empty and writes no file', async () => {
    expect((await open()).memory.current).toEqual(someMemory());
    expect(readdirSync(folder)).toEqual([]);
  });

  it("moves the memory that an older Perch kept in the settings, and keeps the user's choices there", async () => {
    writeSettings({ ...old, pins: ['home/1'] });
    const { settings, memory } = await open();
    expect(memory.current).toEqual(asMemory);
    expect(read('memory.json')).toEqual({ version: 1, memory: asMemory });
    expect(settings.current).toMatchObject({ theme: 'dark', pins: ['home/1'] });
    expect(read('settings.json')).toEqual({ version: 3, settings: settings.current });
    expect(aside).toEqual([]);
    expect((await open()).memory.current).toEqual(asMemory);
  });

  it('keeps the valid parts of a damaged old memory, and a copy of the whole', async () => {
    writeSettings({
      ...old,
      pins: 'none',
      visits: [...old.visits, 7],
      told: ['autostart', 'tour'],
      eventsSeenAt: '5',
    });
    const { memory } = await open();
    expect(memory.current).toEqual({ ...asMemory, eventsSeenAt: 0, shownOnce: ['autostart'] });
    expect(aside).toMatchObject([{ content: 'settings', why: 'parts' }]);
  });

  it('knows better than an older Perch that ran in between', async () => {
    writeSettings(old);
    await (await open()).memory.update({ eventsSeenAt: 20 });
    writeSettings({ ...old, eventsSeenAt: 0, visits: [] });
    expect((await open()).memory.current).toEqual({ ...asMemory, eventsSeenAt: 20 });
    expect(read('settings.json')).not.toHaveProperty('settings.visits');
  });

  it('leaves the old memory in the settings until it is in its own file', async () => {
    writeSettings(old);
    writeFileSync(at('file'), '');
    const { settings, memory } = await open(join(at('file'), 'memory.json'));
    expect(memory.current).toEqual(someMemory());
    await settings.update({ theme: 'light' });
    expect(read('settings.json')).toMatchObject({ settings: { ...old, theme: 'light' } });
    expect((await open()).memory.current).toEqual(asMemory);
  });

  it.each([
    ['{ "version": 1, "memo', 'damaged'],
    ['{ "version": 9, "memory": {} }', 'newer'],
  ])('keeps a file aside that it can not use: %s', async (text, why) => {
    writeFileSync(at('memory.json'), text);
    const { memory } = await open();
    expect(memory.current).toEqual(someMemory());
    expect(aside).toMatchObject([{ content: 'memory', why }]);
    expect(readFileSync(aside[0]?.file ?? '', 'utf8')).toBe(text);
    expect(existsSync(at('memory.json'))).toBe(false);
  });

  it('stores the reports of a window, each notice once', async () => {
    const { memory } = await open();
    await memory.note({ shown: 'autostart' });
    await memory.note({ shown: 'autostart', eventsSeenAt: 4 });
    expect(memory.current).toEqual(someMemory({ shownOnce: ['autostart'], eventsSeenAt: 4 }));
    expect((await open()).memory.current).toEqual(memory.current);
  });
});
