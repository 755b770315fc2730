import { describe, expect, it } from 'vitest';
import { cleanJson, cleanLines } from './clean-text.js';
import { table, width } from './table.js';

describe('cleanLines', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', ['red']],
    ['titles and links', 'a\u001b]0;title\u0007b\u001b]8;;https://x\u001b\\c', ['abc']],
    ['bells, backspaces and nulls', 'a\u0007\b\u0000b', ['ab']],
    ['what turns text around', 'a\u202eb', ['ab']],
    ['C1 controls', 'a\u009b2Jb', ['ab']],
    ['several lines', 'a\r\nb\nc', ['a', 'b', 'c']],
    ['a line drawn over', '10%\r20%\r', ['20%']],
    ['tabs and letters of any script, which stay', 'a\tж 漢', ['a\tж 漢']],
  ])('removes %s', (_what, text, lines) => {
    expect(cleanLines(text)).toEqual(lines);
  });
});

describe('table', () => {
  const plain = (text: string): string => text;

  it('puts columns below each other, figures to the right', () => {
    const rows = [
      [{ text: '漢字' }, { text: '5 %', isFigure: true }],
      [{ text: 'Survival' }, { text: '', isFigure: true }],
    ];
    expect(table(['name', 'cpu'], rows, plain)).toBe('NAME      CPU\n漢字      5 %\nSurvival\n');
  });

  it('knows the width of a text', () => {
    expect([width('abc'), width('漢'), width('e\u0301'), width('🙂')]).toEqual([3, 2, 1, 2]);
  });
});

describe('cleanJson', () => {
  it('keeps the value, without characters that control a terminal', () => {
    const value = { text: 'a\u009b2J\u001b[2J\u202eb\u2028\u2066c\u007f, Grüße' };
    const json = cleanJson(value);
    expect(JSON.parse(json)).toEqual(value);
    expect(json).toBe(String.raw`{"text":"a\u009b2J\u001b[2J\u202eb\u2028\u2066c\u007f, Grüße"}`);
  });
});
