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
  /** `addedAt` = wall-clock time since which the server waits. null = the server is done. Never rejects. */
  readonly run: (serverId: string, addedAt: number) => Promise<Delay | null>;
}

interface Waiting {
  readonly serverId: string;
  /** Monotonic time of the turn. */
  readonly from: number;
  /** Wall-clock time, which goes on while the computer sleeps. */
  readonly addedAt: number;
}

interface Line {
  waiting: readonly Waiting[];
  isBusy: boolean;
  readonly alarm: Alarm;
}

/** Servers that wait for their turn: for each panel one at a time, as for a bulk action. */
export class PlanQueue {
  readonly #lines = new Map<string, Line>();
  #isStopped = false;

  constructor(private readonly deps: PlanQueueDeps) {}

  /** A server that waits already keeps its place, and waits from now on. */
  add(panel: string, serverId: string): void {
    const { clock } = this.deps;
    const line = this.#lines.get(panel) ?? { waiting: [], isBusy: false, alarm: new Alarm(clock) };
    this.#lines.set(panel, line);
    const place = line.waiting.find((one) => one.serverId === serverId);
    const added = { serverId, from: place?.from ?? clock.now(), addedAt: clock.wall() };
    line.waiting = [...line.waiting.filter((one) => one !== place), added];
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
    void this.#run(panel, line, first);
  }

  async #run(panel: string, line: Line, one: Waiting): Promise<void> {
    const { clock, pauseMs, run } = this.deps;
    const delay = await run(one.serverId, one.addedAt);
    const now = clock.now();
    const next = now + (delay?.ofPanel === true ? delay.ms : pauseMs());
    line.waiting = line.waiting.map((other) => ({ ...other, from: Math.max(other.from, next) }));
    if (delay !== null) line.waiting = [{ ...one, from: now + delay.ms }, ...line.waiting];
    line.isBusy = false;
    this.#next(panel, line);
  }
}
