/**
 * Which servers a person should look at: the one rule of the windows and of the tray's menu. What is wrong with them now,
 * and what went wrong unseen. Pure.
 */
import type { Account, Condition, Server } from '../schema/domain.js';
import type { Settings } from '../schema/settings.js';
import { newsKind } from '../events/event-news.js';
import type { HistoryEvent } from '../schema/events.js';
import { shownFixIt } from '../fix-its/fix-it.js';
import type { FixIt } from '../schema/fix-its.js';
import { serverMark, stateWord } from '../fleet/marks.js';

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

/** Why a person should look at a server, the worst first. */
export type AttentionReason =
  /** What keeps it from running is known. */
  | { readonly kind: 'fix'; readonly fix: FixIt }
  /** A restart by Perch has left it down. */
  | { readonly kind: 'restart-failed' }
  /** It ended by itself, or unseen. */
  | { readonly kind: 'ended' }
  /** It is not installed as it should be. */
  | { readonly kind: 'failed' }
  /** Nobody answers for it. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'near' }
  /** Something went wrong with it since the person has looked. */
  | { readonly kind: 'unseen' };

/** It went wrong by itself, is out of reach, or near a limit. */
export function needsAttention(server: Server, account: Account | undefined, facts: AttentionFacts): boolean {
  return attentionReasons(server, account, facts).length > 0;
}

export function attentionReasons(
  server: Server,
  account: Account | undefined,
  { isNear, isUnseen, settings }: AttentionFacts,
): readonly AttentionReason[] {
  const reasons: AttentionReason[] = [...troubles(server, account, settings)];
  if (isSilent(server, account)) reasons.push({ kind: 'silent' });
  if (isNear) reasons.push({ kind: 'near' });
  // What is wrong with it now says it already.
  if (
    isUnseen &&
    !reasons.some(({ kind }) => kind === 'ended' || kind === 'fix' || kind === 'restart-failed')
  ) {
    reasons.push({ kind: 'unseen' });
  }
  return reasons;
}

/** Of a panel that asks for a pause nothing is wrong. */
function isSilent(server: Server, account: Account | undefined): boolean {
  const word = stateWord(server, account);
  return word === 'unreachable' || (word === 'unknown' && account?.state.kind !== 'failed');
}

/** What is wrong with it now. What its node or its host does is told elsewhere, for all of their servers at once. */
function troubles(
  server: Server,
  account: Account | undefined,
  { dismissedFixes }: Pick<Settings, 'dismissedFixes'>,
): AttentionReason[] {
  const mark = serverMark(server, account);
  if (mark === 'unknown') return [];
  const fix = shownFixIt(server, dismissedFixes, null);
  const hasEnded = mark === 'crashed' || (mark === 'offline' && server.crashedAt !== null);
  const isLeftDown = mark === 'offline' && (server.restartFailedAt ?? null) !== null;
  return [
    ...(isLeftDown ? [{ kind: 'restart-failed' } as const] : []),
    ...(fix === null ? [] : [{ kind: 'fix', fix } as const]),
    ...(hasEnded ? [{ kind: 'ended' } as const] : []),
    ...(failed.has(server.condition) ? [{ kind: 'failed' } as const] : []),
  ];
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
