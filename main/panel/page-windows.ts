/** Most servers per page that a panel allows (PROTOCOL 2.1). */
export const pageSize = 100;
/** More servers than any panel has, to stop at an endless list. */
export const maxServers = 10_000;

/** One page of a list: number of servers per page, and the page number from 1. */
export interface ListPage {
  size: number;
  number: number;
}

/**
 * The page that includes index `at`, avoids all `leftOut` indexes and reaches furthest.
 * The page may start before `at`, because a page starts at a multiple of its size. Any size up to `pageSize` is
 * allowed.
 */
export function windowAt(at: number, leftOut: readonly number[]): ListPage {
  const first = Math.max(-1, ...leftOut.filter((place) => place < at)) + 1;
  const end = Math.min(...leftOut.filter((place) => place >= at));
  let best: ListPage = { size: 1, number: at + 1 };
  for (let size = 2; size <= pageSize; size++) {
    const number = Math.floor(at / size) + 1;
    const fits = (number - 1) * size >= first && number * size <= end;
    if (fits && number * size > best.number * best.size) best = { size, number };
  }
  return best;
}
