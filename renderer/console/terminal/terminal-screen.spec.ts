import { describe, expect, it } from 'vitest';
import type { ConsoleLine } from '../../../bridge/schema/console-line.js';
import { TerminalScreen } from './terminal-screen.js';

function screen(): { screen: TerminalScreen; written: string[] } {
  const written: string[] = [];
  const terminal = {
    write: (text: string | Uint8Array, done?: () => void) => {
      if (text !== '') written.push(String(text));
      done?.();
    },
    reset: () => written.push('reset'),
  };
  return { screen: new TerminalScreen(terminal, asItIs), written };
}

const line = (seq: number, text: string): ConsoleLine => ({ seq, at: 0, source: 'server', text });
const end = '\u001b[0m';
const asItIs = (at: number): number => at;

describe('TerminalScreen', () => {
  it('gives each event its own line and ends its colours', () => {
    const { screen: drawing, written } = screen();
    drawing.write([line(1, 'one\r'), line(2, '\u001b[31mtwo')], 0, () => undefined);
    drawing.write([line(3, 'three')], 0, () => undefined);
    expect(written.join('')).toBe(`one${end}\r\n\u001b[31mtwo${end}\r\nthree${end}`);
  });

  it('lets no dangerous sequence through, and reports drawn lines', () => {
    const { screen: drawing, written } = screen();
    let drawn = 0;
    drawing.write([line(1, '\u001b]52;c;aGFjaw==\u0007ok')], 0, () => (drawn += 1));
    expect(written).toEqual([`ok${end}`]);
    expect(drawn).toBe(1);
  });

  it('reports missing lines', () => {
    const { screen: drawing, written } = screen();
    drawing.write([line(1, 'a')], 0, () => undefined);
    drawing.write([line(9, 'b')], 7, () => undefined);
    expect(written[1]).toContain('7 lines skipped');
  });

  it('starts at the top after a clear', () => {
    const { screen: drawing, written } = screen();
    drawing.write([line(1, 'a')], 0, () => undefined);
    drawing.clear();
    drawing.write([line(1, 'b')], 0, () => undefined);
    expect(written).toEqual([`a${end}`, 'reset', `b${end}`]);
  });

  it('splits the lines of an event at any line end', () => {
    const { screen: drawing, written } = screen();
    drawing.write([line(1, 'a\nb\r\nc\r\r\nd')], 0, () => undefined);
    expect(written).toEqual([`a\r\nb\r\nc\r\nd${end}`]);
  });

  it('reports the number of lines and the longest length', () => {
    const drawn: number[] = [];
    const longest: number[] = [];
    let cleared = 0;
    const terminal = {
      write: (_text: string | Uint8Array, done?: () => void) => done?.(),
      reset: () => undefined,
    };
    const drawing = new TerminalScreen(terminal, asItIs, {
      drawn: (lines) => drawn.push(lines),
      longest: (characters) => longest.push(characters),
      cleared: () => (cleared += 1),
    });
    drawing.write([line(1, 'four\r\n\u001b[31msixsix\u001b[0m'), line(2, 'x')], 0, () => undefined);
    drawing.timestamps = true;
    drawing.write([line(3, 'four')], 0, () => undefined);
    expect(drawn).toEqual([3, 1]);
    // The timestamp is nine columns wide; the gap after it is a cursor movement.
    expect(longest).toEqual([6, 12]);
    drawing.clear();
    expect(cleared).toBe(1);
  });
});
