import { describe, expect, it } from 'vitest';
import { readLink } from '../links/perch-link.js';
import { shortWords } from './short-start.js';

const bytes = (words: readonly string[] | null): number => Buffer.byteLength((words ?? []).join('\0'));

describe('shortWords', () => {
  it('leaves a usual command line alone', () => {
    expect(shortWords([])).toBeNull();
    expect(shortWords(['--no-sandbox', '/folder', 'perch://server/panel.example.com/11111111'])).toBeNull();
  });

  it.each([
    ['one long link', [`perch://server/${'a'.repeat(16_500)}`]],
    ['one that nobody could send', [`PERCH:${'ä'.repeat(60_000)}`]],
    ['many links', Array.from({ length: 2000 }, () => 'perch://server/panel.example.com/11111111')],
    ['long words', ['--x'.repeat(9000), 'file:'.padEnd(30_000, 'y'), 'perch:z']],
    ['many words', Array.from({ length: 30_000 }, () => '-')],
  ])('shortens %s to a part of the message', (_what, words) => {
    const short = shortWords(words);
    expect(bytes(short)).toBeGreaterThan(0);
    expect(bytes(short)).toBeLessThanOrEqual(16_384);
    // Starting with the shortened arguments shortens nothing more, so starts do not loop.
    expect(shortWords(short ?? [])).toBeNull();
  });

  it('keeps the words that start the program, and makes a cut link unreadable', () => {
    const short = shortWords([
      '--no-sandbox',
      '/folder',
      `perch://server/panel.example.com/${'a'.repeat(20_000)}`,
    ]);
    expect(short?.slice(0, 2)).toEqual(['--no-sandbox', '/folder']);
    expect(readLink(short?.[2] ?? '')).toBeNull();
    expect(short?.[2]).toMatch(/^perch:/);
  });
});
