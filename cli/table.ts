import { say, type PlainId } from '../messages/messages.js';
import type { Colour, Paint } from './colours.js';

export interface Cell {
  readonly text: string;
  readonly colour?: Colour;
  /** True for figures, which are right-aligned. */
  readonly isFigure?: boolean;
}

/** Names of the messages `command-line.head-NAME`. */
export type Head = PlainId extends infer Id
  ? Id extends `command-line.head-${infer Name}`
    ? Name
    : never
  : never;

/** Aligned columns with two spaces between them, without trailing spaces. A column of figures has its head above them. */
export function table(heads: readonly Head[], rows: readonly (readonly Cell[])[], paint: Paint): string {
  const head = heads.map((name, column): Cell => {
    const isFigure = rows.some((row) => row[column]?.isFigure === true);
    return { text: say(`command-line.head-${name}`), colour: 'bold', isFigure };
  });
  const all = [head, ...rows];
  const widths = heads.map((_head, column) => Math.max(...all.map((row) => width(row[column]?.text ?? ''))));
  return all.map((row) => `${line(row, widths, paint)}\n`).join('');
}

function line(row: readonly Cell[], widths: readonly number[], paint: Paint): string {
  const cells = row.map(({ text, colour, isFigure }, column) => {
    const isLast = column === row.length - 1;
    const gap = ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(text)));
    const painted = colour === undefined ? text : paint(text, colour);
    if (isFigure === true) return `${gap}${painted}`;
    return isLast ? painted : `${painted}${gap}`;
  });
  return cells.join('  ').trimEnd();
}

const wide = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{Emoji_Presentation}\uff01-\uff60]/u;
const none = /[\p{M}\u200c\u200d]/u;

/** Width of a text in terminal columns. */
export function width(text: string): number {
  return [...text].reduce((sum, one) => sum + (wide.test(one) ? 2 : none.test(one) ? 0 : 1), 0);
}
