import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { TurnDelay } from './run-state.js';

export interface TurnQueueDeps<T> {
  readonly clock: Clock;
  /** Pause in ms between two servers of a panel. */
  readonly pauseMs: () => number;
  readonly run: (one: T) => Promise<TurnEnd>;
}

/**
 * null = the turn is over; `unused` = no order was sent, so the next server need not wait; otherwise another turn
 * follows.
 */
export type TurnEnd = TurnDelay | 'unused' | null;

interface Waiting<T> {
  readonly one: T;
  /** Monotonic time of the turn. */
  readonly from: number;
}

interface Line<T> {
  waiting: readonly Waiting<T>[];
  isBusy: boolean;
  readonly alarm: Alarm;
}

/** Runs that wait for their turn: for each panel one at a time, as for a bulk action. */
export class TurnQueue<T> {
  readonly #lines = new Map<string, Line<T>>();
  #isStopped = false;

  constructor(private readonly deps: TurnQueueDeps<T>) {}

  add(panel: string, one: T, delay: TurnDelay | null = null): void {
    if (this.#isStopped) return;
    const { clock } = this.deps;
    const line = this.#lines.get(panel) ?? { waiting: [], isBusy: false, alarm: new Alarm(clock) };
    this.#lines.set(panel, line);
    line.waiting = [...line.waiting, { one, from: clock.now() + (delay?.ms ?? 0) }];
    this.#next(panel, line);
  }

  stop(): void {
    this.#isStopped = true;
    for (const { alarm } of this.#lines.values()) alarm.clear();
    this.#lines.clear();
  }

  #next(panel: string, line: Line<T>): void {
    if (line.isBusy || this.#isStopped) return;
    const first = firstOf(line.waiting);
    if (first === null) return void this.#lines.delete(panel);
    const wait = first.from - this.deps.clock.now();
    if (wait > 0) return line.alarm.set(wait, () => this.#next(panel, line));
    line.alarm.clear();
    line.waiting = line.waiting.filter((one) => one !== first);
    line.isBusy = true;
    void this.#run(panel, line, first);
  }

  async #run(panel: string, line: Line<T>, { one }: Waiting<T>): Promise<void> {
    const { clock, pauseMs, run } = this.deps;
    const end = await run(one);
    const delay = end === 'unused' ? null : end;
    const now = clock.now();
    const pause = end === 'unused' ? 0 : pauseMs();
    const next = now + (delay?.ofPanel === true ? delay.ms : pause);
    line.waiting = line.waiting.map((other) => ({ ...other, from: Math.max(other.from, next) }));
    if (delay !== null) line.waiting = [{ one, from: now + delay.ms }, ...line.waiting];
    line.isBusy = false;
    this.#next(panel, line);
  }
}

function firstOf<T>(waiting: readonly Waiting<T>[]): Waiting<T> | null {
  return waiting.reduce<Waiting<T> | null>(
    (first, one) => (first === null || one.from < first.from ? one : first),
    null,
  );
}
