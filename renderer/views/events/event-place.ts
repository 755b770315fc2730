/** The choice of a panel or a group among the filters of events. Pure. */
import type { EventFilter } from './event-filter.js';

/** Value of an unrestricted filter. */
export const everything = 'all';

/** `place` = `panel <id>` or `group <id>`; `membersOf` = servers of a group. */
export function placeOf(
  place: string,
  membersOf: (groupId: string) => readonly string[],
): EventFilter['place'] {
  const [kind, ...rest] = place.split(' ');
  const id = rest.join(' ');
  if (kind === 'panel') return { accountId: id, serverIds: new Set() };
  return kind === 'group' ? { accountId: null, serverIds: new Set(membersOf(id)) } : null;
}
