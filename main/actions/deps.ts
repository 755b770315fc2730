import type { Server } from '../../bridge/schema/domain.js';
import { PerchError, toProblem, newProblem, type Problem } from '../../bridge/errors.js';
import { conditionBlock, isGranted, lacking } from '../../bridge/panel/permissions.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { sentence } from '../../messages/messages.js';
import type { WatchedFleet, WatchedServer } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';
import type { PanelsWithoutAccount } from '../panel/api.js';
import type { Network } from '../base/network-ports.js';
import type { AccountRecord, Clock, CommandHistoryStore, DemoSandbox, Log, Vault } from '../base/ports.js';
import type { AccountBook } from './account-book.js';
import { gone } from './many/bulk-outcome.js';
import type { CopiedKeys } from './copied-keys.js';

/** Dependencies of the actions. */
export interface ActionsDeps extends PanelsWithoutAccount {
  store: Pick<FleetStore, 'state'>;
  fleet: WatchedFleet;
  book: AccountBook;
  vault: Vault;
  network: Pick<Network, 'certificateOf' | 'routeTo'>;
  /** Dates the user's agreements, and times waits. */
  clock: Pick<Clock, 'wall' | 'now' | 'after'>;
  copiedKeys: CopiedKeys;
  /** Writes to the system's clipboard. */
  copyText(text: string): Promise<void>;
  /** Name of this computer. */
  computer(): string;
  demo: DemoSandbox;
  histories: CommandHistoryStore;
  /** SFTP keys of accounts. */
  sftpKeys: {
    /** Removes the key of an account from its panel and from here. Rejects with `PerchError`. */
    withdraw(accountId: string): Promise<void>;
    /** Removes the key from here only. Never rejects. */
    drop(accountId: string): Promise<void>;
  };
  /** A startup variable or the image of a server was set. Call so that Perch drops its old facts about the start. */
  startupSet(serverId: string): void;
  /** A change or a run of a schedule was ordered. Call so that Perch drops its old facts about the schedules. */
  schedulesChanged(serverId: string): void;
  /** Who shares a server was changed. Call so that Perch drops its old facts about the people. */
  peopleChanged(serverId: string): void;
  /** Removes the account's servers from pins and groups. Never rejects. */
  accountRemoved(accountId: string): Promise<void>;
  log: Log;
  /** A unique id for a new account. */
  newId(): string;
}

/**
 * The server's state and the handle used to act on it. Throws `not-found`, or `conflict` before the panel has listed
 * the server.
 */
export function serverOf(
  { store, fleet }: Pick<ActionsDeps, 'store' | 'fleet'>,
  serverId: string,
): { server: Server; watched: WatchedServer } {
  const server = store.state.servers.get(serverId);
  const watched = fleet.server(serverId);
  if (server !== undefined && watched !== null) return { server, watched };
  throw new PerchError(server === undefined ? gone : unread(server));
}

/** Problem of a server that is known from the last run only: the panel has not listed it yet. */
function unread({ name }: Server): Problem {
  const message = sentence('actions.unread', { name: oneLine(name, 80) });
  return newProblem('conflict', message, sentence('actions.unread-next'));
}

export type ServerDeps = Pick<ActionsDeps, 'store' | 'fleet'>;
type Target = ReturnType<typeof serverOf>;

/**
 * Sends a request about one server, after checking its state and the key's permissions.
 *
 * If the panel refuses, the server is read again, because its stored state may be wrong.
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

/** Runs a request, and reports its failure to the server's watcher. */
export async function refusing<T>(watched: WatchedServer, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    watched.reread.refused(toProblem(error));
    throw error;
  }
}

/** Like `asked`, for requests that change the server. Reads the server again afterwards. */
export async function carryOut(
  deps: ServerDeps,
  serverId: string,
  permission: string,
  run: (target: Target) => Promise<unknown>,
): Promise<void> {
  await asked(deps, serverId, permission, run);
  deps.fleet.server(serverId)?.reread.now();
}

/** Throws `conflict` or `forbidden` where the panel would (PROTOCOL 1.6). */
export function demand(
  { condition, permissions }: Pick<Server, 'condition' | 'permissions'>,
  permission: string,
): void {
  const closed = conditionBlock(condition);
  if (closed !== null) {
    const next = sentence('actions.wait-or-ask');
    throw new PerchError({ ...newProblem('conflict', closed, next), condition });
  }
  if (!isGranted(permissions, permission)) {
    throw new PerchError({
      ...newProblem('forbidden', lacking(permission), sentence('panel.ask-owner', { permission })),
      permission,
    });
  }
}

/** The record of an account. Throws `not-found`. */
export function knownAccount(book: Pick<ActionsDeps['book'], 'find'>, accountId: string): AccountRecord {
  const record = book.find(accountId);
  if (record !== null) return record;
  throw new PerchError(newProblem('not-found', sentence('actions.no-panel')));
}
