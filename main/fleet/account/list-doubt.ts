/** How many known servers a list contains and lacks. */
export interface Kept {
  readonly known: number;
  readonly missing: number;
}

/** Ms between readings of a doubtful list. */
const readAgainMs = [3000, 6000] as const;

/**
 * Doubts lists that lack many known servers, because a failing panel may answer 200 with an empty list.
 * Perch reads a list without any known server twice more before it accepts the list, and a list that lacks more than
 * half of them once more.
 */
export class ListDoubt {
  #readings = 0;

  /** Ms until the list must be read again; null = accept the list. */
  readAgainIn({ known, missing }: Kept): number | null {
    const wanted = missing === 0 || missing <= known / 2 ? 0 : missing === known ? 2 : 1;
    if (this.#readings >= wanted) {
      this.#readings = 0;
      return null;
    }
    return readAgainMs[this.#readings++] ?? null;
  }
}
