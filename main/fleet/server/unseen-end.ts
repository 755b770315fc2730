/**
 * What became of a process between two sightings, where nobody looked: between two polls, or while the socket was down.
 * Pure.
 */
import type { PowerState, UnseenEnd } from '../../../bridge/schema/domain.js';

export interface Sighting {
  readonly power: PowerState;
  /** When it was certainly so: for an answer that may come out of a cache, as long ago as that may be. */
  readonly at: number;
  /** Age of the process; 0 and null both mean unknown. */
  readonly uptimeMs: number | null;
}

/** A node's clock may be set, too, and then every age jumps: a new process is no older than the time since the last sighting. */
const slackMs = 5000;

/**
 * Null where nothing ended, or in a way that says nothing: a server that was stopping already, or never ran. `seenAt` =
 * when the later sighting came.
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
  return young > 0 && young < old && young <= seenAt - before.at + slackMs;
}
