/** Whether a server is down in a way that something changed since its last good start may explain. Pure. */
import type { Server } from '../../../../bridge/schema/domain.js';
import type { HistoryEvent } from '../../../../bridge/schema/events.js';
import type { FixIt } from '../../../../bridge/schema/fix-its.js';

export interface StartTrouble {
  /** When the trouble was seen; identifies it. */
  readonly at: number;
  /** How long the process ran before it crashed (ms); null = unknown, or no crash. */
  readonly ranMs: number | null;
}

type Down = Pick<Server, 'id' | 'power' | 'crashedAt' | 'restartFailedAt'>;

/** `events` = the log, newest first. null = no trouble. */
export function startTrouble(
  { id, power, crashedAt, restartFailedAt = null }: Down,
  fixIt: FixIt | null,
  events: readonly HistoryEvent[],
): StartTrouble | null {
  if (power === 'running') return null;
  const at = crashedAt ?? restartFailedAt ?? fixIt?.at ?? null;
  if (at === null) return null;
  const ofServer = events.filter(({ serverId }) => serverId === id);
  const crash = ofServer.find(({ what }) => what.kind === 'crashed');
  return { at, ranMs: crashedAt === null || crash === undefined ? null : ranBefore(crash, ofServer) };
}

/** Time between the last start before the crash and the crash. */
function ranBefore(crash: HistoryEvent, ofServer: readonly HistoryEvent[]): number | null {
  const starts = ofServer.filter(({ what }) => what.kind === 'started' || what.kind === 'restarted');
  const times = starts.map(({ at }) => at).filter((at) => at <= crash.at);
  return times.length === 0 ? null : crash.at - Math.max(...times);
}
