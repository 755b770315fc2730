/** How much of what is known a list still holds. */
export interface Kept {
  readonly known: number;
  readonly missing: number;
}

/** Between the readings of a list that is doubted. */
const readAgainMs = [3000, 6000] as const;

/**
 * A panel in trouble may answer with an empty list and 200. One that would empty the fleet is read twice more before
 * it is believed, one that would take more than half of it once more.
 */
export class ListDoubt {
  #readings = 0;

  /** Milliseconds until the list is to be read again; null = it is believed. */
  readAgainIn({ known, missing }: Kept): number | null {
    const wanted = missing === 0 || missing <= known / 2 ? 0 : missing === known ? 2 : 1;
    if (this.#readings >= wanted) {
      this.#readings = 0;
      return null;
    }
    return readAgainMs[this.#readings++] ?? null;
  }
}
