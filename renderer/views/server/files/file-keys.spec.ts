import { expect, it } from 'vitest';
import { aFile } from '../../../../tests/support/fake-files.js';
import { actOnFileKey, type FileKeyActs } from './file-keys.js';

const items = ['a', 'b', 'c'].map((key) => ({ key, file: aFile(key) }));

function press(key: string, active: string | null, held: Partial<KeyboardEvent> = {}) {
  const done: string[] = [];
  const acts: FileKeyActs = {
    goTo: (to, extend) => void done.push(`${extend ? 'extend' : 'go'} ${to}`),
    open: (item) => void done.push(`open ${item.key}`),
    select: (item) => void done.push(`select ${item.key}`),
    selectAll: () => void done.push('all'),
    clear: () => done.push('clear') === 0,
    up: () => void done.push('up'),
    rename: (item) => void done.push(`rename ${item.key}`),
    remove: (item) => void done.push(`remove ${item.key}`),
    take: (item, how) => void done.push(`${how} ${item.key}`),
    paste: () => void done.push('paste'),
  };
  const event = { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held };
  return { taken: actOnFileKey(event, items, active, acts), done };
}

const ctrl = { ctrlKey: true };

it.each([
  ['ArrowDown', 'a', {}, 'go b'],
  ['ArrowDown', null, {}, 'go a'],
  ['End', 'a', {}, 'go c'],
  ['ArrowDown', 'a', { shiftKey: true }, 'extend b'],
  ['Enter', 'b', {}, 'open b'],
  [' ', 'b', {}, 'select b'],
  ['F2', 'b', {}, 'rename b'],
  ['Delete', 'b', {}, 'remove b'],
  ['Backspace', 'b', {}, 'up'],
  ['Backspace', null, {}, 'up'],
  ['a', null, ctrl, 'all'],
  ['C', 'b', ctrl, 'copy b'],
  ['x', 'b', ctrl, 'cut b'],
  ['v', null, { metaKey: true }, 'paste'],
])('%j at %s with %o: %4$s', (key, active, held, did) => {
  expect(press(key, active, held)).toEqual({ taken: true, done: [did] });
});

it.each([
  ['c', null, ctrl],
  ['c', 'b', { ctrlKey: true, shiftKey: true }],
  ['k', 'b', ctrl],
  ['ArrowLeft', 'b', { altKey: true }],
  ['Enter', null, {}],
  ['q', 'b', {}],
])('%j at %s with %o is left to others', (key, active, held) => {
  expect(press(key, active, held)).toEqual({ taken: false, done: [] });
});

it('Esc clears the selection, and is left to others where there is none', () => {
  expect(press('Escape', 'b')).toEqual({ taken: false, done: ['clear'] });
});
