/**
 * Sets of server ids that are never changed, only replaced: a window reads them row by row, and a reactive set would
 * keep a signal for each of thousands.
 */
export type IdSet = ReadonlySet<string>;

export const noIds: IdSet = new Set();

export function idSet(ids: Iterable<string>): IdSet {
  return new Set(ids);
}

export function union(some: IdSet, others: readonly string[]): IdSet {
  return new Set([...some, ...others]);
}

/** Takes all of them out if all are in, and else puts all in. */
export function toggled(set: IdSet, ids: readonly string[]): IdSet {
  if (!ids.every((id) => set.has(id))) return union(set, ids);
  const next = new Set(set);
  for (const id of ids) next.delete(id);
  return next;
}

/** Compares ids by their place in a list. */
export function byPlaceIn(ids: readonly string[]): (one: string, other: string) => number {
  const places = new Map(ids.map((id, at) => [id, at]));
  return (one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0);
}
