/** Order, filter and selection of the list of a folder. */
import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import { aFile, aFolder } from '../../../../tests/support/fake-files.js';
import { FilesTable } from './files-table.svelte.js';

const files = [aFile('c'), aFile('a'), aFolder('z'), aFile('b'), aFile('d')];

function shown(table: FilesTable): string[] {
  flushSync();
  return table.items.map(({ key }) => key);
}

const chosen = (table: FilesTable): string[] => table.chosen.map(({ name }) => name);

it('selects one by one and in ranges, in the order of the list', () => {
  const table = new FilesTable(() => files);
  expect(shown(table)).toEqual(['z', 'a', 'b', 'c', 'd']);
  table.toggle('d');
  table.toggle('a');
  table.extendTo('c');
  expect(chosen(table)).toEqual(['a', 'b', 'c', 'd']);
  // A shorter range takes the place of the longer one.
  table.extendTo('b');
  expect(chosen(table)).toEqual(['a', 'b', 'd']);
  table.toggle('d');
  expect(chosen(table)).toEqual(['a', 'b']);
  table.selectNone();
  table.active = 'c';
  table.extendTo('d');
  expect(chosen(table)).toEqual(['c', 'd']);
});

it('begins a range at the row itself if its start is gone', () => {
  let there = files;
  const table = new FilesTable(() => there);
  table.toggle('a');
  there = files.filter(({ name }) => name !== 'a');
  const other = new FilesTable(() => there);
  other.selected = table.selected;
  other.extendTo('c');
  expect(chosen(other)).toEqual(['c']);
});

it('takes all that the filter shows, and forgets both in another folder', () => {
  const table = new FilesTable(() => [...files, aFile('ab')]);
  table.filter = 'B';
  expect(shown(table)).toEqual(['ab', 'b']);
  table.selectAll();
  table.filter = '';
  expect(chosen(table)).toEqual(['ab', 'b']);
  table.leave();
  expect([table.selected.size, table.filter, table.active]).toEqual([0, '', null]);
});

it('means the selection by a row of it, and else the row alone', () => {
  const table = new FilesTable(() => files);
  table.toggle('a');
  table.toggle('b');
  const meant = (name: string): string[] => {
    const item = table.items.find(({ key }) => key === name);
    return item === undefined ? [] : table.meantBy(item).map((file) => file.name);
  };
  expect(meant('a')).toEqual(['a', 'b']);
  expect(meant('c')).toEqual(['c']);
});
