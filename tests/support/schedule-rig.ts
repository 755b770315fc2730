import { expect } from 'vitest';
import type { KeyHolder } from '../../sandbox/data/seed.js';
import type { State } from '../../sandbox/wings/api.js';
import type { FakeWingsNode } from './fake-wings-node.js';
import { PanelRig, type Answer } from './panel-rig.js';

export interface TaskAttributes {
  id: number;
  sequence_id: number;
  action: string;
  payload: string;
  time_offset: number;
  is_queued: boolean;
  continue_on_failure: boolean;
}

export interface ScheduleAttributes {
  id: number;
  name: string;
  is_active: boolean;
  is_processing: boolean;
  only_when_online: boolean;
  last_run_at: string | null;
  next_run_at: string;
  updated_at: string;
  relationships: { tasks: { data: { attributes: TaskAttributes }[] } };
}

/** Nightly at 4, as a request has the fields. */
export const nightly = {
  name: 'Nightly',
  minute: '0',
  hour: '4',
  day_of_month: '*',
  month: '*',
  day_of_week: '*',
  is_active: true,
  only_when_online: false,
};

/** Panel with in-memory nodes and a fake clock, whose server Survival has schedules. */
export class ScheduleRig {
  private constructor(
    readonly panel: PanelRig,
    /** Lines of the panel's log. */
    readonly lines: readonly string[],
  ) {}

  static async start(dialect: string): Promise<ScheduleRig> {
    const lines: string[] = [];
    return new ScheduleRig(await PanelRig.start({ dialect, log: (line) => lines.push(line) }), lines);
  }

  ask(method: string, path = '', body: unknown = null, who: KeyHolder = 'owner'): Promise<Answer> {
    return this.panel.on(who, 'Survival', method, `/schedules${path}`, body);
  }

  /** Creates a schedule with these tasks; resolves with its number. */
  async create(fields: object, tasks: readonly object[]): Promise<number> {
    const { id } = attributesOf<ScheduleAttributes>(await this.ask('POST', '', { ...nightly, ...fields }));
    for (const task of tasks) {
      const answer = await this.ask('POST', `/${id}/tasks`, { time_offset: 0, ...task });
      expect(answer.status).toBe(200);
    }
    return id;
  }

  async view(id: number): Promise<ScheduleAttributes> {
    return attributesOf(await this.ask('GET', `/${id}`));
  }

  /** Queued tasks, by place. */
  async queued(id: number): Promise<number[]> {
    const { tasks } = (await this.view(id)).relationships;
    return tasks.data.flatMap(({ attributes: { is_queued, sequence_id } }) =>
      is_queued ? [sequence_id] : [],
    );
  }

  /** Sets the clock, and lets cron and queue worker do the due work. */
  async at(time: string): Promise<void> {
    this.panel.now = Date.parse(time);
    await this.panel.panel.scheduler.tick();
  }

  /** Sets the power state of Survival. */
  power(state: State): void {
    this.panel.uses('Survival', { state });
  }

  /** Requests to the node of Survival other than usage. */
  asked(): string[] {
    return this.node().asked.filter((each) => each !== 'usage');
  }

  node(): FakeWingsNode {
    const node = this.panel.nodes.get(this.panel.server('Survival').nodeId);
    if (node === undefined) throw new Error('There is no such node.');
    return node;
  }
}

export function attributesOf<T>({ body }: Answer): T {
  return (body as { attributes: T }).attributes;
}
