/** Pings of one connection, each with a deadline for its answer. */
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';

interface Ping {
  readonly mark: number;
  readonly dueAt: number;
  readonly answered: () => void;
}

export interface PingsDeps {
  clock: Clock;
  send: (mark: number) => void;
  /** A ping had no answer in time. */
  silent: () => void;
}

export class Pings {
  readonly #due: Alarm;
  #open: readonly Ping[] = [];
  #last = 0;
  #isPaused = false;

  constructor(private readonly deps: PingsDeps) {
    this.#due = new Alarm(deps.clock);
  }

  /** Calls `answered` once the other side has read all messages sent before the ping. */
  send(limitMs: number, answered: () => void = () => undefined): void {
    const mark = ++this.#last;
    this.#open = [...this.#open, { mark, dueAt: this.deps.clock.now() + limitMs, answered }];
    this.deps.send(mark);
    this.#wait();
  }

  answered(mark: number): void {
    const done = this.#open.filter((ping) => ping.mark <= mark);
    this.#open = this.#open.filter((ping) => ping.mark > mark);
    this.#wait();
    for (const ping of done) ping.answered();
  }

  /** A paused socket reads no answers. After the pause each open ping has `limitMs` again. */
  setPaused(paused: boolean, limitMs: number): void {
    this.#isPaused = paused;
    const dueAt = this.deps.clock.now() + limitMs;
    this.#open = this.#open.map((ping) => ({ ...ping, dueAt }));
    this.#wait();
  }

  stop(): void {
    this.#open = [];
    this.#due.clear();
  }

  #wait(): void {
    if (this.#isPaused || this.#open.length === 0) return this.#due.clear();
    const dueAt = Math.min(...this.#open.map((ping) => ping.dueAt));
    this.#due.set(Math.max(0, dueAt - this.deps.clock.now()), () => this.deps.silent());
  }
}
