import { describe, expect, it } from 'vitest';
import { findLinks, isLink } from './links.js';

describe('findLinks', () => {
  it.each([
    ['see https://example.com/a?b=c#d, or so', ['https://example.com/a?b=c#d']],
    ['(https://example.com/x).', ['https://example.com/x']],
    ['"https://example.com"', ['https://example.com']],
    ['HTTPS://EXAMPLE.COM/x', ['HTTPS://EXAMPLE.COM/x']],
    ['https://a.example https://b.example https://a.example', ['https://a.example', 'https://b.example']],
    ['http://example.com ftp://example.com file:///etc/passwd javascript:alert(1)', []],
    ['https://', []],
    ['nohttps://example.com/', ['https://example.com/']],
  ])('finds in %s', (text, links) => {
    expect(findLinks(text)).toEqual(links);
  });

  it('finds https links only, of limited length', () => {
    expect(isLink('http://example.com')).toBe(false);
    expect(isLink('https://')).toBe(false);
    expect(isLink(`https://example.com/${'x'.repeat(3000)}`)).toBe(false);
  });

  it('ends quickly with a line made to be slow', () => {
    // Quadratic work would take minutes and exceed the test's time limit.
    expect(findLinks(`https://${'.'.repeat(1_000_000)}`)).toEqual([]);
    expect(findLinks('https://'.repeat(100_000))).toEqual([]);
  });
});
