import { Terminal } from '@xterm/xterm';
import { describe, expect, it } from 'vitest';
import { BufferText, wholeText } from './buffer-text.js';
import { findInText } from './find-in-text.js';
import { firstFrom, rowPieces, matchPlacesOf } from './match-rows.js';

function terminal(
  cols = 10,
  scrollback = 20,
): { terminal: Terminal; write: (text: string) => Promise<void> } {
  const made = new Terminal({ cols, rows: 5, scrollback, allowProposedApi: true });
  return { terminal: made, write: (text) => new Promise((resolve) => made.write(text, resolve)) };
}

const query = { text: '', matchCase: false, isExpression: false };

describe('wholeText', () => {
  it('joins wrapped rows and ends with a single line break', async () => {
    const { terminal: shown, write } = terminal();
    await write('0123456789abcdef\r\nsecond\r\n');
    expect(wholeText(shown)).toBe('0123456789abcdef\nsecond\n');
  });

  it('is empty for an empty console', () => {
    expect(wholeText(terminal().terminal)).toBe('');
  });
});

describe('BufferText', () => {
  it('reads only new rows, with the same result as all rows', async () => {
    const { terminal: shown, write } = terminal();
    const text = new BufferText(shown);
    for (let round = 0; round < 12; round += 1) {
      await write(`line ${round} that is longer than a row\r\nshort`);
      expect(text.read().text).toBe(new BufferText(shown).read().text);
    }
  });

  it('knows how many rows are gone, also if all are', async () => {
    const { terminal: shown, write } = terminal();
    await write('first\r\n');
    const snapshot = new BufferText(shown).read();
    expect(snapshot.gone()).toBe(0);
    await write('x\r\n'.repeat(24));
    // 25 rows fit; the cursor is in the 26th.
    expect(snapshot.gone()).toBe(1);
    await write('x\r\n'.repeat(100));
    expect(snapshot.gone()).toBe(Infinity);
  });
});

describe('places of matches', () => {
  it('finds the row and column of a match in wrapped lines', async () => {
    const { terminal: shown, write } = terminal();
    await write('none\r\n0123456789needle and more\r\nneed');
    const snapshot = new BufferText(shown).read();
    const found = findInText(snapshot.text, { ...query, text: 'need' });
    expect(found.kind).toBe('found');
    const places = found.kind === 'found' ? matchPlacesOf(found.matches, snapshot) : [];
    expect(places).toEqual([
      { row: 2, offset: 0, length: 4 },
      { row: 4, offset: 0, length: 4 },
    ]);
    expect(firstFrom(places, 0)).toBe(0);
    expect(firstFrom(places, 3)).toBe(1);
    expect(firstFrom(places, 5)).toBe(2);
  });

  it('continues in the next row, and counts a wide character as two columns', async () => {
    const { terminal: shown, write } = terminal();
    await write('\u4e16\u4e16abcdefgh');
    const lineAt = (row: number): ReturnType<typeof shown.buffer.active.getLine> =>
      shown.buffer.active.getLine(row);
    expect(rowPieces({ row: 0, offset: 1, length: 1 }, 10, lineAt)).toEqual([{ row: 0, x: 2, width: 2 }]);
    expect(rowPieces({ row: 0, offset: 6, length: 4 }, 10, lineAt)).toEqual([
      { row: 0, x: 8, width: 2 },
      { row: 1, x: 0, width: 2 },
    ]);
  });
});
