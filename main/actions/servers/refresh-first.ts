/** Waits before calls to a server whose state may be unknown or old. */
import { serverOf, type ServerDeps } from '../deps.js';

/**
 * Resolves when the store has the current state. Rejects with `PerchError`, also if the panel has not listed the
 * server yet.
 */
export async function refreshState(deps: ServerDeps, serverId: string): Promise<void> {
  await serverOf(deps, serverId).watched.refresh();
}

/** Resolves when the panel accepts another signal of a bulk run. */
export async function turnOf(deps: ServerDeps, serverId: string): Promise<void> {
  await serverOf(deps, serverId).watched.turn();
}
