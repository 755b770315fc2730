import { describe, expect, it } from 'vitest';
import { masked, WrappedSecrets } from './wrapped-secrets.js';

function shown(secrets: readonly string[], ...lines: readonly string[]): string[] {
  const wrapped = new WrappedSecrets(secrets);
  return lines.map((line) => masked(line, wrapped.rangesIn(line, 'server')));
}

describe('a secret that is wrapped', () => {
  it.each([1, 2, 3, 4, 7])('is hidden in both lines, however it is cut: after %i letters', (at) => {
    const [first, second] = shown(
      ['hunter22'],
      `pw ${'hunter22'.slice(0, at)}`,
      `${'hunter22'.slice(at)}! on`,
    );
    expect(first).toBe(at < 4 ? `pw ${'hunter22'.slice(0, at)}` : 'pw ***');
    expect(second).toBe('***! on');
  });

  it('is hidden over three lines, with blanks around its parts', () => {
    expect(shown(['correct-horse-battery'], 'pw correct-\r\n', '  horse-  ', '', '  battery.')).toEqual([
      'pw ***\r\n',
      '  ***  ',
      '',
      '  ***.',
    ]);
  });

  it('is hidden in any case, and where it is wrapped at a blank', () => {
    expect(shown(['My Secret phrase'], 'pw MY SECRET', 'PHRASE!')).toEqual(['pw ***', '***!']);
  });

  it('is hidden if its beginning repeats', () => {
    expect(shown(['aaaab'], 'x aaaaa', 'ab y')).toEqual(['x a***', '*** y']);
    expect(shown(['abab-x1'], 'pw abab', 'ab-x1 y', '-x1 y')).toEqual(['pw ***', '*** y', '-x1 y']);
  });

  it('is hidden over many lines if it is long', () => {
    const key = Array.from({ length: 2000 }, (_, at) => String.fromCharCode(97 + ((at * at) % 26))).join('');
    const lines = key.match(/.{1,120}/g) ?? [];
    expect(shown([key], ...lines, 'on')).toEqual([...lines.map(() => '***'), 'on']);
  });

  it('is hidden in lines of any length', () => {
    const key = Array.from({ length: 1700 }, (_, at) => String.fromCharCode(97 + ((at * at) % 23))).join('');
    expect(shown([key], key.slice(0, 600), key.slice(600, 1200), `${key.slice(1200)} on`)).toEqual([
      '***',
      '***',
      '*** on',
    ]);
  });

  it('is hidden though a line of the node comes between its lines', () => {
    const wrapped = new WrappedSecrets(['correct-horse']);
    const line = (text: string, source: string) => masked(text, wrapped.rangesIn(text, source));
    expect([
      line('pw correct', 'server'),
      line('[Daemon]: x', 'daemon'),
      line('-horse on', 'server'),
    ]).toEqual(['pw ***', '[Daemon]: x', '*** on']);
  });

  it('may be followed by another secret', () => {
    expect(shown(['hunter22', 'abcdef'], 'hunter', '22 abcd', 'ef')).toEqual(['***', '*** ***', '***']);
  });

  it('begins again with each line: letters in a later line are no rest', () => {
    expect(shown(['hunter22'], 'pw hunter', 'on', '22 players')).toEqual(['pw ***', 'on', '22 players']);
  });
});

describe('lines without a secret', () => {
  it('stay unchanged', () => {
    const lines = ['the hun', 'the hunter22 is whole here', 'ter22', '', '22'];
    expect(shown(['hunter22', 'abcd', 'x'], ...lines)).toEqual(lines);
  });

  it('keep a single letter that a secret could continue with', () => {
    expect(shown(['hunter22'], 'h', 'u', 'n')).toEqual(['h', 'u', 'n']);
  });

  it('keep their length in every script', () => {
    expect(shown(['hunter22'], 'İİ hunter', '22 İ')).toEqual(['İİ ***', '*** İ']);
  });
});
