import type { Server } from '../../bridge/schema/domain.js';
import { PerchError, toProblem, type Problem } from '../../bridge/errors.js';
import type { PanelKind } from '../../bridge/panel/panel-kind.js';
import { conditionBlock, isGranted, lacking } from '../../bridge/panel/permissions.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { sentence } from '../../messages/messages.js';
import type { WatchedFleet, WatchedServer } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';
import type { PanelApi } from '../panel/api.js';
import type {
  AccountRecord,
  Clock,
  CommandHistories,
  DemoSandbox,
  Log,
  Network,
  TrustedCertificate,
  Vault,
} from '../base/ports.js';
import type { AccountBook } from './account-book.js';
import { gone } from './many/bulk-outcome.js';
import type { CopiedKeys } from './copied-keys.js';

/** A panel that is asked before its key is stored anywhere. */
export interface PanelProbe {
  panelUrl: string;
  key: string;
  trusted: TrustedCertificate | null;
}

/** What the actions are given. */
export interface ActionsDeps {
  store: Pick<FleetStore, 'state'>;
  fleet: WatchedFleet;
  book: AccountBook;
  vault: Vault;
  network: Pick<Network, 'certificateOf' | 'wayTo'>;
  /** When the person agreed to something. */
  clock: Pick<Clock, 'wall'>;
  copiedKeys: CopiedKeys;
  demo: DemoSandbox;
  histories: CommandHistories;
  /** Takes the account's servers out of what the person keeps elsewhere (pins, groups). Never rejects. */
  accountRemoved(accountId: string): Promise<void>;
  log: Log;
  /** A client with this very key, for one question; the action closes it. */
  probePanel(probe: PanelProbe): PanelApi;
  /** Which software the panel there is, as it tells without a key; null where it can't be told. Never rejects. */
  panelKind(panelUrl: string, trusted: TrustedCertificate | null): Promise<PanelKind | null>;
  /** An id that no account has had before. */
  newId(): string;
}

/** A server as a person sees it, and the hands on it. Throws `not-found`, and `conflict` before the panel has listed it. */
export function serverOf(
  { store, fleet }: Pick<ActionsDeps, 'store' | 'fleet'>,
  serverId: string,
): { server: Server; watched: WatchedServer } {
  const server = store.state.servers.get(serverId);
  const watched = fleet.server(serverId);
  if (server !== undefined && watched !== null) return { server, watched };
  throw new PerchError(server === undefined ? gone : unread(server));
}

/** Known from the last run, and the panel has not listed it yet. */
function unread({ name }: Server): Problem {
  const message = sentence('actions.unread', { name: oneLine(name, 80) });
  return { code: 'conflict', message, next: sentence('actions.unread-next') };
}

export type ServerDeps = Pick<ActionsDeps, 'store' | 'fleet'>;
type Target = ReturnType<typeof serverOf>;

/**
 * Asks the panel about one server, where its state and the key's permissions allow it. When the panel refuses, the
 * server is read again, because what was known of it may be wrong.
 */
export async function asked<T>(
  deps: ServerDeps,
  serverId: string,
  permission: string,
  run: (target: Target) => Promise<T>,
): Promise<T> {
  const target = serverOf(deps, serverId);
  demand(target.server, permission);
  return refusing(target.watched, () => run(target));
}

/** Tells the server's watcher what was refused. */
export async function refusing<T>(watched: WatchedServer, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    watched.refused(toProblem(error));
    throw error;
  }
}

/** The same for what changes the server, which is read again when it is done. */
export async function carryOut(
  deps: ServerDeps,
  serverId: string,
  permission: string,
  run: (target: Target) => Promise<unknown>,
): Promise<void> {
  await asked(deps, serverId, permission, run);
  deps.fleet.server(serverId)?.factsAsked();
}

/** Throws `conflict` or `forbidden` where the panel would (PROTOCOL 1.6). */
export function demand({ condition, permissions }: Server, permission: string): void {
  const closed = conditionBlock(condition);
  if (closed !== null) {
    const next = sentence('actions.wait-or-ask');
    throw new PerchError({ code: 'conflict', message: closed, next, condition });
  }
  if (!isGranted(permissions, permission)) {
    throw new PerchError({
      code: 'forbidden',
      message: lacking(permission),
      next: sentence('panel.ask-owner', { permission }),
      permission,
    });
  }
}

/** Throws `not-found` where there is no such account. */
export function knownAccount(book: Pick<ActionsDeps['book'], 'find'>, accountId: string): AccountRecord {
  const record = book.find(accountId);
  if (record !== null) return record;
  throw new PerchError({
    code: 'not-found',
    message: sentence('actions.no-panel'),
    next: sentence('actions.no-panel-next'),
  });
}
