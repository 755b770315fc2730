import { describe, expect, it, vi } from 'vitest';
import { Budget, buildSteps, verdictSteps } from './budget.js';
import { compilePattern, testPattern } from './regex.js';

const tested = (pattern: string, value: string): string => testPattern(compilePattern(pattern), value);

describe('testPattern', () => {
  it.each([
    ['/b/', 'abc', 'match'],
    ['/^b/', 'abc', 'no-match'],
    ['#^a/b$#', 'a/b', 'match'],
    ['~^a\\~b$~', 'a~b', 'match'],
    ['{^a{2}$}', 'aa', 'match'],
    ['(^(?:ab)+$)', 'abab', 'match'],
    ['<^a>', 'abc', 'match'],
    ['  /^a$/', 'a', 'match'],
    ['/^abc$/i', 'ABC', 'match'],
    ['/^[a-c]+$/i', 'ABC', 'match'],
    ['/^[^a-c]+$/i', 'XaX', 'no-match'],
    ['/^É$/i', 'é', 'no-match'],
    ['/^É$/iu', 'é', 'match'],
    ['/^a b $/x', 'ab', 'match'],
    ['/^a #words\n b$/x', 'ab', 'match'],
    ['/a$/', 'a\n', 'match'],
    ['/a$/D', 'a\n', 'no-match'],
    ['/a\\z/', 'a\n', 'no-match'],
    ['/^b$/m', 'a\nb\nc', 'match'],
    ['/^b$/', 'a\nb\nc', 'no-match'],
    ['/\\n^b/m', 'a\nb', 'match'],
    ['/\\n^/m', 'a\n', 'no-match'],
    ['/a.b/', 'a\nb', 'no-match'],
    ['/a.b/s', 'a\nb', 'match'],
    ['/b/A', 'ab', 'no-match'],
    ['/^a+?b*?c??$/U', 'aab', 'match'],
  ])('delimiters, anchors and modifiers: %s <- %j: %s', (pattern, value, answer) => {
    expect(tested(pattern, value)).toBe(answer);
  });

  it.each([
    ['/^.{1,5}$/', 'ééé', 'no-match'],
    ['/^.{1,5}$/u', 'ééé', 'match'],
    ['/^\\w+$/', 'é', 'no-match'],
    ['/^\\w+$/u', 'é', 'match'],
    ['/^\\s$/', '\u00a0', 'no-match'],
    ['/^\\d+$/', '１', 'no-match'],
    ['/^\\d+$/u', '１', 'match'],
    ['/^\\pL+$/u', 'Ж', 'match'],
    ['/^\\p{^L}+$/u', '12', 'match'],
    ['/^\\x{1F44D}$/u', '👍', 'match'],
    ['/^[é]$/', 'é', 'no-match'],
    ['/\\bword\\b/', 'a word.', 'match'],
  ])('bytes without u, characters with it: %s <- %j: %s', (pattern, value, answer) => {
    expect(tested(pattern, value)).toBe(answer);
  });

  it.each([
    ['/^[]a]+$/', ']a', 'match'],
    ['/^[^]a]+$/', 'b]', 'no-match'],
    ['/^[a-z-0-9]+$/', 'a-9', 'match'],
    ['/^[\\w.-]+$/', 'a.-b', 'match'],
    ['/^[[:alpha:]_]+$/', 'aB_', 'match'],
    ['/^[\\]\\\\]+$/', ']\\', 'match'],
    ['/^[\\t ]$/', '\t', 'match'],
    ['/^(?=.*\\d)(?!.*x).{3}$/', 'a1b', 'match'],
    ['/^(?=.*\\d)(?!.*x).{3}$/', 'a1x', 'no-match'],
    ['/(?<=a|bc)d/', 'bcd', 'match'],
    ['/(?<!a)d/', 'ad', 'no-match'],
    ['/^(?<name>a|b)(?P<other>c)$/', 'bc', 'match'],
    ['/^(?i)a(?-i)b$/', 'Ab', 'match'],
    ['/^(?i:a)b$/', 'aB', 'no-match'],
    ['/^a(?#words)b$/', 'ab', 'match'],
    ['/^(|a)*b$/', 'aab', 'match'],
    ['/^a{0}b$/', 'b', 'match'],
    ['/^{a}$/', '{a}', 'match'],
    ['/^x{,y}$/', 'x{,y}', 'match'],
    ['/^(([a-z])|_)?$/', '', 'match'],
  ])('classes and groups: %s <- %j: %s', (pattern, value, answer) => {
    expect(tested(pattern, value)).toBe(answer);
  });

  it.each([
    '/(a)\\1/',
    '/a++/',
    '/(?>a)/',
    '/(?R)/',
    '/(?(1)a)/',
    '/(*UTF8)a/',
    '/\\Qa\\E/',
    '/\\p{Greek}/u',
    '/x{,3}/',
    '/(?<=a+)b/',
    '/a/X',
    '/^(?:a{1,1000}){1,1000}$/',
  ])('leaves patterns without a certain meaning to the panel: %s', (pattern) => {
    expect(tested(pattern, 'aaa')).toBe('unknown');
  });

  it.each([
    'a',
    '/a',
    'aba',
    '\\a\\',
    '/a/q',
    '/(/',
    '/)/',
    '/[a/',
    '/*a/',
    '/a|+/',
    '/[b-a]/',
    '/a{3,2}/',
    '/[\\w-.]/',
    '/\\y/',
  ])('recognises patterns that PCRE refuses: %s', (pattern) => {
    expect(compilePattern(pattern).kind).toBe('broken');
  });

  it('leaves long values and half characters to the server', () => {
    expect(tested('/^a*$/', 'a'.repeat(2000))).toBe('match');
    expect(tested('/^a*$/', 'a'.repeat(2001))).toBe('unknown');
    expect(tested('/^.$/', '\ud800')).toBe('unknown');
    expect(tested('/^\\w+$/u', 'e\u0301')).toBe('unknown');
  });

  it.each([
    ['/^(a+)+$/', 'a'],
    ['/^(a|a)*$/', 'a'],
    ['/^(([a-z])+.)+[A-Z]([a-z])+$/', 'a'],
    ['/^(.*a){1,50}$/', 'a'],
    ['/(?=(?=(?=.*b.*c).*d).*e).*f/', 'a'],
    ['/^((){65535}){65535}x$/', 'a'],
    ['/^(a?){500}a{500}$/', 'a'],
  ])('is never held up by a hostile pattern: %s', (pattern, letter) => {
    const steps = vi.spyOn(Budget.prototype, 'take');
    try {
      expect(tested(pattern, `${letter.repeat(1999)}!`)).toMatch(/^(no-match|unknown)$/);
      expect(steps.mock.calls.length).toBeLessThanOrEqual(buildSteps + verdictSteps);
    } finally {
      steps.mockRestore();
    }
  });
});
