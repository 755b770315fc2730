import { describe, expect, it } from 'vitest';
import { menuText, plainLine, withoutMarkup } from './plain-text.js';

describe('plainLine', () => {
  it.each([
    ['Survival', 'Survival'],
    ['  two\r\n lines\t', 'two lines'],
    ['\u001b[31mred\u001b[0m', '[31mred [0m'],
    ['a\u202egnp.exe', 'a gnp.exe'],
    ['zero\u200bwidth', 'zero width'],
    ['Überlebenskampf 生存 🎮', 'Überlebenskampf 生存 🎮'],
    ['\u0000', ''],
  ])('makes %j to %j', (text, line) => {
    expect(plainLine(text, 60)).toBe(line);
  });

  it('cuts between characters, never within', () => {
    expect(plainLine('🎮'.repeat(100), 10)).toBe(`${'🎮'.repeat(9)}…`);
    expect([...plainLine('x'.repeat(61), 60)]).toHaveLength(60);
  });
});

describe('menuText', () => {
  it('shows an ampersand instead of marking a key', () => {
    expect(menuText('Rock & Stone')).toBe('Rock && Stone');
  });
});

describe('withoutMarkup', () => {
  it('leaves a daemon nothing to read as markup', () => {
    expect(withoutMarkup('<b>&lt;</b> <a href="https://example.com">x</a>')).toBe(
      '&lt;b&gt;&amp;lt;&lt;/b&gt; &lt;a href="https://example.com"&gt;x&lt;/a&gt;',
    );
  });
});
