/** Schedules the next attempt after a failed one (PROTOCOL 4.9, traps 22 and 34). */
import { Alarm } from '../base/alarm.js';
import type { BackOff } from '../base/back-off.js';
import type { Clock, Random } from '../base/ports.js';
import type { Retry } from './failure.js';
import { nodePauses } from './node-pauses.js';
import { slowMs, untilAbout } from './renewal.js';

/** Random extra pause in ms, to spread sessions that wait for the same node. */
const slowJitterMs = 10_000;

export class Reconnect {
  readonly #backOff: BackOff;
  readonly #alarm: Alarm;
  #next: { retry: Retry; run: () => void } | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {
    this.#alarm = new Alarm(clock);
    this.#backOff = nodePauses(random);
  }

  /** The pause in ms. For `back-off` the pause grows with every call. */
  pause(retry: Exclude<Retry, 'refused'>): number {
    if (retry === 'back-off') return this.#backOff.next();
    if (retry === 'slow') return slowMs + Math.round(this.random() * slowJitterMs);
    return untilAbout(retry.at, this.clock.now(), this.random);
  }

  schedule(retry: Retry, pauseMs: number, run: () => void): void {
    this.#next = { retry, run };
    this.#alarm.set(pauseMs, () => {
      this.#next = null;
      run();
    });
  }

  /** The network may be back: runs the pending attempt now, unless the panel named a time for it. */
  hurry(): void {
    if (typeof this.#next?.retry !== 'object') this.now();
  }

  /** Runs the pending attempt now, whatever it waits for. */
  now(): void {
    const next = this.#next;
    this.cancel();
    next?.run();
  }

  cancel(): void {
    this.#alarm.clear();
    this.#next = null;
  }

  /** The last connection was good: pauses start again from the shortest. */
  startOver(): void {
    this.#backOff.reset();
  }
}
