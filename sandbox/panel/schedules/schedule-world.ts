import type { Schedule } from '../../data/schedules.js';
import type { World } from '../../records.js';
import { UnknownTarget, type Targets } from '../targets.js';
import type { Scheduler } from './scheduler.js';

export interface ScheduleWorldDeps {
  world: World;
  targets: Targets;
  scheduler: Scheduler;
  now: () => number;
}

/** Changes of schedules from outside of the API, for tests. */
export class ScheduleWorld {
  constructor(private readonly deps: ScheduleWorldDeps) {}

  disturb(
    id: string,
    name: number | string,
    { hung, nextRunInMinutes }: { hung?: boolean; nextRunInMinutes?: number },
  ): void {
    const schedule = this.#find(id, name);
    if (hung !== undefined) Object.assign(schedule, { isProcessing: hung, queue: [] });
    if (nextRunInMinutes !== undefined) {
      schedule.nextRunAt = new Date(this.deps.now() + nextRunInMinutes * 60_000).toISOString();
    }
    this.deps.world.saveSchedule(schedule);
  }

  runAll(): Promise<void> {
    return this.deps.scheduler.runAll();
  }

  #find(id: string, name: number | string): Schedule {
    const { world, targets } = this.deps;
    const found = world
      .schedulesOf(targets.server(id).uuid)
      .find((schedule) => schedule.id === name || schedule.name === name);
    if (found === undefined) throw new UnknownTarget(`There is no schedule ${name}.`);
    return found;
  }
}
