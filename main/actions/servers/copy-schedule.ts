/**
 * Copies a schedule to one server, at most once.
 *
 * A server that has the same schedule already counts as done. Another schedule of the same name stays as it is, and
 * the copy is refused. A copy that a rate limit interrupts is finished at the next turn; a copy that the panel refuses
 * half way is removed.
 */
import { PerchError, newProblem, toProblem } from '../../../bridge/errors.js';
import { isSameSchedule, wholeOf, type WholeSchedule } from '../../../bridge/schedules/whole.js';
import type { Schedule } from '../../../bridge/schema/schedules.js';
import { sentence } from '../../../messages/messages.js';
import type { PanelApi } from '../../panel/api.js';
import { asked, demand, type ServerDeps } from '../deps.js';
import { changeWhole, createWhole } from './whole-schedule.js';

/** Server id -> number of the copy that this run has begun there. */
export type BegunCopies = Map<string, number>;

/**
 * Resolves once the server has the schedule. Rejects with `PerchError`: `rate-limited` = ask again later with the same
 * `begun`; `maybeDone` = nobody knows.
 */
export async function copySchedule(
  deps: ServerDeps,
  serverId: string,
  { wanted, begun }: { readonly wanted: WholeSchedule; readonly begun: BegunCopies },
): Promise<void> {
  await asked(deps, serverId, 'schedule.create', async ({ server, watched: { panel } }) => {
    // Tasks need `update`, and without `read` nobody could tell whether the schedule is there already.
    demand(server, 'schedule.update');
    demand(server, 'schedule.read');
    const { identifier } = server;
    const present = await panel.schedules(identifier);
    if (present.some((one) => isSameSchedule(one, wanted))) return;
    const own = present.find(({ id }) => id === begun.get(serverId));
    if (own === undefined && present.some(({ name }) => name === wanted.fields.name)) {
      throw new PerchError(other);
    }
    const written =
      own === undefined
        ? await createWhole(panel, identifier, wanted)
        : await changeWhole(panel, server, own.id, { wanted, replaces: wholeOf(own) });
    if (written.problem === null) return;
    begun.set(serverId, written.id);
    await undo(panel, identifier, written.id, written.schedule, written.problem.code === 'rate-limited');
    throw new PerchError(written.problem);
  });
}

/** Deletes a copy that cannot be finished. A failure leaves a schedule that is switched off. */
async function undo(
  panel: Pick<PanelApi, 'deleteSchedule'>,
  identifier: string,
  id: number,
  schedule: Schedule | null,
  isLater: boolean,
): Promise<void> {
  // Without an answer of the panel the copy may be whole, and one that is on may have begun to run.
  if (isLater || schedule === null || schedule.isActive) return;
  await panel.deleteSchedule(identifier, id).catch((error: unknown) => toProblem(error));
}

const other = newProblem('conflict', sentence('actions.schedule-other'));
