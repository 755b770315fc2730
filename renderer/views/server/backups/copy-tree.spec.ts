import { expect, it } from 'vitest';
import type { ArchivedFile } from '../../../../bridge/schema/backup-copies.js';
import { entriesFound, entriesIn, folderAbove } from './copy-tree.js';

const file = (path: string, bytes = 1): ArchivedFile => ({ path, bytes, kind: 'file' });
const files = [
  file('world/region/r.0.0.mca', 10),
  file('world/Level.dat', 5),
  file('server.properties', 2),
  file('Eula.txt', 1),
  { path: 'latest.log', bytes: 0, kind: 'link' } as const,
];
const names = (entries: readonly { name: string }[]) => entries.map(({ name }) => name);

it('a folder shows its folders with their sizes, then its files', () => {
  expect(entriesIn(files, '')).toMatchObject([
    { kind: 'folder', name: 'world', path: 'world/', bytes: 15 },
    { kind: 'file', name: 'Eula.txt' },
    { kind: 'link', name: 'latest.log' },
    { kind: 'file', name: 'server.properties' },
  ]);
  expect(names(entriesIn(files, 'world/'))).toEqual(['region', 'Level.dat']);
  expect(names(entriesIn(files, 'world/region/'))).toEqual(['r.0.0.mca']);
  expect(entriesIn(files, 'none/')).toEqual([]);
});

it('a search finds parts of paths in any case, in all folders', () => {
  expect(names(entriesFound(files, 'LEVEL'))).toEqual(['world/Level.dat']);
  expect(names(entriesFound(files, 'world/'))).toEqual(['world/Level.dat', 'world/region/r.0.0.mca']);
});

it('hostile names have a row each: twice the same, a file and a folder of one name, names of JavaScript', () => {
  const hostile = [file('a', 1), file('a', 2), file('a/b', 3), file('__proto__/x'), file('constructor')];
  const entries = entriesIn(hostile, '');
  expect(names(entries)).toEqual(['__proto__', 'a', 'a', 'constructor']);
  expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
  expect(entries.find(({ key }) => key === 'a')?.bytes).toBe(1);
  expect(entriesFound(hostile, 'a')).toHaveLength(2);
});

it('the folder above the first level is that of the server', () => {
  expect([folderAbove('a/b/'), folderAbove('a/'), folderAbove('')]).toEqual(['a/', '', '']);
});
