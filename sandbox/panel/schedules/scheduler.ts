import type { QueuedTask, Schedule, ScheduleTask } from '../../data/schedules.js';
import type { Server } from '../../data/world.js';
import { PanelError, panelError } from '../errors.js';
import { nextRun } from './cron.js';
import { carryOut, type TaskDeps } from './task-actions.js';

export interface SchedulerDeps extends TaskDeps {
  log: (line: string) => void;
}

const minute = 60_000;
/** How often the queue is looked at. */
const everyMs = 500;
/** Attempts of the queue worker, as in the panel's own instructions. */
const attempts = 3;

/**
 * Cron and queue worker of the panel (PROTOCOL 2.20.14 to 2.20.23). Runs begin at each full minute, or by hand; the
 * queue carries out one task after the other. The queue is part of the schedules, so that a restart of the panel
 * continues it. `PanelState` switches cron and worker off.
 */
export class Scheduler {
  #timer: ReturnType<typeof setInterval> | null = null;
  #lastMinute: number;
  #running: Promise<void> | null = null;

  constructor(private readonly deps: SchedulerDeps) {
    this.#lastMinute = Math.floor(deps.now() / minute);
  }

  start(): void {
    this.#timer = setInterval(() => void this.tick(), everyMs);
    this.#timer.unref();
  }

  /** Resolves when the task that runs now has ended. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    await this.#running;
  }

  /** Runs all due schedules; a call meanwhile joins the running call. */
  tick(): Promise<void> {
    this.#running ??= this.#work().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Begins all due runs and carries out everything that waits, without the offsets, also with cron and worker off. */
  async runAll(): Promise<void> {
    await this.#running;
    await this.#beginDue();
    await this.#workOff(() => true);
  }

  /**
   * Begins a run. By hand the first task is carried out before this resolves, without its offset, and a failure rejects
   * with the panel's error.
   */
  async begin(schedule: Schedule, byHand: boolean): Promise<void> {
    const first = inOrder(schedule)[0];
    if (first === undefined) {
      throw panelError(
        400,
        'DisplayException',
        'Cannot process schedule for task execution: no tasks are registered.',
        'back',
      );
    }
    const { state, now } = this.deps;
    const next = nextRun(schedule.cron, state.timeZone, now());
    if (next !== null) schedule.nextRunAt = new Date(next).toISOString();
    schedule.isProcessing = true;
    this.#mark(schedule, first, true);
    if (schedule.onlyWhenOnline && !(await this.#isOnline(schedule))) {
      this.#end(schedule, first);
      return;
    }
    if (!byHand) {
      this.#enqueue(schedule, first, { byHand });
      return;
    }
    try {
      await this.#carryOut(schedule, first, byHand);
    } catch (error) {
      this.#end(schedule, first);
      throw error;
    }
  }

  async #work(): Promise<void> {
    const { state, now } = this.deps;
    // Laravel stops both in maintenance mode.
    if (state.maintenance !== null) return;
    const thisMinute = Math.floor(now() / minute);
    if (state.cronRuns && thisMinute !== this.#lastMinute) {
      this.#lastMinute = thisMinute;
      await this.#beginDue();
    }
    if (state.workerRuns) await this.#workOff(({ dueAt }) => dueAt <= now());
  }

  async #beginDue(): Promise<void> {
    const { world, now } = this.deps;
    for (const schedule of [...world.schedules.values()]) {
      const waits = !schedule.isActive || schedule.isProcessing || Date.parse(schedule.nextRunAt) > now();
      if (waits || schedule.tasks.length === 0 || this.#serverOf(schedule)?.status !== null) continue;
      await this.begin(schedule, false);
    }
  }

  /** Carries out the waiting tasks that are `wanted`, the oldest first, with those that follow from them. */
  async #workOff(wanted: (job: QueuedTask) => boolean): Promise<void> {
    for (;;) {
      const jobs = [...this.deps.world.schedules.values()].flatMap((schedule) =>
        schedule.queue.filter(wanted).map((job) => ({ schedule, job })),
      );
      const [next] = jobs.sort((a, b) => a.job.dueAt - b.job.dueAt);
      if (next === undefined) return;
      await this.#runJob(next.schedule, next.job);
    }
  }

