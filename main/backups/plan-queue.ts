import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';

/** Why a server is not done with its turn. `ofPanel` = the other servers of the panel wait as well. */
export interface Delay {
  readonly ms: number;
  readonly ofPanel: boolean;
}

export interface PlanQueueDeps {
  readonly clock: Clock;
  /** Pause in ms between two servers of a panel. */
  readonly pauseMs: () => number;
  /** null = the server is done. Never rejects. */
  readonly run: (serverId: string) => Promise<Delay | null>;
}

interface Line {
  waiting: readonly { readonly serverId: string; readonly from: number }[];
  isBusy: boolean;
  readonly alarm: Alarm;
}

/** Servers that wait for their turn: for each panel one at a time, as for a bulk action. */
export class PlanQueue {
  readonly #lines = new Map<string, Line>();
  #isStopped = false;

  constructor(private readonly deps: PlanQueueDeps) {}

  add(panel: string, serverId: string): void {
    const { clock } = this.deps;
    const line = this.#lines.get(panel) ?? { waiting: [], isBusy: false, alarm: new Alarm(clock) };
    this.#lines.set(panel, line);
    line.waiting = [...line.waiting, { serverId, from: clock.now() }];
    this.#next(panel, line);
  }

  stop(): void {
    this.#isStopped = true;
    for (const { alarm } of this.#lines.values()) alarm.clear();
    this.#lines.clear();
  }

  #next(panel: string, line: Line): void {
    if (line.isBusy || this.#isStopped) return;
    const [first] = line.waiting.toSorted((one, other) => one.from - other.from);
    if (first === undefined) return void this.#lines.delete(panel);
    const wait = first.from - this.deps.clock.now();
    if (wait > 0) return line.alarm.set(wait, () => this.#next(panel, line));
    line.alarm.clear();
    line.waiting = line.waiting.filter((one) => one !== first);
    line.isBusy = true;
    void this.#run(panel, line, first.serverId);
  }

  async #run(panel: string, line: Line, serverId: string): Promise<void> {
    const { clock, pauseMs, run } = this.deps;
    const delay = await run(serverId);
    const now = clock.now();
    const next = now + (delay?.ofPanel === true ? delay.ms : pauseMs());
    line.waiting = line.waiting.map((one) => ({ ...one, from: Math.max(one.from, next) }));
    if (delay !== null) line.waiting = [{ serverId, from: now + delay.ms }, ...line.waiting];
    line.isBusy = false;
    this.#next(panel, line);
  }
}
