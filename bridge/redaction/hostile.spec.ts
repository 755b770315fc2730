import { describe, expect, it, vi } from 'vitest';
import { privateFinds } from './private-finds.js';
import type { KnownPrivate } from './private-kinds.js';
import { redact, textOf } from './redact.js';

const known: KnownPrivate = {
  names: ['Birdhouse'],
  hosts: ['a.example'],
  users: ['wren'],
  secrets: ['hunter22'],
};

/** Length of all texts that patterns were tried on, which measures the work independently of the machine. */
function lettersTried(text: string): { all: number; longest: number } {
  const lengths: number[] = [];
  const matchAll = RegExp.prototype[Symbol.matchAll];
  const spy = vi.spyOn(RegExp.prototype, Symbol.matchAll).mockImplementation(function (
    this: RegExp,
    part: string,
  ) {
    lengths.push(part.length);
    return matchAll.call(this, part);
  });
  try {
    privateFinds(text, known);
  } finally {
    spy.mockRestore();
  }
  return { all: lengths.reduce((sum, length) => sum + length, 0), longest: Math.max(...lengths) };
}

const hostile = [
  'a',
  '1.',
  ':',
  '://',
  'a=\\"',
  "token='",
  '"token":"\\',
  '--token ',
  '@',
  'a@a.',
  '\\',
  '/home/',
  'key ',
  'password for a ',
  'password "',
  '"password","',
  'password to ',
  '/login ',
  '/register a ',
  "identified by '",
  'C:\\Users\\A ',
  '"C:\\Users\\a ',
  '1.2.3.4-a',
  '::1.',
  '-----END PRIVATE KEY-----',
  `${'a'.repeat(64)}\\n`,
];

describe('a log that is made to slow Perch down', () => {
  it.each(hostile)('costs work that grows no faster than its length: %s', (part) => {
    const short = lettersTried(part.repeat(Math.ceil(100_000 / part.length)));
    const long = lettersTried(part.repeat(Math.ceil(400_000 / part.length)));
    expect(long.longest).toBeLessThanOrEqual(16_384);
    expect(long.all / short.all).toBeLessThan(5);
  });

  it('is redacted across the parts of a long line', () => {
    const token = `ptlc_${'x1'.repeat(21)}`;
    for (let at = 12_200; at < 16_500; at += 37) {
      const line = `${'-'.repeat(at)} ${token} ${'-'.repeat(9000)}`;
      const text = textOf(redact(line, privateFinds(line, known), ['secret']));
      expect(text).not.toContain('x1');
    }
  });

  it('is redacted where thousands of private texts stand side by side', () => {
    const text = Array.from({ length: 30_000 }, (_, at) => `203.0.${at % 200}.${at % 199}`).join(' ');
    const shown = textOf(redact(text, privateFinds(text, known), ['ipv4']));
    expect(shown).not.toContain('203.');
  });
});
