import type { PowerState, Server } from '../../../bridge/schema/domain.js';
import type { ServerPatch } from '../../../bridge/fleet/changes.js';

/**
 * Restores the crash mark from an earlier run.
 * "Crashed" means that the server has not run since. A restart of Perch does not change this, so a server first seen
 * offline or starting gets the mark again.
 */
export function pastCrash({ power, crashedAt, lastRun }: Server, state: PowerState): ServerPatch {
  const past = lastRun?.crash;
  const hasNotRun = state === 'offline' || state === 'starting';
  if (past === undefined || power !== null || crashedAt !== null || !hasNotRun) return {};
  const { at, ...crash } = past;
  return { crashedAt: at, crash };
}
