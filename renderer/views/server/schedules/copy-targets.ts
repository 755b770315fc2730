/** The servers that a schedule can be copied to, and why others cannot get it. */
import { scheduleBlock } from '../../../../bridge/panel/permissions.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { Schedule } from '../../../../bridge/schema/schedules.js';
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
  const deletes = schedule.tasks.some(({ action }) => action === 'delete_files');
  return servers
    .filter(({ id }) => id !== from.id)
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .map((server) => {
      const block = scheduleBlock(server);
      if (block !== null) return { server, block: spoken(block) };
      return { server, block: deletes && !isPelican(server) ? say('schedules.copy-delete-files') : null };
    });
}
