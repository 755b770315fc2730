import { expect, test } from 'vitest';
import { isArchiveOf, namesToPack, namedByTime, ownArchive, possibleArchives } from './node-archives.js';

const id = '11111111-1111-4111-8111-111111111111';
const at = Date.parse('2026-11-28T14:43:00Z');
const record = { serverId: 'home/1', id, at, before: [], name: null, transfer: null };
const file = (name: string) => ({ name, bytes: 5, kind: 'file' as const });

test.each([
  [`perch-${id}.tar.gz`, true],
  ['archive-2026-11-28T144305Z.tar.gz', true],
  ['archive-2026-11-28T154305+0100.tar.gz', true],
  ['archive-2026-11-28T091305-0530.tar.gz', true],
  ['archive-2026-11-28T154305Z.tar.gz', false],
  ['archive-2026-11-27T144305Z.tar.gz', false],
  ['archive-2026-99-28T144305Z.tar.gz', false],
  ['perch-22222222-2222-4222-8222-222222222222.tar.gz', false],
  ['world', false],
  ['server.jar', false],
  ['archive-2026-11-28T144305Z.tar.gz.old', false],
])('%s may be the archive: %s', (name, may) => {
  expect(isArchiveOf(name, record)).toBe(may);
});

test('an archive that was there before is not it', () => {
  const name = 'archive-2026-11-28T144305Z.tar.gz';
  expect(isArchiveOf(name, { ...record, before: [name] })).toBe(false);
});

test('only the own name is certain while the panel has told none; others are possible', () => {
  const [one, two] = [file('archive-2026-11-28T144305Z.tar.gz'), file('archive-2026-11-28T144306Z.tar.gz')];
  const own = file(`perch-${id}.tar.gz`);
  expect(ownArchive([file('world'), one], record)).toBeNull();
  expect(ownArchive([one, own, two], record)).toBe(own);
  expect(possibleArchives([file('world'), one, two, { ...one, kind: 'folder' }], record)).toEqual([one, two]);
});

test('a name from the panel excludes every other archive', () => {
  const [one, two] = [file('archive-2026-11-28T144305Z.tar.gz'), file('archive-2026-11-28T144306Z.tar.gz')];
  const named = { ...record, name: two.name };
  expect(ownArchive([one, two], named)).toBe(two);
  expect([ownArchive([one], named), possibleArchives([one], named)]).toEqual([null, []]);
});

test('a packed folder leaves out only archives of Perch', () => {
  const left = file('perch-22222222-2222-4222-8222-222222222222.tar.gz');
  const by = file('archive-2026-11-28T144305Z.tar.gz');
  expect(namesToPack([file('world'), left, by])).toEqual(['world', by.name]);
  expect(namedByTime([file('world'), left, by])).toEqual([by.name]);
});
