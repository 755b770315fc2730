import type { HistoryEvent } from '../../../bridge/schema/events.js';

/** The two lists joined, in no particular order. An event in both lists is taken from `newer`. */
export function joinedEvents(
  newer: readonly HistoryEvent[],
  older: readonly HistoryEvent[],
): readonly HistoryEvent[] {
  const known = new Set(newer.map(({ id }) => id));
  return [...newer, ...older.filter(({ id }) => !known.has(id))];
}
