import type { HistoryEvent } from '../../../bridge/schema/events.js';

/** In no order; of an entry that is in both, the newer one. */
export function joinedEvents(
  newer: readonly HistoryEvent[],
  older: readonly HistoryEvent[],
): readonly HistoryEvent[] {
  const known = new Set(newer.map(({ id }) => id));
  return [...newer, ...older.filter(({ id }) => !known.has(id))];
}
