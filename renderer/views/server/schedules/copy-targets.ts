/** The servers that a schedule can be copied to, and why others cannot get it. */
import { isPelican } from '../../../../bridge/panel/panel-kind.js';
import { scheduleBlock } from '../../../../bridge/panel/permissions.js';
import type { Account, Server } from '../../../../bridge/schema/domain.js';
import type { Schedule, TaskFields } from '../../../../bridge/schema/schedules.js';
import { say, spoken } from '../../../../messages/messages.js';
import { targetServers, type TargetServer } from '../target-servers.js';

interface Copied {
  readonly from: Pick<Server, 'id' | 'accountId'>;
  readonly schedule: Pick<Schedule, 'tasks'>;
  readonly accounts: readonly Account[];
}

export function copyTargets(
  servers: readonly Server[],
  { from, schedule, accounts }: Copied,
): readonly TargetServer[] {
  return targetServers(servers, { from, accounts, blockOf: (server) => copyBlock(server, schedule) });
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
