/** Where a list of several pages ends. Pure. */

/** Facts about one page. `brought` = number of items that no page before had. */
export interface ReadPage {
  readonly number: number;
  readonly count: number;
  readonly brought: number;
  /** null if the panel does not say. */
  readonly totalPages: number | null;
}

/**
 * `end` = the list ends with this page; `repeats` = the page only repeats earlier items, so no further page is asked for;
 * null = the list continues. Without a number of pages, the page after the last one is empty, or the first one again.
 */
export function endAt({ number, count, brought, totalPages }: ReadPage): 'end' | 'repeats' | null {
  if (count === 0 || (totalPages !== null && number >= totalPages)) return 'end';
  return brought === 0 ? 'repeats' : null;
}
