import type { ActivityEntry } from '../../../bridge/schema/activity.js';

/** Adds a page to the entries before it. New entries at the panel move the pages on, so an entry may come twice. */
export function joinedPages(
  before: readonly ActivityEntry[],
  page: readonly ActivityEntry[],
): readonly ActivityEntry[] {
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...page.filter(({ id }) => !known.has(id))];
}
