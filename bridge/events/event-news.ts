/** Which events may become alerts. Pure. */
import type { AlertKind } from '../alerts/alert-kinds.js';
import type { Actor } from '../schema/event-actor.js';
import type { HistoryEvent } from '../schema/events.js';

/**
 * Longest unobserved gap that still gives an alert (10 minutes).
 * A longer gap means that the computer slept or the panel was unreachable; the event then only goes to the log,
 * because it may be hours old.
 */
const longestUnseenMs = 10 * 60_000;

/** Alert kind of an event. Null = no alert: this user caused the event, or it lies in a long gap. */
export function newsKind({ at, what }: HistoryEvent): AlertKind | null {
  switch (what.kind) {
    case 'crashed':
      return what.aftermath === 'stays-down' ? 'stays-down' : 'crashed';
    case 'went-offline':
      if (at - what.from > longestUnseenMs) return null;
      return what.by?.kind === 'person' || what.by?.kind === 'schedule' ? 'stopped' : 'crashed';
    case 'restarted':
      if (what.from !== undefined) return at - what.from > longestUnseenMs ? null : 'crashed';
      return isMe(what.by) ? ownKind(what.by) : 'restarted';
    case 'stopped':
      return isMe(what.by) ? ownKind(what.by) : 'stopped';
    case 'started':
      return isMe(what.by) ? null : 'started';
    case 'restart-failed':
      return 'stays-down';
    case 'slow-start':
    case 'suspended':
    case 'backup-overdue':
    case 'schedule-stuck':
    case 'player-joined':
    case 'rule-told':
    case 'players-on':
    case 'players-gone':
    case 'full':
      return what.kind;
    case 'game-silent':
      // A fault of this computer's network is no news of a server, and some games can never answer.
      return what.hasAnswered && what.suspect !== 'network' ? what.kind : null;
    case 'copy-failed':
      return 'backup-failed';
    case 'backup':
      // Somebody deleted the backup on purpose.
      if (what.isDeleted === true) return null;
      // Other people look after their own backups.
      return what.isSuccessful || what.by?.kind === 'person' ? 'backup' : 'backup-failed';
    case 'files-copied':
      return 'backup';
    case 'backup-deleted':
    case 'player-act':
    case 'broadcast':
    case 'rule-stopped':
      return null;
    case 'rule-run':
      return what.isTold || what.isOff ? 'rule-trouble' : null;
    case 'quiet-backup':
    case 'plan-missed':
      return 'backup-failed';
    case 'limit':
      return what.of;
    case 'panel-unreachable':
    case 'node-unreachable':
      return what.isFromStart === true ? null : 'outage';
    case 'key-refused':
    case 'certificate':
      return 'access';
    case 'installed':
    case 'install-failed':
    case 'restored':
      return 'install';
    case 'transferred':
    case 'added':
    case 'removed':
      return 'roster';
  }
}

/** The user's own actions are no news, except those that Perch carries out later. */
function ownKind(by: Actor): AlertKind | null {
  return by.kind === 'me' && by.emptyMinutes !== undefined ? 'when-empty' : null;
}

function isMe({ kind }: Actor): boolean {
  return kind === 'me';
}

/**
 * Whether the page of events marks the event as news. Players come and go all day, so their events are alerts only for
 * users who want them.
 */
export function isNews(event: HistoryEvent): boolean {
  const kind = newsKind(event);
  return kind !== null && kind !== 'players-on' && kind !== 'players-gone' && kind !== 'full';
}

/** Events after `seenAt` that are news. `events` newest first; `seenAt` = ms since the epoch. */
export function unseenNews(events: readonly HistoryEvent[], seenAt: number): readonly HistoryEvent[] {
  // Sorted by time, so the first seen event ends the list.
  const end = events.findIndex(({ at }) => at <= seenAt);
  return (end === -1 ? events : events.slice(0, end)).filter(isNews);
}
