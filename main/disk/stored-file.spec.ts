import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeLog } from '../../tests/support/fake-log.js';
import { StoredFile } from './stored-file.js';

vi.mock('node:fs/promises', { spy: true });

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-stored-'));
  path = join(folder, 'a.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => new StoredFile({ path, logName: 'things', content: 'settings', log: new FakeLog() });
const failing = (code: string) => Object.assign(new Error(code), { code });
const texts = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));

/** Acts like a file that another user owns or another program holds. */
async function openUnreadable(): Promise<StoredFile> {
  const file = open();
  vi.mocked(readFile).mockRejectedValueOnce(failing('EACCES'));
  expect(await file.read()).toBeNull();
  return file;
}

describe('StoredFile', () => {
  it('reads the written text, and null without a file', async () => {
    const file = open();
    expect(await file.read()).toBeNull();
    await file.write('one');
    expect(await open().read()).toBe('one');
    await file.write('two');
    expect(texts()).toEqual(['two']);
  });

  it('keeps an unreadable file aside, each under its own name', async () => {
    writeFileSync(path, 'one');
    await (await openUnreadable()).write('two');
    const file = await openUnreadable();
    expect(readFileSync(path, 'utf8')).toBe('two');
    await file.write('three');
    await file.write('four');
    expect(texts()).toEqual(['four', 'one', 'two']);
  });

  it('writes nothing while the old file cannot be kept', async () => {
    writeFileSync(path, 'one');
    const file = await openUnreadable();
    vi.mocked(rename).mockRejectedValueOnce(failing('EPERM'));
    await expect(file.write('two')).rejects.toMatchObject({ problem: { code: 'internal' } });
    expect(texts()).toEqual(['one']);
    await file.write('two');
    expect(texts()).toEqual(['two', 'one']);
  });

  it('keeps every damaged text once, also after a failed attempt', async () => {
    for (const text of ['first', 'second', 'second']) {
      writeFileSync(path, text);
      const file = open();
      vi.mocked(rename).mockRejectedValueOnce(failing('EPERM'));
      await file.keepAside((await file.read()) ?? '', 'damaged');
      expect(readFileSync(path, 'utf8')).toBe(text);
      await file.write('new');
    }
    expect(texts().sort()).toEqual(['first', 'new', 'second']);
  });

  it('leaves a partly used text in its place', async () => {
    writeFileSync(path, 'half');
    const file = open();
    await file.keepAside('half', 'parts');
    expect(texts()).toEqual(['half', 'half']);
    await file.write('whole');
    expect(texts()).toEqual(['whole', 'half']);
  });
});
