/**
 * Which servers need the user's attention, now or since the user last looked.
 * The windows and the tray menu share this rule. Pure.
 */
import type { Account, Condition, Server } from '../schema/domain.js';
import type { Settings } from '../schema/settings.js';
import { newsKind } from '../events/event-news.js';
import type { HistoryEvent } from '../schema/events.js';
import type { Memory } from '../schema/memory.js';
import { shownFixIt } from '../fix-its/fix-it.js';
import type { FixIt } from '../schema/fix-its.js';
import { serverMark, stateWord } from '../fleet/marks.js';

/** Older trouble counts as history and does not ask for attention any more (24 hours). */
const longestMs = 24 * 3_600_000;

const failed: ReadonlySet<Condition> = new Set<Condition>([
  'install-failed',
  'reinstall-failed',
  'reinstall-blocked',
]);

export interface AttentionFacts {
  /** True if usage is near a limit (`shares.ts`). Each caller decides how often to read usage. */
  readonly isNear: boolean;
  /** True if something went wrong that the user has not seen, and the server is not on the screen now. */
  readonly isUnseen: boolean;
  readonly settings: Pick<Settings, 'dismissedFixes'>;
}

/** Reason why a server needs attention, the most urgent first. */
export type AttentionReason =
  /** Perch knows the cause that keeps the server from running. */
  | { readonly kind: 'fix'; readonly fix: FixIt }
  /** A restart by Perch failed and left the server offline. */
  | { readonly kind: 'restart-failed' }
  /** Crashed, or ended while Perch was not watching. */
  | { readonly kind: 'ended' }
  /** The installation failed. */
  | { readonly kind: 'failed' }
  /** The state is unknown because the panel or the node does not answer. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'near' }
  /** A good backup is missing. */
  | { readonly kind: 'backup-overdue' }
  /** Something went wrong since the user last looked. */
  | { readonly kind: 'unseen' };

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
  if (server.backupOverdue === true) reasons.push({ kind: 'backup-overdue' });
  // These reasons already name the trouble, so `unseen` would repeat them.
  if (
    isUnseen &&
    !reasons.some(({ kind }) => kind === 'ended' || kind === 'fix' || kind === 'restart-failed')
  ) {
    reasons.push({ kind: 'unseen' });
  }
  return reasons;
}

/** A panel that asks Perch to pause (rate limit) is no reason for attention. */
function isSilent(server: Server, account: Account | undefined): boolean {
  const word = stateWord(server, account);
  return word === 'unreachable' || (word === 'unknown' && account?.state.kind !== 'failed');
}

/** Current trouble of the server itself. Failures of a node or a panel are reported once for all of their servers. */
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
 * Ids of the servers with trouble that the user has not seen, including servers that run again.
 * `events` in any order; `wall` = wall-clock time, ms since the epoch.
 */
export function unseenTrouble(
  events: readonly HistoryEvent[],
  { visits, eventsSeenAt }: Pick<Memory, 'visits' | 'eventsSeenAt'>,
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
