import { expect, test } from 'vitest';
import { unescapeBytes } from './escapes.js';

test('escapes become characters and raw bytes', () => {
  expect(unescapeBytes('a\\e[31mb\\n').toString()).toBe('a\u001b[31mb\n');
  expect(unescapeBytes('\\xff\\xE2\\x82')).toEqual(Buffer.from([0xff, 0xe2, 0x82]));
  expect(unescapeBytes('\\u2713 \\\\ \\r').toString()).toBe('✓ \\ \r');
});

test('text without an escape stays', () => {
  expect(unescapeBytes('C:\\quiet 100%').toString()).toBe('C:\\quiet 100%');
  expect(unescapeBytes('end\\').toString()).toBe('end\\');
});
