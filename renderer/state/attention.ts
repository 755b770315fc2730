/** Which servers a person should look at, and why: what is wrong with them now, and what went wrong unseen. Pure. */
import type { Account, Condition, Server } from '../../bridge/domain.js';
import type { Settings } from '../../bridge/settings.js';
import { newsKind } from '../../bridge/event-news.js';
import type { HistoryEvent } from '../../bridge/events.js';
import { shownFixIt } from '../../bridge/fix-its/fix-it.js';
import { serverMark } from '../../bridge/marks.js';

/** What went wrong longer ago is history. */
const longestMs = 24 * 3_600_000;

const failed: ReadonlySet<Condition> = new Set<Condition>([
  'install-failed',
  'reinstall-failed',
  'reinstall-blocked',
]);

/** Something is wrong with it now. What its node or its host does is told elsewhere, for all of their servers at once. */
export function isInTrouble(
  server: Server,
  account: Account | undefined,
  { dismissedFixes }: Pick<Settings, 'dismissedFixes'>,
): boolean {
  const mark = serverMark(server, account);
  if (mark === 'unknown') return false;
  const hasEnded = mark === 'crashed' || (mark === 'offline' && server.crashedAt !== null);
  return hasEnded || failed.has(server.condition) || shownFixIt(server, dismissedFixes, null) !== null;
}

/** Servers of which something went wrong that the person has not looked at, though it may be well again. */
export function unseenTrouble(
  events: readonly HistoryEvent[],
  { visits, eventsSeenAt }: Pick<Settings, 'visits' | 'eventsSeenAt'>,
  wall: number,
): ReadonlySet<string> {
  const since = Math.max(eventsSeenAt, wall - longestMs);
  const seenAt = new Map(visits.map(({ serverId, at }) => [serverId, at]));
  const found = new Set<string>();
  for (const event of events) {
    // Newest first.
    if (event.at <= since) break;
    const { serverId } = event;
    if (serverId !== null && event.at > (seenAt.get(serverId) ?? 0) && isTrouble(event)) found.add(serverId);
  }
  return found;
}

function isTrouble(event: HistoryEvent): boolean {
  if (event.what.kind === 'install-failed') return true;
  const kind = newsKind(event);
  return kind === 'crashed' || kind === 'stays-down' || kind === 'slow-start';
}
