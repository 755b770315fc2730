/** Chooses which chips above the table keep their words on a full line. Pure. */

/** Widths of one chip with its word, in pixels. */
export interface ChipWidths {
  readonly whole: number;
  /** Width that the chip saves without its word; 0 if the word always stays. */
  readonly word: number;
}

/**
 * Number of chips, from the first, that keep their words. The last chip loses its word first, because lasting states
 * come first (`countStates`). `room` and `gap` (between two chips) in pixels.
 */
export function wordsThatFit(chips: readonly ChipWidths[], room: number, gap: number): number {
  let needed = chips.reduce((sum, { whole }) => sum + whole + gap, -gap);
  let kept = chips.length;
  while (needed > room && kept > 0) {
    kept -= 1;
    needed -= chips[kept]?.word ?? 0;
  }
  return kept;
}
