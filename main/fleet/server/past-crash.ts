import type { PowerState, Server } from '../../../bridge/schema/domain.js';
import type { ServerPatch } from '../../../bridge/fleet/changes.js';

/**
 * The mark of a crash that an earlier run of Perch saw. "Crashed" means that the server has not run since, and a restart of
 * Perch changes nothing about that: a server that is first seen offline, or on its way up, carries the mark again.
 */
export function pastCrash({ power, crashedAt, lastRun }: Server, state: PowerState): ServerPatch {
  const past = lastRun?.crash;
  const hasNotRun = state === 'offline' || state === 'starting';
  if (past === undefined || power !== null || crashedAt !== null || !hasNotRun) return {};
  const { at, ...crash } = past;
  return { crashedAt: at, crash };
}
