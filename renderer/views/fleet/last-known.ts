import type { Server } from '../../../bridge/schema/domain.js';

/** Time of the newest known figures or state of these servers; null if nothing is known. Pure. */
export function lastKnownAt(servers: readonly Pick<Server, 'usage' | 'lastRun'>[]): number | null {
  const times = servers.flatMap(({ usage, lastRun }) => [usage?.at ?? [], lastRun?.at ?? []].flat());
  return times.length === 0 ? null : Math.max(...times);
}
