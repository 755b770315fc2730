/** Converts search matches to positions in the terminal: lines to rows, and text offsets to columns. */
import type { IBufferLine } from '@xterm/xterm';
import type { TextSnapshot } from './buffer-text.js';

/** First row of a match in the snapshot, offset in the text of that row, and length. */
export interface MatchPlace {
  readonly row: number;
  readonly offset: number;
  readonly length: number;
}

/** Positions of the matches. `matches` holds line, start and length of each, in text order. */
export function matchPlacesOf(matches: Int32Array, snapshot: TextSnapshot): MatchPlace[] {
  const places: MatchPlace[] = [];
  let line = -1;
  let row = 0;
  let before = 0;
  for (let at = 0; at + 2 < matches.length; at += 3) {
    const [matchLine = 0, start = 0, length = 0] = matches.subarray(at, at + 3);
    if (matchLine !== line) {
      line = matchLine;
      row = snapshot.firstRows[line] ?? 0;
      before = 0;
    }
    while (start >= before + (snapshot.lengths[row] ?? Infinity) && !isLastRow(snapshot, line, row)) {
      before += snapshot.lengths[row] ?? 0;
      row += 1;
    }
    places.push({ row, offset: start - before, length });
  }
  return places;
}

function isLastRow({ firstRows, lengths }: TextSnapshot, line: number, row: number): boolean {
  return row + 1 >= (firstRows[line + 1] ?? lengths.length);
}

/** Index of the first match at or below a row; the number of matches if there is none. */
export function firstFrom(places: readonly MatchPlace[], row: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.row ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Part of a match within one row, in columns. */
export interface MatchPiece {
  readonly row: number;
  readonly x: number;
  readonly width: number;
}

/** Splits a match into parts per row. Walks cells: a character may take two columns, a cell several code units. */
export function rowPieces(
  { row, offset, length }: MatchPlace,
  cols: number,
  lineAt: (row: number) => IBufferLine | undefined,
): MatchPiece[] {
  const pieces: MatchPiece[] = [];
  let skip = offset;
  let left = length;
  for (let y = row; left > 0; y += 1) {
    const line = lineAt(y);
    if (line === undefined || (y > row && !line.isWrapped)) break;
    let from = -1;
    let x = 0;
    for (; x < cols && left > 0; x += 1) {
      const cell = line.getCell(x);
      if (cell === undefined || cell.getWidth() === 0) continue;
      const units = cell.getChars().length || 1;
      if (skip > 0) {
        skip -= units;
        continue;
      }
      if (from === -1) from = x;
      left -= units;
    }
    // Includes the second half of a wide character.
    if (from !== -1 && x < cols && line.getCell(x)?.getWidth() === 0) x += 1;
    if (from !== -1) pieces.push({ row: y, x: from, width: x - from });
    skip = 0;
  }
  return pieces;
}
