/** The servers that a schedule can be copied to, and why others cannot get it. */
import { onceEach, serverKeys } from '../../../../bridge/fleet/once-each.js';
import { scheduleBlock } from '../../../../bridge/panel/permissions.js';
import type { Account, Server } from '../../../../bridge/schema/domain.js';
import type { Schedule, TaskFields } from '../../../../bridge/schema/schedules.js';
import { say, spoken } from '../../../../messages/messages.js';
import { isPelican } from './schedule-words.js';

export interface CopyTarget {
  readonly server: Server;
  /** Why the server cannot get the copy; null if it can. */
  readonly block: string | null;
}

interface Copied {
  readonly from: Pick<Server, 'id' | 'accountId'>;
  readonly schedule: Pick<Schedule, 'tasks'>;
  readonly accounts: readonly Account[];
}

/**
 * By name, without the server that has the schedule. Several accounts may see a server; one that may write its
 * schedules counts.
 */
export function copyTargets(
  servers: readonly Server[],
  { from, schedule, accounts }: Copied,
): readonly CopyTarget[] {
  const keyOf = serverKeys(accounts);
  const own = keyOf(from);
  const others = servers.filter((server) => keyOf(server) !== own);
  const isBlocked = (server: Server): number => Number(copyBlock(server, schedule) !== null);
  const openFirst = others.toSorted((one, other) => isBlocked(one) - isBlocked(other));
  return onceEach(openFirst, accounts)
    .map((server) => ({ server, block: copyBlock(server, schedule) }))
    .toSorted((one, other) => one.server.name.localeCompare(other.server.name));
}

/** Why a server cannot get a schedule from elsewhere; null if it can. */
export function copyBlock(
  server: Server,
  { tasks }: { readonly tasks: readonly Pick<TaskFields, 'action'>[] },
): string | null {
  const block = scheduleBlock(server);
  if (block !== null) return spoken(block);
  const deletes = tasks.some(({ action }) => action === 'delete_files');
  return deletes && !isPelican(server) ? say('schedules.copy-delete-files') : null;
}
