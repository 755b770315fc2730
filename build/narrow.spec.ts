import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { narrowed } from './narrow.mjs';

it('the Latin-1 code behaves the same', () => {
  const code = 'const text = `“ä” … ●${1}`; [text, "🙂", /[●…]🙂/u.test("…🙂")]';
  const narrow = narrowed(code);
  expect(narrow.split('').every((character) => character.charCodeAt(0) < 256)).toBe(true);
  expect(runInNewContext(narrow)).toEqual(['“ä” … ●1', '🙂', true]);
});
