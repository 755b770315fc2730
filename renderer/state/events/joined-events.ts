import type { HistoryEvent } from '../../../bridge/schema/events.js';

/** Both lists joined in no particular order; `newer` wins for an event that is in both. */
export function joinedEvents(
  newer: readonly HistoryEvent[],
  older: readonly HistoryEvent[],
): readonly HistoryEvent[] {
  const known = new Set(newer.map(({ id }) => id));
  return [...newer, ...older.filter(({ id }) => !known.has(id))];
}
