import { expect, it } from 'vitest';
import { keyNames } from './key-names.js';

it.each([
  ['Control+K', ['Ctrl', 'K']],
  ['Control+Shift+K', ['Ctrl', 'Shift', 'K']],
  ['+', ['+']],
  ['Control++', ['Ctrl', '+']],
  ['Control+-', ['Ctrl', '-']],
])('%s', (keys, names) => {
  expect(keyNames(keys)).toEqual(names);
});
