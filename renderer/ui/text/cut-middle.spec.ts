import { describe, expect, it } from 'vitest';
import { cutInMiddle } from './cut-middle.js';

describe('cutInMiddle', () => {
  it.each([
    ['Sydney 369', 'Sydney', ' 369'],
    ['hub-eu-03', 'hub-eu', '-03'],
    ['Skyblock2', 'Skyblock', '2'],
    ['play.example.com:25565', 'play.example.com', ':25565'],
    ['[2001:db8::1]:25565', '[2001:db8::1]', ':25565'],
    ['Survival', 'Survival', ''],
    ['12345', '12345', ''],
    ['A very long ending', 'A very long', ' ending'],
    ['Season endings', 'Season endings', ''],
    ['', '', ''],
  ])('keeps the end of %j', (text, head, tail) => {
    expect(cutInMiddle(text)).toEqual({ head, tail });
  });

  it('keeps every character of a text', () => {
    for (const text of ['🏝️ Island 7', 'خادم 12', 'a - b', '  ', 'x:1:2']) {
      const { head, tail } = cutInMiddle(text);
      expect(head + tail).toBe(text);
    }
  });
});
