import { describe, expect, it } from 'vitest';
import { oneLine } from './plain-line.js';

describe('oneLine', () => {
  it('drops escape sequences, control characters and changes of direction', () => {
    const hostile = '\u001b]52;c;c2VjcmV0\u0007\u001b[31mRed\u001b[0m\r\nserver \u202egnp.exe\u0000';
    expect(oneLine(hostile, 100)).toBe('Red server gnp.exe');
  });

  it('leaves names of the world alone and counts characters, not code units', () => {
    expect(oneLine('Überlebens-Wêlt 👩‍👩‍👧 サーバー', 100)).toBe('Überlebens-Wêlt 👩‍👩‍👧 サーバー');
    expect(oneLine('🐦🐦🐦🐦', 3)).toBe('🐦🐦…');
  });

  it('limits the text that it reads', () => {
    expect([...oneLine('a'.repeat(5_000_000), 200)]).toHaveLength(200);
  });

  it.each([
    ['Survival', 'Survival'],
    ['  two\r\n lines\t', 'two lines'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['two  spaces', 'two  spaces'],
    ['a\u202egnp.exe', 'agnp.exe'],
    ['zero\u200bwidth', 'zerowidth'],
    ['Überlebenskampf 生存 🎮', 'Überlebenskampf 生存 🎮'],
    ['\u0000', ''],
    ['\ud83dhalf\udc26', 'half'],
    ['\ud800', ''],
    ['\u3164', ''],
    ['\u2800 \u115f\u1160\uffa0', ''],
    ['\u200d\u200c', ''],
    ['\ufe0f\u034f', ''],
    ['a\u3164', 'a\u3164'],
    ['🏳️‍🌈', '🏳️‍🌈'],
  ])('makes %j to %j', (text, line) => {
    expect(oneLine(text, 60)).toBe(line);
  });

  it('cuts between characters, never within', () => {
    expect(oneLine('🎮'.repeat(100), 10)).toBe(`${'🎮'.repeat(9)}…`);
    expect([...oneLine('x'.repeat(61), 60)]).toHaveLength(60);
  });
});
