import type { HistoryEvent } from '../../../bridge/schema/events.js';
import type { ServerMark } from '../../../bridge/fleet/marks.js';

/** State after an event, as the mark used for servers. */
export function eventMark({ what }: HistoryEvent): ServerMark {
  switch (what.kind) {
    case 'crashed':
    case 'restart-failed':
    case 'install-failed':
    case 'limit':
    case 'rule-stopped':
    case 'copy-failed':
    case 'plan-missed':
    case 'backup-overdue':
    case 'schedule-stuck':
      return 'crashed';
    case 'went-offline':
    case 'stopped':
    case 'removed':
      return 'offline';
    case 'started':
    case 'restarted':
      return 'running';
    case 'slow-start':
      return 'busy';
    case 'node-unreachable':
    case 'panel-unreachable':
    case 'key-refused':
    case 'certificate':
      return 'unknown';
    case 'game-silent':
      return 'unknown';
    case 'suspended':
      return 'suspended';
    case 'backup':
      return what.isSuccessful || what.isDeleted === true ? 'installing' : 'crashed';
    case 'quiet-backup':
      return what.owed === null ? 'installing' : 'crashed';
    case 'restored':
      return what.isSuccessful === false ? 'crashed' : 'installing';
    case 'rule-run':
      return what.isTold || what.isOff ? 'crashed' : 'installing';
    case 'player-act':
      return what.outcome === 'done' ? 'installing' : 'unknown';
    case 'broadcast':
      return what.failed > 0 || what.outcome === 'refused' ? 'unknown' : 'installing';
    case 'player-joined':
    case 'rule-told':
    case 'players-on':
    case 'players-gone':
    case 'full':
    case 'backup-deleted':
    case 'files-copied':
    case 'installed':
    case 'transferred':
    case 'added':
      return 'installing';
  }
}
