import { describe, expect, it } from 'vitest';
import { sanitizeConsoleText } from './sanitize.js';

const esc = '\u001b';
const end = `${esc}[0m`;
const bel = '\u0007';

/** Remaining text without the reset at its end. */
function kept(text: string): string {
  const clean = sanitizeConsoleText(text);
  expect(clean.endsWith(end)).toBe(true);
  return clean.slice(0, -end.length);
}

describe('sanitizeConsoleText keeps', () => {
  it.each([
    ['plain text', 'Done (2.1s)! For help, type "help"'],
    ['colours', `${esc}[33m${esc}[1m[Demo Daemon]:${esc}[39m text${esc}[0m`],
    ['256 and true colours', `${esc}[38;5;208mx${esc}[38;2;1;2;3my${esc}[4:3mz`],
    ['several lines in one event, with their colour', `${esc}[32mone\r\ntwo`],
    ['a line that overwrites itself', `10 %\r20 %${esc}[K`],
    ['a wheel that turns by backspaces', '|\b/\b-'],
    ['tabs, and letters of all scripts', 'a\tŽluťoučký 北京 🟢 مرحبا'],
    ['brackets that only look like a sequence', '[31mno colour]0;no title'],
  ])('%s', (_what, text) => {
    expect(kept(text)).toBe(text);
  });
});

describe('sanitizeConsoleText drops', () => {
  it.each([
    ['clipboard writes', `a${esc}]52;c;aGFjaw==${bel}b`],
    ['clipboard writes ended by ST', `a${esc}]52;c;aGFjaw==${esc}\\b`],
    ['the title', `a${esc}]0;pwned${bel}b`],
    ['links', `a${esc}]8;;https://evil.example/${esc}\\b${esc}]8;;${esc}\\`],
    ['eight-bit strings', 'a\u009d52;c;aGFjaw==\u009cb'],
    ['DCS, APC, PM and SOS', `a${esc}P$qm${esc}\\${esc}_x${esc}\\${esc}^x${esc}\\${esc}Xx${esc}\\b`],
    ['questions to the terminal', `a${esc}[6n${esc}[c${esc}[>c${esc}[=c${esc}[?1;2cb`],
    ['window operations', `a${esc}[8;1;1t${esc}[21tb`],
    ['the alternate screen and other modes', `a${esc}[?1049h${esc}[?25l${esc}[?1000h${esc}[4hb`],
    ['erasing and moving among other lines', `a${esc}[2J${esc}[3J${esc}[H${esc}[5A${esc}[1;1fb`],
    ['the full reset and the soft one', `a${esc}c${esc}[!pb`],
    ['scroll regions, save and restore', `a${esc}[1;2r${esc}7${esc}8${esc}[s${esc}[ub`],
    ['character sets', `a${esc}(0${esc})B\u000e\u000fb`],
    ['bells, NUL, DEL and C1', 'a\u0007\u0000\u007f\u0085\u0084b'],
    ['eight-bit CSI outside the list', 'a\u009b2Jb'],
    ['private colour sequences', `a${esc}[>4;1mb`],
    ['bidirectional controls', 'a\u202e\u2066\u200fb'],
  ])('%s', (_what, text) => {
    expect(kept(text)).toBe('ab');
  });

  it('the rest of the line only, when a string has no end', () => {
    expect(kept(`a${esc}]52;c;aGFjaw==\r\nnext`)).toBe('a\r\nnext');
    expect(kept(`a${esc}]0;title`)).toBe('a');
    expect(kept(`a${esc}P${esc}[31mred`)).toBe(`a${esc}[31mred`);
  });

  it('sequences that the event cuts off', () => {
    expect(kept(`a${esc}`)).toBe('a');
    expect(kept(`a${esc}[`)).toBe('a');
    expect(kept(`a${esc}[31`)).toBe('a');
    expect(kept(`a${esc}(`)).toBe('a');
  });

  it('the line end, which is the terminal’s to write', () => {
    expect(kept('text\r')).toBe('text');
    expect(kept('text\r\n')).toBe('text');
    expect(kept('\r')).toBe('');
  });

  it('controls that would combine into a sequence', () => {
    // Dropping the inner sequence must not leave a working outer one.
    expect(kept(`${esc}${esc}]0;x${bel}[2J`)).toBe('[2J');
    expect(kept(`${esc}[${esc}[2J2J`)).toBe('2J');
    expect(kept(`${esc}\u0000]0;x${bel}`)).toBe(']0;x');
  });
});

describe('sanitizeConsoleText in bulk', () => {
  it('leaves only harmless controls, whatever arrives', () => {
    const alphabet = [
      esc,
      '[',
      ']',
      'P',
      '\\',
      bel,
      '\u009b',
      '\u009d',
      '0',
      ';',
      '52',
      'm',
      'J',
      '?',
      '(',
      'a',
      '\r',
      '\n',
    ];
    let seed = 7;
    const next = (): number => (seed = (seed * 16_807) % 2_147_483_647);
    for (let round = 0; round < 3000; round += 1) {
      const text = Array.from({ length: 12 }, () => alphabet[next() % alphabet.length]).join('');
      const rest = sanitizeConsoleText(text).replaceAll(new RegExp(`${esc}\\[[\\d;:]*[mKCDGPX@]`, 'g'), '');
      // eslint-disable-next-line no-control-regex -- the pattern looks for control characters
      expect(rest, JSON.stringify(text)).not.toMatch(/[\u0000-\u0007\u000b\u000c\u000e-\u001f\u007f-\u009f]/);
    }
  });

  it('goes through a 64 KiB line without getting slow', () => {
    const text = `${esc}]0;`.repeat(16_000);
    expect(kept(text)).toBe('');
  });
});
