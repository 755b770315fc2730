import { describe, expect, it } from 'vitest';
import { withoutEchoes } from './without-echoes.js';

const cleaned = (body: string, ...secrets: string[]): string =>
  withoutEchoes({ status: 400, headers: {}, body }, secrets).body;

describe('withoutEchoes', () => {
  it('cuts a secret out of the body and the headers', () => {
    const { headers, body } = withoutEchoes(
      { status: 302, headers: { location: 'https://evil.example/?t=hunter2' }, body: 'a hunter2 b' },
      ['hunter2'],
    );
    expect([headers['location'], body]).toEqual(['https://evil.example/?t=***', 'a *** b']);
  });

  it.each([
    ['a short secret', 'abc'],
    ['no secret', ''],
    // No address can encode half a character, so little or nothing is left of these secrets.
    ['halves of characters', '\ud800\ud800\ud800\ud800'],
    ['halves of characters around a letter', '\ud800\ud800a\ud800'],
  ])('leaves the words of an answer for %s', (_what, secret) => {
    expect(cleaned('a word abc', secret)).toBe('a word abc');
  });
});
