import { describe, expect, it } from 'vitest';
import { mostTextBytes } from '../../bridge/schema/texts.js';
import { encodedText, openedText, versionOf } from './text-format.js';

const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

describe('openedText', () => {
  it.each([
    ['nothing', bytes(''), '', 'utf-8', false],
    ['ASCII', bytes('motd=Hi\r\n'), 'motd=Hi\r\n', 'utf-8', false],
    ['UTF-8', Buffer.from('motd=Grüße 🎉\n'), 'motd=Grüße 🎉\n', 'utf-8', false],
    ['UTF-8 with a mark', bytes([0xef, 0xbb, 0xbf], 'a=1'), 'a=1', 'utf-8', true],
    ['UTF-8 with two marks', bytes([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], 'a'), '\ufeffa', 'utf-8', true],
    ['UTF-16 LE', bytes([0xff, 0xfe], 'a\0', [0x3d, 0xd8, 0x89, 0xdf]), 'a\u{1f789}', 'utf-16le', true],
    ['UTF-16 BE', bytes([0xfe, 0xff], '\0a', [0xd8, 0x3d]), 'a\ud83d', 'utf-16be', true],
    ['Latin-1', bytes('motd=Gr\xfc\xdfe'), 'motd=Grüße', 'latin-1', false],
    ['a mark before bytes that are no UTF-8', bytes([0xef, 0xbb, 0xbf], '\xfc'), 'ï»¿ü', 'latin-1', false],
    ['UTF-8 with colours of a console', bytes('\x1b[31mred'), '\x1b[31mred', 'utf-8', false],
  ] as const)('reads %s, and gives its bytes again', (_what, content, text, encoding, bom) => {
    const opened = openedText(content);
    expect(opened).toEqual({ kind: 'text', text, format: { encoding, bom }, version: versionOf(content) });
    expect(encodedText(text, { encoding, bom })?.equals(content)).toBe(true);
  });

  it.each([
    ['NUL in ASCII', bytes('a\0b')],
    ['UTF-32', bytes([0xff, 0xfe, 0, 0], 'a\0\0\0')],
    ['half a character of UTF-16', bytes([0xff, 0xfe], 'a')],
    ['a compressed file without NUL', bytes([0x1f, 0x8b, 0x08, 0x01, 0x9c, 0xff])],
  ])('refuses %s', (_what, content) => {
    expect(openedText(content)).toEqual({ kind: 'refused', why: 'binary' });
  });

  it('refuses more than a panel shows', () => {
    expect(openedText(Buffer.alloc(mostTextBytes, 'a')).kind).toBe('text');
    expect(openedText(Buffer.alloc(mostTextBytes + 1, 'a'))).toEqual({ kind: 'refused', why: 'too-large' });
  });

  it('reads a part of a larger buffer as if it were alone', () => {
    const whole = bytes('xxmotd=\xfcxx');
    expect(openedText(whole.subarray(2, 8))).toMatchObject({ text: 'motd=ü' });
  });
});

describe('encodedText', () => {
  it.each([
    ['a character that Latin-1 lacks', 'price=5 €', 'latin-1'],
    ['half a character in UTF-8', 'a\ud83d', 'utf-8'],
  ] as const)('has none for %s', (_what, text, encoding) => {
    expect(encodedText(text, { encoding, bom: false })).toBeNull();
  });
});
