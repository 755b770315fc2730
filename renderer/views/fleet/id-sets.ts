/** Immutable sets of server ids. A reactive set would create a signal for each of thousands of ids. */
export type IdSet = ReadonlySet<string>;

export const noIds: IdSet = new Set();

export function idSet(ids: Iterable<string>): IdSet {
  return new Set(ids);
}

export function union(some: IdSet, others: readonly string[]): IdSet {
  return new Set([...some, ...others]);
}

/** Removes the ids if all are in the set; otherwise adds all. */
export function toggledIds(set: IdSet, ids: readonly string[]): IdSet {
  if (!ids.every((id) => set.has(id))) return union(set, ids);
  const next = new Set(set);
  for (const id of ids) next.delete(id);
  return next;
}

/** Compares ids by their position in a list. */
export function byPlaceIn(ids: readonly string[]): (one: string, other: string) => number {
  const places = new Map(ids.map((id, at) => [id, at]));
  return (one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0);
}
