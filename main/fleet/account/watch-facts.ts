/** Facts of one server for the plan. Pure. */
import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { Link, Server } from '../../../bridge/schema/domain.js';
import type { WatchFacts } from '../plan/watch-plan.js';

/** `sessionSince` = monotonic time at which the server's session was opened; null without a session. */
function watchFacts(server: Server, sessionSince: number | null): WatchFacts {
  const { id, condition, link, permissions, crash, pending } = server;
  return {
    id,
    condition,
    link: link.kind,
    waitsForToken: waitsForToken(link),
    sessionSince,
    isAlerting: (crash ?? null) !== null || pending !== null,
    isRunning: isRunning(server),
    knowsPermissions: permissions !== null,
  };
}

/** True if the panel's rate limit or Perch's own limit delays the next token. */
function waitsForToken(link: Link): boolean {
  if (link.kind !== 'reconnecting') return false;
  return link.problem?.code === 'rate-limited' || link.problem?.ofServer === true;
}

/** Based on the last known state, from this run or the previous run. */
function isRunning({ power, lastRun }: Pick<Server, 'power' | 'lastRun'>): boolean {
  const state = power ?? lastRun?.state ?? null;
  return state !== null && state !== 'offline';
}

/** The facts of all servers that are in the store. */
export function allWatchFacts(
  store: { readonly state: FleetState },
  watchers: readonly { readonly id: string; readonly session: { readonly sessionSince: number | null } }[],
): WatchFacts[] {
  return watchers.flatMap(({ id, session }) => {
    const server = store.state.servers.get(id);
    return server === undefined ? [] : watchFacts(server, session.sessionSince);
  });
}
