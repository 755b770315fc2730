/** The panel's schedules of a server for the command line and for programs. Nothing here changes a schedule. */
import { oneLine } from '../../bridge/console/plain-line.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { cronText } from '../../bridge/schedules/fields.js';
import { scheduleState } from '../../bridge/schedules/schedule-state.js';
import type { Actions } from '../actions/actions.js';
import type { Call } from './call.js';
import { forPrograms } from './for-programs.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';
import { shownServer } from './shown-server.js';

export interface RemoteSchedulesDeps extends SettledDeps {
  readonly actions: Pick<Actions, 'schedules.list'>;
}

/** Longest name, and longest text of a task, in characters. */
const longestName = 300;
const longestPayload = 2000;

/** A program gets `***` instead of texts that look secret in names and commands. */
export async function listSchedules(
  deps: RemoteSchedulesDeps,
  { name }: RemoteInput<'schedules'>,
  { client }: Pick<Call<'schedules'>, 'client'>,
): Promise<RemoteOutput<'schedules'>> {
  const server = await settledServer(deps, name);
  const all = await deps.actions['schedules.list']({ serverId: server.id });
  const wall = deps.clock.wall();
  const plain = (text: string, most: number): string =>
    oneLine(client.kind === 'program' ? forPrograms(text) : text, most);
  return {
    server: shownServer(server, deps),
    schedules: all.map((schedule) => ({
      id: schedule.id,
      name: plain(schedule.name, longestName),
      cron: oneLine(cronText(schedule.cron), longestName),
      state: scheduleState(schedule, wall),
      onlyWhenOnline: schedule.onlyWhenOnline,
      lastEndedAt: schedule.lastEndedAt,
      nextRunAt: schedule.nextRunAt,
      tasks: schedule.tasks.map(({ place, action, payload, offsetSeconds, continuesAfterFailure }) => ({
        place,
        action: oneLine(action, longestName),
        payload: plain(payload, longestPayload),
        offsetSeconds,
        continuesAfterFailure,
      })),
    })),
  };
}
