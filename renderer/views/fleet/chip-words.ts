/** Which of the chips above the table keep their words where a line has no room for all of them. Pure. */

/** Of one chip as it is with its word. */
export interface ChipWidths {
  readonly whole: number;
  /** What the chip loses with its word; 0 of one that always keeps it. */
  readonly word: number;
}

/**
 * How many chips, counted from the first, keep their words: the last one loses its word first, since what lasts stands
 * first (`countStates`). In pixels; `gap` = between two chips.
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
