import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TextDraft } from '../../bridge/schema/texts.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { clearLeftovers } from './leftovers.js';
import { TextDraftsFolder } from './text-drafts.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let folder: string;
const setAside = vi.fn();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-drafts-'));
  setAside.mockClear();
});
afterEach(() => removeFolder(folder));

const open = (): TextDraftsFolder => new TextDraftsFolder(folder, new FakeLog(), setAside);
const names = (): string[] => readdirSync(join(folder, 'drafts'));
const only = (): string => join(folder, 'drafts', names()[0] ?? '');

const file = { serverId: 'home/u1', path: `/${'ä'.repeat(200)}/config.yml` };
const draft = (text: string): TextDraft => ({
  text,
  format: { encoding: 'utf-8', bom: true },
  version: 'a'.repeat(64),
});

it('returns an unsaved text in the next run, for this user alone', async () => {
  expect(await open().of(file)).toBeNull();
  await open().keep(file, draft('half a\r\nlin\ud83d'));
  expect(await open().of(file)).toEqual(draft('half a\r\nlin\ud83d'));
  expect(statSync(only()).mode & 0o777).toBe(0o600);
  expect(await open().of({ ...file, serverId: 'home/u2' })).toBeNull();
});

it('keeps one draft of a file, the last, also when several are kept at once', async () => {
  const drafts = open();
  await Promise.all(['a', 'b', 'c'].map((text) => drafts.keep(file, draft(text))));
  expect(names()).toHaveLength(1);
  expect(await drafts.of(file)).toEqual(draft('c'));
});

it('forgets a draft, also a missing draft', async () => {
  const drafts = open();
  await drafts.keep(file, draft('a'));
  await drafts.drop(file);
  await drafts.drop(file);
  expect(names()).toEqual([]);
  expect(await drafts.of(file)).toBeNull();
});

it('forgets the draft of a saved text, and keeps another text', async () => {
  const drafts = open();
  await drafts.keep(file, draft('mine'));
  await drafts.dropSaved(file, 'theirs');
  expect(await drafts.of(file)).toEqual(draft('mine'));
  await drafts.dropSaved(file, 'mine');
  expect(names()).toEqual([]);
});

it('forgets the drafts of a removed account only', async () => {
  const drafts = open();
  const other = { serverId: 'home2/u1', path: '/a' };
  await drafts.keep(file, draft('a'));
  await drafts.keep(other, draft('b'));
  await drafts.forgetAccount('home');
  expect(await drafts.of(file)).toBeNull();
  expect(await drafts.of(other)).toEqual(draft('b'));
});

it('refuses a draft for which the folder has no room, and keeps the earlier one', async () => {
  const drafts = open();
  const large = draft('x'.repeat(4_000_000));
  await drafts.keep(file, draft('mine'));
  for (let at = 0; at < 16; at += 1) await drafts.keep({ serverId: 'home/u1', path: `/${at}` }, large);
  await expect(drafts.keep(file, large)).rejects.toMatchObject({
    problem: { code: 'conflict', message: { id: 'texts.drafts-full' } },
  });
  expect(await drafts.of(file)).toEqual(draft('mine'));
});

it.each([
  ['damaged', '{"version":1,"draft":{'],
  ['of another file', JSON.stringify({ version: 1, serverId: 'home/u9', path: '/x', draft: draft('x') })],
  ['of a newer Perch', '{"version":2}'],
])('sets a file aside that is %s', async (_what, text) => {
  await open().keep(file, draft('a'));
  writeFileSync(only(), text);
  const drafts = open();
  expect(await drafts.of(file)).toBeNull();
  expect(setAside).toHaveBeenCalled();
  expect(names()).toEqual([expect.stringContaining('.damaged-')]);
  expect(readFileSync(only(), 'utf8')).toBe(text);
});

it('the next start removes the file of a killed write', async () => {
  await open().keep(file, draft('a'));
  const name = names()[0] ?? '';
  writeFileSync(join(folder, 'drafts', `${name}.123456`), 'half');
  await clearLeftovers(join(folder, 'drafts'), new FakeLog());
  expect(names()).toEqual([name]);
});

it('lists the files with unsaved text, and forgets those of accounts that are gone', async () => {
  const drafts = open();
  const other = { serverId: 'away/u2', path: '/b.yml' };
  await drafts.keep(file, draft('a'));
  await drafts.keep(other, draft('b'));
  writeFileSync(join(folder, 'drafts', `${'0'.repeat(64)}.json`), 'half');
  expect(await drafts.files()).toEqual(expect.arrayContaining([file, other]));
  await drafts.keepAccounts(['home']);
  expect(await open().files()).toEqual([file]);
  expect(names()).toContain(`${'0'.repeat(64)}.json`);
});
