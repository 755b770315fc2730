import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeLog } from '../../tests/support/fake-log.js';
import { historyFolders } from '../../tests/support/history-folders.js';
import { causeOf, hasDropped, isCorruption, moveAside, openFolder, type Opened } from './level-folder.js';

const aFolder = historyFolders();
const opened: Opened[] = [];
let folder = '';
let log = new FakeLog();

beforeEach(async () => {
  folder = await aFolder();
  log = new FakeLog();
});

afterEach(async () => {
  vi.restoreAllMocks();
  for (const { level } of opened.splice(0)) await level.close();
});

async function open(): Promise<Opened> {
  const one = await openFolder(folder, log);
  opened.push(one);
  return one;
}

/** Store that was closed cleanly, with one entry in a table. */
async function aStore(): Promise<void> {
  const { level } = await openFolder(folder, log);
  await level.put('form', Uint8Array.of(1));
  await level.compactRange('', '~');
  await level.close();
}

async function damage(name: RegExp, bytes: (before: Buffer) => Uint8Array): Promise<void> {
  const file = (await readdir(folder)).find((one) => name.test(one)) ?? '';
  await writeFile(join(folder, file), bytes(await readFile(join(folder, file))));
}

const corruption = Object.assign(new Error('Corruption: bad block'), { code: 'LEVEL_CORRUPTION' });

describe('the store of the history', () => {
  it('is created if missing, and found again', async () => {
    await aStore();
    const { level, mended } = await open();
    expect(mended).toBeNull();
    expect(await level.get('form')).toEqual(Buffer.of(1));
    expect(log.lines).toEqual([]);
  });

  it('is repaired if its list of files is damaged, with all readable data', async () => {
    await aStore();
    await damage(/^MANIFEST/, (before) => before.subarray(0, 20));
    const { level, mended } = await open();
    expect(mended).toEqual({ why: 'parts', file: `${folder}/lost` });
    expect(await level.get('form')).toEqual(Buffer.of(1));
    expect(log.text).toMatch(/^warn history\.damaged .*orruption/);
  });

  it('is repaired if its file CURRENT names a missing file', async () => {
    await aStore();
    await damage(/^CURRENT$/, () => Buffer.from('MANIFEST-999999\n'));
    const { level, mended } = await open();
    expect(mended?.why).toBe('parts');
    expect(await level.get('form')).toEqual(Buffer.of(1));
  });

  it('stays unchanged if the folder cannot be used', async () => {
    await writeFile(folder, 'a file');
    await expect(openFolder(folder, log)).rejects.toThrow();
    expect(await readFile(folder, 'utf8')).toBe('a file');
    expect(log.lines).toEqual([]);
  });

  it('stays unchanged while another program has it open', async () => {
    await aStore();
    const { level } = await open();
    await expect(openFolder(folder, log)).rejects.toThrow();
    expect(await level.get('form')).toEqual(Buffer.of(1));
    expect(log.lines).toEqual([]);
  });

  it('is moved aside if it is beyond repair', async () => {
    await aStore();
    await damage(/^MANIFEST/, (before) => before.subarray(0, 20));
    vi.spyOn(ClassicLevel, 'repair').mockRejectedValueOnce(new Error('IO error'));
    const { level, mended } = await open();
    expect(mended).toEqual({ why: 'damaged', file: `${folder}.damaged-1` });
    expect(await level.keys().all()).toEqual([]);
    expect(log.text).toContain('warn history.beyond-repair {"message":"Error: IO error"}');
  });

  it('is moved aside under the first free name', async () => {
    await aStore();
    await mkdir(`${folder}.damaged-1`);
    const fresh = await moveAside(folder);
    opened.push(fresh);
    expect(fresh.mended).toEqual({ why: 'damaged', file: `${folder}.damaged-2` });
    expect(await fresh.level.keys().all()).toEqual([]);
    expect(await readdir(`${folder}.damaged-2`)).toContain('CURRENT');
  });
});

describe('entries that LevelDB dropped while it opened', () => {
  it('is known from its own log', async () => {
    await aStore();
    expect(await hasDropped(folder)).toBe(false);
    await writeFile(
      `${folder}/LOG`,
      '(ignoring error) /history/000012.log: dropping 34 bytes; Corruption: checksum mismatch\n',
    );
    expect(await hasDropped(folder)).toBe(true);
    await writeFile(`${folder}/LOG`, '/history/000012.log: dropping 34 bytes; truncated record\n');
    expect(await hasDropped(folder)).toBe(false);
  });

  it('is unknown without such a log', async () => {
    expect(await hasDropped(folder)).toBe(false);
  });
});

describe('an error of the store', () => {
  it('is a corruption if one of its causes is', () => {
    expect(isCorruption(corruption)).toBe(true);
    expect(isCorruption(new Error('Database failed', { cause: corruption }))).toBe(true);
    expect(isCorruption(Object.assign(new Error('IO error'), { code: 'LEVEL_IO_ERROR' }))).toBe(false);
    expect(isCorruption(new Error('no code'))).toBe(false);
    expect(isCorruption({ code: 'LEVEL_CORRUPTION' })).toBe(false);
  });

  it('names its causes', () => {
    expect(causeOf(new Error('Database failed', { cause: new Error('IO error', { cause: 'full' }) }))).toBe(
      'Database failed: IO error: full',
    );
    expect(causeOf(new Error('alone'))).toBe('Error: alone');
    expect(causeOf('text')).toBe('text');
  });
});
