import { expect, it } from 'vitest';
import { parseJson } from './json.js';

it.each([
  ['{"a":1}', { a: 1 }],
  ['null', null],
  ['', undefined],
  ['{"a":', undefined],
])('%j is parsed', (text, value) => {
  expect(parseJson(text)).toEqual(value);
});
