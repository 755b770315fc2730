/**
 * Which servers a person should look at: the one rule of the windows and of the tray's menu. What is wrong with them now,
 * and what went wrong unseen. Pure.
 */
import type { Account, Condition, Server } from './domain.js';
import type { Settings } from './settings.js';
import { newsKind } from './event-news.js';
import type { HistoryEvent } from './events.js';
import { shownFixIt } from './fix-its/fix-it.js';
import { serverMark, stateWord } from './marks.js';

/** What went wrong longer ago is history. */
const longestMs = 24 * 3_600_000;

const failed: ReadonlySet<Condition> = new Set<Condition>([
  'install-failed',
  'reinstall-failed',
  'reinstall-blocked',
]);

export interface AttentionFacts {
  /** It is near one of its limits (`shares.ts`): who asks looks at figures at a pace of their own. */
  readonly isNear: boolean;
  /** Something went wrong with it that the person has not looked at, nor has it on the screen now. */
  readonly isUnseen: boolean;
  readonly settings: Pick<Settings, 'dismissedFixes'>;
}

/** It went wrong by itself, is out of reach, or near a limit. */
export function needsAttention(
  server: Server,
  account: Account | undefined,
  { isNear, isUnseen, settings }: AttentionFacts,
): boolean {
  return isNear || isUnseen || isSilent(server, account) || isInTrouble(server, account, settings);
}

/** Nobody answers for it. Of a panel that asks for a pause nothing is wrong. */
function isSilent(server: Server, account: Account | undefined): boolean {
  const word = stateWord(server, account);
  return word === 'unreachable' || (word === 'unknown' && account?.state.kind !== 'failed');
}

/** Something is wrong with it now. What its node or its host does is told elsewhere, for all of their servers at once. */
function isInTrouble(
  server: Server,
  account: Account | undefined,
  { dismissedFixes }: Pick<Settings, 'dismissedFixes'>,
): boolean {
  const mark = serverMark(server, account);
  if (mark === 'unknown') return false;
  const hasEnded = mark === 'crashed' || (mark === 'offline' && server.crashedAt !== null);
  return hasEnded || failed.has(server.condition) || shownFixIt(server, dismissedFixes, null) !== null;
}

/**
 * Servers of which something went wrong that the person has not looked at, though it may be well again. `events` in any
 * order.
 */
export function unseenTrouble(
  events: readonly HistoryEvent[],
  { visits, eventsSeenAt }: Pick<Settings, 'visits' | 'eventsSeenAt'>,
  wall: number,
): ReadonlySet<string> {
  const since = Math.max(eventsSeenAt, wall - longestMs);
  const seenAt = new Map(visits.map(({ serverId, at }) => [serverId, at]));
  const found = new Set<string>();
  for (const event of events) {
    const { serverId, at } = event;
    if (serverId === null || at <= since || at <= (seenAt.get(serverId) ?? 0)) continue;
    if (isTrouble(event)) found.add(serverId);
  }
  return found;
}

function isTrouble(event: HistoryEvent): boolean {
  if (event.what.kind === 'install-failed') return true;
  const kind = newsKind(event);
  return kind === 'crashed' || kind === 'stays-down' || kind === 'slow-start';
}
