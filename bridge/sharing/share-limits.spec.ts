import { expect, it } from 'vitest';
import { mostShared, shareSize } from './share-limits.js';

it('counts bytes and lines as a log service does', () => {
  const text = 'a\nä€😀\n';
  expect(shareSize(text)).toEqual({ bytes: Buffer.byteLength(text), lines: 3, isTooLarge: false });
});

it.each([
  ['lines', '\n'.repeat(mostShared.lines - 1), '\n'],
  ['bytes', 'a'.repeat(mostShared.bytes), 'a'],
])('knows the limit of %s', (_, largest, more) => {
  expect(shareSize(largest).isTooLarge).toBe(false);
  expect(shareSize(largest + more).isTooLarge).toBe(true);
});
