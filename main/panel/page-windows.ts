/** The most that a panel puts on a page (PROTOCOL 2.1). */
export const pageSize = 100;
/** More than any panel has; a list that never ends stops here. */
export const maxServers = 10_000;

/** One page of a list: how many are on each, and which one it is. */
export interface PageWindow {
  size: number;
  number: number;
}

/**
 * The page that has the server at place `at` on it and reaches furthest, without any of the places that are left out.
 * It may begin earlier, and so repeat others: any size will do, but a page begins at a multiple of it.
 */
export function windowAt(at: number, leftOut: readonly number[]): PageWindow {
  const first = Math.max(-1, ...leftOut.filter((place) => place < at)) + 1;
  const end = Math.min(...leftOut.filter((place) => place >= at));
  let best: PageWindow = { size: 1, number: at + 1 };
  for (let size = 2; size <= pageSize; size++) {
    const number = Math.floor(at / size) + 1;
    const fits = (number - 1) * size >= first && number * size <= end;
    if (fits && number * size > best.number * best.size) best = { size, number };
  }
  return best;
}
