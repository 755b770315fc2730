import type { Server } from '../../bridge/domain.js';
import { PerchError } from '../../bridge/errors.js';
import type { WatchedFleet, WatchedServer } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';
import type { PanelApi } from '../panel/api.js';
import type { DemoSandbox, Log, Network, TrustedCertificate, Vault } from '../ports.js';
import type { AccountBook } from './account-book.js';

/** A panel that is asked before its key is stored anywhere. */
export interface PanelProbe {
  panelUrl: string;
  key: string;
  trusted: TrustedCertificate | null;
}

/** What the actions are given. */
export interface ActionsParts {
  store: Pick<FleetStore, 'state'>;
  fleet: WatchedFleet;
  book: AccountBook;
  vault: Vault;
  network: Pick<Network, 'certificateOf'>;
  demo: DemoSandbox;
  log: Log;
  /** A client with this very key, for one question; the action closes it. */
  probePanel(probe: PanelProbe): PanelApi;
  /** An id that no account has had before. */
  newId(): string;
}

/** A server as a person sees it, and the hands on it. Throws `not-found`. */
export function serverOf(
  { store, fleet }: Pick<ActionsParts, 'store' | 'fleet'>,
  serverId: string,
): { server: Server; watched: WatchedServer } {
  const server = store.state.servers.get(serverId);
  const watched = fleet.server(serverId);
  if (server !== undefined && watched !== null) return { server, watched };
  throw new PerchError({
    code: 'not-found',
    message: 'This server is not in Perch any more.',
    next: 'Look at the list of servers: it was deleted, or your access to it has ended.',
  });
}
