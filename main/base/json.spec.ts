import { expect, it } from 'vitest';
import { parseJson } from './json.js';

it.each([
  ['{"a":1}', { a: 1 }],
  ['null', null],
  ['', undefined],
  ['{"a":', undefined],
])('reads %j', (text, value) => {
  expect(parseJson(text)).toEqual(value);
});