  async #runJob(schedule: Schedule, job: QueuedTask): Promise<void> {
    const { world, log } = this.deps;
    schedule.queue = schedule.queue.filter((each) => each !== job);
    world.saveSchedule(schedule);
    const task = schedule.tasks.find(({ id }) => id === job.taskId);
    // A task that was deleted while it waited leaves its schedule processing (PROTOCOL 2.20.22).
    if (task === undefined) return;
    try {
      await this.#carryOut(schedule, task, job.byHand);
    } catch (error) {
      const failures = job.failures + 1;
      log(`Schedule ${schedule.name}: task ${task.sequence} failed, attempt ${failures}: ${String(error)}`);
      if (failures >= attempts) this.#end(schedule, task);
      else if (this.#exists(schedule)) this.#enqueue(schedule, task, { ...job, failures, offset: 0 });
    }
  }

  /** Carries out a task and queues the next task. */
  async #carryOut(schedule: Schedule, task: ScheduleTask, byHand: boolean): Promise<void> {
    const server = this.#serverOf(schedule);
    if (server?.status !== null || (!schedule.isActive && !byHand)) {
      this.#end(schedule, task);
      return;
    }
    try {
      await carryOut(this.deps, server, task);
    } catch (error) {
      if (!task.continueOnFailure || !this.#isBearable(error)) throw error;
    }
    this.#mark(schedule, task, false);
    const next = inOrder(schedule).find(({ sequence }) => sequence > task.sequence);
    if (next === undefined) {
      this.#end(schedule, task);
      return;
    }
    this.#mark(schedule, next, true);
    this.#enqueue(schedule, next, { byHand });
  }

  #enqueue(
    schedule: Schedule,
    task: ScheduleTask,
    {
      byHand,
      failures = 0,
      offset = task.timeOffset,
    }: { byHand: boolean; failures?: number; offset?: number },
  ): void {
    const dueAt = this.deps.now() + offset * 1000;
    schedule.queue.push({ taskId: task.id, dueAt, byHand, failures });
    this.#save(schedule);
  }

  #mark(schedule: Schedule, task: ScheduleTask, isQueued: boolean): void {
    if (task.isQueued === isQueued) return;
    const at = new Date(this.deps.now()).toISOString();
    Object.assign(task, { isQueued, updatedAt: at });
    schedule.updatedAt = at;
    this.#save(schedule);
  }

  /** The end of a run looks the same whatever it did (PROTOCOL 2.20.17). */
  #end(schedule: Schedule, task: ScheduleTask): void {
    const at = new Date(this.deps.now()).toISOString();
    this.#mark(schedule, task, false);
    Object.assign(schedule, { isProcessing: false, lastRunAt: at, updatedAt: at });
    this.#save(schedule);
  }

  /** A schedule that was deleted while a task ran stays deleted. */
  #save(schedule: Schedule): void {
    if (this.#exists(schedule)) this.deps.world.saveSchedule(schedule);
  }

  #exists(schedule: Schedule): boolean {
    return this.deps.world.schedules.get(schedule.id) === schedule;
  }

  #serverOf({ serverUuid }: Schedule): Server | undefined {
    return this.deps.world.servers.get(serverUuid);
  }

  async #isOnline(schedule: Schedule): Promise<boolean> {
    const server = this.#serverOf(schedule);
    const state = server && (await this.deps.gateway.askState(server));
    return state === 'running' || state === 'starting';
  }

  /** Whether the next task may follow this failure. */
  #isBearable(error: unknown): boolean {
    const { continuesAfter } = this.deps.dialect.schedules;
    return error instanceof PanelError && error.entries[0]?.code === continuesAfter;
  }
}

function inOrder({ tasks }: Schedule): ScheduleTask[] {
  return [...tasks].sort((a, b) => a.sequence - b.sequence);
}
