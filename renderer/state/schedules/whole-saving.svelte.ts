/** Saving a schedule with all its tasks: conflicts, and a failure half way that is finished or taken back. */
import { fieldsOf, taskFieldsOf } from '../../../bridge/schedules/fields.js';
import type { Problem } from '../../../bridge/errors.js';
import type { Schedule, ScheduleFields, TaskFields } from '../../../bridge/schema/schedules.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

interface Whole {
  readonly fields: ScheduleFields;
  readonly tasks: readonly TaskFields[];
}

/** The panel's state after a failure half way; `schedule` null = unknown. */
interface Half {
  readonly id: number;
  readonly schedule: Schedule | null;
  readonly problem: Problem;
}

export class WholeSaving {
  readonly saving = new Task();
  half = $state.raw<Half | null>(null);
  /** The panel's present schedule, if it differs from the schedule that the person saw. The next save replaces it. */
  other = $state.raw<Schedule | null>(null);
  /** True after a half was taken back. */
  isTakenBack = $state(false);
  /** True as soon as the panel may have a schedule other than `first`. */
  isTouched = false;
  /** The panel's schedule as the person saw it. */
  #seen: Schedule | null;

  /** `first` = the schedule before the change; null creates one. */
  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
    private readonly first: Schedule | null,
  ) {
    this.#seen = first;
  }

  /** Resolves with the schedule, or with its number if the panel did not show it; null if it is not saved. */
  async save(wanted: Whole): Promise<Schedule | number | null> {
    if (this.saving.isRunning) return null;
    this.isTakenBack = false;
    return this.#write(wanted);
  }

  /** Restores the panel's earlier state: deletes a new schedule, or writes the old one. */
  async takeBack(): Promise<void> {
    const { half, first } = this;
    if (half === null || this.saving.isRunning) return;
    if (first !== null) {
      const done = await this.#write({ fields: fieldsOf(first), tasks: first.tasks.map(taskFieldsOf) });
      this.isTakenBack = done !== null;
      return;
    }
    const of = { serverId: this.serverId, schedule: half.id };
    if ((await this.saving.run(() => this.client.call('schedules.remove', of))) === null) return;
    this.half = null;
    this.#seen = null;
    this.isTakenBack = true;
  }

  async #write({ fields, tasks }: Whole): Promise<Schedule | number | null> {
    const { serverId } = this;
    const answer = await this.saving.run(async () => {
      if (this.half?.schedule === null) this.#seen = await this.#view(this.half.id);
      const seen = this.#seen;
      const of =
        seen === null ? { schedule: null, replaces: null } : { schedule: seen.id, replaces: wholeOf(seen) };
      return this.client.call('schedules.saveWhole', { serverId, fields, tasks, ...of });
    });
    this.isTouched ||= answer !== null || this.saving.problem?.maybeDone === true;
    if (answer === null) {
      if (this.saving.problem?.code === 'conflict') await this.#look();
      return null;
    }
    const { id, schedule, problem } = answer.value;
    this.other = null;
    this.half = problem === null ? null : { id, schedule, problem };
    if (schedule !== null) this.#seen = schedule;
    return problem === null ? (schedule ?? id) : null;
  }

  /** Shows the panel's present schedule. */
  async #look(): Promise<void> {
    if (this.#seen === null) return;
    const present = await this.#view(this.#seen.id).catch(() => null);
    if (present === null || JSON.stringify(wholeOf(present)) === JSON.stringify(wholeOf(this.#seen))) return;
    this.other = present;
    this.#seen = present;
  }

  #view(schedule: number): Promise<Schedule> {
    return this.client.call('schedules.view', { serverId: this.serverId, schedule });
  }
}

function wholeOf(schedule: Schedule): Whole {
  return { fields: fieldsOf(schedule), tasks: schedule.tasks.map(taskFieldsOf) };
}
