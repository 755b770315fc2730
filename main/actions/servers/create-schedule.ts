import { toProblem } from '../../../bridge/errors.js';
import { areSameFields, fieldsOf } from '../../../bridge/schedules/fields.js';
import type { Schedule, ScheduleFields } from '../../../bridge/schema/schedules.js';
import type { PanelApi } from '../../panel/api.js';

/**
 * Creates one schedule, also if the answer was lost: the list then tells whether the schedule is there. `mayLook` =
 * the key may read schedules. Rejects with `PerchError`.
 */
export async function createSchedule(
  panel: Pick<PanelApi, 'schedules' | 'createSchedule'>,
  identifier: string,
  { fields, mayLook }: { readonly fields: ScheduleFields; readonly mayLook: boolean },
): Promise<Schedule> {
  const before = new Set((mayLook ? await panel.schedules(identifier) : []).map(({ id }) => id));
  try {
    return await panel.createSchedule(identifier, fields);
  } catch (error) {
    if (toProblem(error).maybeDone !== true || !mayLook) throw error;
    const now = await panel.schedules(identifier).catch(() => []);
    const made = now.find((one) => !before.has(one.id) && areSameFields(fieldsOf(one), fields));
    if (made === undefined) throw error;
    return made;
  }
}
