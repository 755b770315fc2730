import type { Clock } from '../base/ports.js';
import type { WatchedFleet } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';

interface WhenListedDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
}

/**
 * Calls once, when the panel has listed the server, or when its account is ready or gone without that server. Returns
 * the function that ends waiting.
 */
export function whenListed({ store, fleet }: WhenListedDeps, serverId: string, run: () => void): () => void {
  const accountId = serverId.slice(0, serverId.indexOf('/'));
  const isKnown = (): boolean => {
    const account = store.state.accounts.get(accountId);
    if (fleet.server(serverId) !== null || account === undefined) return true;
    return account.state.kind === 'ready' && !store.state.servers.has(serverId);
  };
  let unlisten = (): void => undefined;
  const look = (): void => {
    if (!isKnown()) return;
    unlisten();
    unlisten = (): void => undefined;
    run();
  };
  unlisten = store.listen(look);
  look();
  return () => unlisten();
}

/** Resolves when the panel has listed the server, or after this time in ms. */
export function untilListed(
  { clock, ...deps }: WhenListedDeps & { readonly clock: Pick<Clock, 'after'> },
  serverId: string,
  mostMs: number,
): Promise<void> {
  return new Promise((resolve) => {
    const late = clock.after(mostMs, () => {
      unlisten();
      resolve();
    });
    const unlisten = whenListed(deps, serverId, () => {
      late();
      resolve();
    });
  });
}
