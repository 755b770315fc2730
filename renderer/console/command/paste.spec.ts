import { describe, expect, it } from 'vitest';
import { asOneLine, isCommandTooLong, pastedLines } from './paste.js';

describe('pastedLines', () => {
  it.each([
    ['one', ['one']],
    ['one\n', ['one']],
    ['one\r\ntwo\rthree\nfour', ['one', 'two', 'three', 'four']],
    ['\n\n  \none\n\n two \n', ['one', ' two ']],
    ['', []],
  ])('splits %j', (text, lines) => {
    expect(pastedLines(text)).toEqual(lines);
  });
});

it('lines are joined by one space each', () => {
  expect(asOneLine(['say a ', '  b', 'c'])).toBe('say a b c');
});

it('a command that is too long for a program is recognised by its bytes', () => {
  expect(isCommandTooLong('x'.repeat(4095))).toBe(false);
  expect(isCommandTooLong('x'.repeat(4096))).toBe(true);
  expect(isCommandTooLong('\u00e9'.repeat(2048))).toBe(true);
});
