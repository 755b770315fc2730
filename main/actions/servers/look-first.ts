/** What goes to a server whose state may be unknown or old waits until it was read. */
import { serverOf, type ServerDeps } from '../deps.js';

/** Resolves once the state in the store is one of now. Rejects with `PerchError`, also before the panel has listed the server. */
export async function lookAt(deps: ServerDeps, serverId: string): Promise<void> {
  await serverOf(deps, serverId).watched.look();
}

/** Resolves when a signal of many may go out to it. */
export async function turnOf(deps: ServerDeps, serverId: string): Promise<void> {
  await serverOf(deps, serverId).watched.turn();
}
