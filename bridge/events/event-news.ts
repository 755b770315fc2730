/** Which of the things that happen a person may want to be told of. Pure. */
import type { AlertKind } from '../alerts/alert-kinds.js';
import type { Actor, HistoryEvent } from '../schema/events.js';

/**
 * An end that lies in a longer stretch is in the log only: the computer has slept, or the panel was out of reach, and what
 * happened hours ago is no alarm.
 */
const longestUnseenMs = 10 * 60_000;

/** As which kind a person may want to be told of it; null where it is no news: the person did it, or it is long over. */
export function newsKind({ at, what }: HistoryEvent): AlertKind | null {
  switch (what.kind) {
    case 'crashed':
      return what.aftermath === 'stays-down' ? 'stays-down' : 'crashed';
    case 'went-offline':
      if (at - what.from > longestUnseenMs) return null;
      return what.by?.kind === 'person' || what.by?.kind === 'schedule' ? 'stopped' : 'crashed';
    case 'restarted':
      if (what.from !== undefined) return at - what.from > longestUnseenMs ? null : 'crashed';
      return isMe(what.by) ? null : 'restarted';
    case 'stopped':
      return isMe(what.by) ? null : 'stopped';
    case 'started':
      return isMe(what.by) ? null : 'started';
    case 'restart-failed':
      return 'stays-down';
    case 'slow-start':
    case 'suspended':
      return what.kind;
    case 'backup':
      // Somebody wanted that.
      return what.isDeleted === true ? null : what.kind;
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

function isMe({ kind }: Actor): boolean {
  return kind === 'me';
}

/** What a person may want to know and has not looked at, of a list with the newest first. `seenAt` = until when they have. */
export function unseenNews(events: readonly HistoryEvent[], seenAt: number): readonly HistoryEvent[] {
  // Sorted, so the first one that was seen ends them.
  const end = events.findIndex(({ at }) => at <= seenAt);
  return (end === -1 ? events : events.slice(0, end)).filter((event) => newsKind(event) !== null);
}
