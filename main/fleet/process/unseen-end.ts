/** What happened to a process between two sightings: between two polls, or while the socket was down. Pure. */
import type { PowerState } from '../../../bridge/schema/domain.js';
import type { UnseenEnd } from '../../../bridge/schema/process-end.js';
import { ageSlackMs } from './limits.js';

export interface Sighting {
  readonly power: PowerState;
  /** Monotonic time at which the state was certainly true: for a possibly cached answer, the oldest possible time. */
  readonly at: number;
  /** Age of the process in ms; 0 and null mean unknown. */
  readonly uptimeMs: number | null;
}

/**
 * The unseen end between two sightings; null if nothing ended, or the end is no news (already stopping, or not
 * running before).
 * `seenAt` = monotonic time at which the later sighting came.
 */
export function unseenEnd(before: Sighting, after: Sighting, seenAt: number): UnseenEnd | null {
  if (before.power !== 'running') return null;
  const from = before.at;
  switch (after.power) {
    case 'offline':
      return { what: 'offline', from, to: seenAt };
    case 'starting':
      return { what: 'restarted', from, to: seenAt };
    case 'running':
      return isNewProcess(before, after, seenAt)
        ? { what: 'restarted', from, to: Math.max(from, seenAt - (after.uptimeMs ?? 0)) }
        : null;
    case 'stopping':
      return null;
  }
}

function isNewProcess(before: Sighting, after: Sighting, seenAt: number): boolean {
  const [old, young] = [before.uptimeMs ?? 0, after.uptimeMs ?? 0];
  return young > 0 && young < old && young <= seenAt - before.at + ageSlackMs;
}
