/** The servers that a schedule can be copied to, and why others cannot get it. */
import { scheduleBlock } from '../../../../bridge/panel/permissions.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { Schedule, TaskFields } from '../../../../bridge/schema/schedules.js';
import { say, spoken } from '../../../../messages/messages.js';
import { isPelican } from './schedule-words.js';

export interface CopyTarget {
  readonly server: Server;
  /** Why the server cannot get the copy; null if it can. */
  readonly block: string | null;
}

/** By name, without the server that has the schedule. */
export function copyTargets(
  servers: readonly Server[],
  { from, schedule }: { readonly from: Pick<Server, 'id'>; readonly schedule: Pick<Schedule, 'tasks'> },
): readonly CopyTarget[] {
  return servers
    .filter(({ id }) => id !== from.id)
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .map((server) => ({ server, block: copyBlock(server, schedule) }));
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
