import type { Server } from '../../../bridge/schema/domain.js';

/** When the newest of what is known of these servers was true; null where nothing is. Pure. */
export function lastKnownAt(servers: readonly Pick<Server, 'usage' | 'lastRun'>[]): number | null {
  const times = servers.flatMap(({ usage, lastRun }) => [usage?.at ?? [], lastRun?.at ?? []].flat());
  return times.length === 0 ? null : Math.max(...times);
}
