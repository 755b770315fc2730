import { describe, expect, it } from 'vitest';
import type { ServerFile } from '../../../../bridge/schema/files.js';
import { aFile, aFolder } from '../../../../tests/support/fake-files.js';
import { byName, nameFilter, nextFileSort, sortedFiles, type FileSort } from './file-order.js';

const names = (files: readonly ServerFile[]): string[] => files.map(({ name }) => name);
const files = [
  aFile('b.log', { bytes: 10, modifiedAt: 3, mode: '600' }),
  aFolder('world', { modifiedAt: 1 }),
  aFile('a10.txt', { bytes: 30, modifiedAt: 1, mode: '644' }),
  aFile('A2.txt', { bytes: 30, modifiedAt: 2, mode: '44' }),
  aFolder('plugins', { modifiedAt: 2 }),
];
const order = (column: FileSort['column'], isDown: boolean) => names(sortedFiles(files, { column, isDown }));

describe('the order', () => {
  it('has folders first, then files by name', () => {
    expect(names(sortedFiles(files, byName))).toEqual(['plugins', 'world', 'A2.txt', 'a10.txt', 'b.log']);
    expect(order('name', true)).toEqual(['world', 'plugins', 'b.log', 'a10.txt', 'A2.txt']);
  });

  it('by a figure keeps the names of equal figures in order', () => {
    expect(order('bytes', true)).toEqual(['plugins', 'world', 'A2.txt', 'a10.txt', 'b.log']);
    expect(order('bytes', false)).toEqual(['plugins', 'world', 'b.log', 'A2.txt', 'a10.txt']);
    expect(order('modifiedAt', true)).toEqual(['plugins', 'world', 'b.log', 'A2.txt', 'a10.txt']);
    expect(order('mode', false).slice(2)).toEqual(['A2.txt', 'b.log', 'a10.txt']);
  });

  it('begins with the largest or newest, and turns round at the next press', () => {
    expect(nextFileSort(byName, 'bytes')).toEqual({ column: 'bytes', isDown: true });
    expect(nextFileSort({ column: 'bytes', isDown: true }, 'bytes')).toEqual({
      column: 'bytes',
      isDown: false,
    });
    expect(nextFileSort({ column: 'bytes', isDown: true }, 'name')).toEqual(byName);
  });
});

it('finds a part of the name in any case', () => {
  expect(names(files.filter(nameFilter(' A2') ?? (() => false)))).toEqual(['A2.txt']);
  expect(nameFilter(' ')).toBeNull();
});
