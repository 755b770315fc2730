/** Most rows of a list that a tab shows at once: more would hold up the window for seconds. */
const mostRows = 1000;

/** The rows to show, and the number of those that are left out. */
export function shownRows<T>(list: readonly T[]): { readonly rows: readonly T[]; readonly leftOut: number } {
  return { rows: list.slice(0, mostRows), leftOut: Math.max(0, list.length - mostRows) };
}
