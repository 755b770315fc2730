import { Terminal } from '@xterm/xterm';
import { describe, expect, it } from 'vitest';
import { sanitizeConsoleText } from './sanitize.js';
import { stampOf, stampWidth, withStamp } from './timestamps.js';

const stamp = '12:34:56';

/** Screen of a real terminal after one event. */
async function shown(text: string, cols = 40): Promise<string[]> {
  const terminal = new Terminal({ cols, rows: 10, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(withStamp(sanitizeConsoleText(text), stamp), resolve));
  const rows: string[] = [];
  for (let row = 0; row < 10; row += 1)
    rows.push(terminal.buffer.active.getLine(row)?.translateToString(true) ?? '');
  terminal.dispose();
  return rows.join('\n').trimEnd().split('\n');
}

describe('stampOf', () => {
  it('is the time of day, two digits each', () => {
    const at = new Date(2026, 0, 2, 3, 4, 5).getTime();
    expect(stampOf({ at, source: 'server' })).toBe('03:04:05');
    expect(stampOf({ at, source: 'daemon' })).toHaveLength(stampWidth - 1);
  });

  it('is unknown for history lines', () => {
    expect(stampOf({ at: 0, source: 'history' })).toBe('--:--:--');
  });
});

describe('withStamp', () => {
  it('stands before each line of an event', async () => {
    expect(await shown('one\r\ntwo')).toEqual([`${stamp} one`, `${stamp} two`]);
  });

  it('leaves the colours of a line alone, also across lines', () => {
    const text = withStamp('\u001b[31mred\r\nstill', stamp);
    expect(text.split('\r\n')[1]).toBe(`\u001b7\u001b[0;2m${stamp}\u001b8\u001b[9Cstill`);
  });

  it.each([
    ['goes back to the start', 'loading 10\rloading 99', `${stamp} loading 99`],
    ['erases itself and begins again', 'loading 10\r\u001b[2Kdone', `${stamp} done`],
    ['erases to its start', 'abc\u001b[1K', `${stamp} abc`],
    ['erases to its end', 'abc\u001b[2D\u001b[K', `${stamp} a`],
    ['turns a spinner', 'work |\b/\b-', `${stamp} work -`],
    ['goes to a column', 'abcdef\u001b[3GX', `${stamp} abXdef`],
    ['goes to the first column', 'abc\u001b[GX', `${stamp} Xbc`],
  ])('follows a line that %s', async (_what, text, expected) => {
    expect(await shown(text)).toEqual([expected]);
  });

  it.each([
    ['backspaces', 'x' + '\b'.repeat(30) + '99:99:99'],
    ['movement to the left', 'x\u001b[50D99:99:99'],
    ['movement to the left after one that was stopped by the edge', '\u001b[999C\u001b[999D99:99:99'],
    ['a column', '\u001b[1G99:99:99'],
    ['a carriage return', 'x\r99:99:99'],
    ['deleting characters', 'x\r\u001b[5P\u001b[5D99:99:99'],
    ['wide characters', '\u4e16\u4e16\u001b[9D99:99:99'],
    ['combining characters', 'e\u0301\u0301\u0301\u0301\u001b[9D99:99:99'],
  ])('cannot be overwritten by %s', async (_what, text) => {
    expect((await shown(text))[0]?.startsWith(`${stamp} `)).toBe(true);
  });
});
