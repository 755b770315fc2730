import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { BackOff } from '../../base/back-off.js';
import type { Pace } from './watch-plan.js';

/** A node that hangs holds a request for 15 s (PROTOCOL 3.2): no more of them wait at a time. */
const mostAtOnce = 6;
/** How long a socket that is cut off may take to come back before the panel is asked instead. */
const graceMs = 10_000;
/** A single read that failed is due again after this, whenever the list says that it is still wanted. */
const rereads = { firstMs: 60_000, longestMs: 3_600_000 };

export interface PollPlan {
  readonly polled: readonly string[];
  readonly fallback: readonly string[];
  readonly unread: readonly string[];
  readonly pace: Pace;
}

export interface PollWork {
  /** Asks for the usage of one server. Never rejects. */
  poll(serverId: string): Promise<void>;
  /** Reads one server once; false where that failed. Never rejects. */
  read(serverId: string): Promise<boolean>;
}

/** Sends the requests of one account that nobody waits for, evenly: polls when they are due, single reads in between. */
export class Poller {
  readonly #clock: Clock;
  readonly #work: PollWork;
  readonly #alarm: Alarm;
  readonly #due = new Map<string, number>();
  /** Polls on their way. */
  readonly #busy = new Set<string>();
  #unread: string[] = [];
  /** Servers that were read, and when it is worth another try where that failed. */
  readonly #read = new Map<string, { readonly backOff: BackOff; againAt: number }>();
  #pace: Pace = { spacingMs: 1000, intervalMs: 30_000 };
  #sentAt = -Infinity;
  #atOnce = 0;
  #pausedUntil = 0;

  constructor(clock: Clock, work: PollWork) {
    this.#clock = clock;
    this.#work = work;
    this.#alarm = new Alarm(clock);
  }

  follow(plan: PollPlan): void {
    const now = this.#clock.now();
    this.#pace = plan.pace;
    this.#unread = plan.unread.filter((id) => (this.#read.get(id)?.againAt ?? 0) <= now);
    const wanted = new Set([...plan.polled, ...plan.fallback]);
    for (const id of this.#due.keys()) {
      if (!wanted.has(id)) this.#due.delete(id);
    }
    for (const id of plan.polled) if (!this.#due.has(id)) this.#due.set(id, now);
    for (const id of plan.fallback) if (!this.#due.has(id)) this.#due.set(id, now + graceMs);
    this.#next();
  }

  /** Polls a server after `ms` instead of at its turn; nothing where it is not polled. */
  soon(serverId: string, ms: number): void {
    const due = this.#due.get(serverId);
    if (due === undefined) return;
    this.#due.set(serverId, Math.min(due, this.#clock.now() + ms));
    this.#next();
  }

  /** Polls all servers, one after the other. */
  allNow(): void {
    const now = this.#clock.now();
    for (const id of this.#due.keys()) this.#due.set(id, now);
    this.#read.clear();
    this.#next();
  }

  /** Sends nothing until then; `Infinity` until `resume`. */
  pauseUntil(time: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, time);
    this.#next();
  }

  resume(): void {
    this.#pausedUntil = 0;
    this.#next();
  }

  stop(): void {
    this.#due.clear();
    this.#unread = [];
    this.#alarm.clear();
  }

  #next(): void {
    const at = this.#nextAt();
    if (at === Infinity || this.#atOnce >= mostAtOnce) this.#alarm.clear();
    else this.#alarm.set(Math.max(0, at - this.#clock.now()), () => this.#send());
  }

  #nextAt(): number {
    const first = this.#unread.length > 0 ? this.#clock.now() : (this.#earliest()?.at ?? Infinity);
    return Math.max(first, this.#sentAt + this.#pace.spacingMs, this.#pausedUntil);
  }

  #earliest(): { id: string; at: number } | null {
    let earliest: { id: string; at: number } | null = null;
    for (const [id, at] of this.#due) {
      if (!this.#busy.has(id) && (earliest === null || at < earliest.at)) earliest = { id, at };
    }
    return earliest;
  }

  #send(): void {
    const now = this.#clock.now();
    const earliest = this.#earliest();
    if (earliest !== null && earliest.at <= now) void this.#poll(earliest.id);
    else {
      const id = this.#unread.shift();
      if (id !== undefined) void this.#readOnce(id);
    }
    this.#next();
  }

  async #poll(id: string): Promise<void> {
    this.#busy.add(id);
    this.#due.set(id, this.#clock.now() + this.#pace.intervalMs);
    await this.#counted(() => this.#work.poll(id));
    this.#busy.delete(id);
    this.#next();
  }

  async #readOnce(id: string): Promise<void> {
    const backOff = this.#read.get(id)?.backOff ?? new BackOff(rereads);
    const reading = { backOff, againAt: Infinity };
    this.#read.set(id, reading);
    if (!(await this.#counted(() => this.#work.read(id)))) {
      reading.againAt = this.#clock.now() + backOff.next();
    }
    this.#next();
  }

  async #counted<T>(send: () => Promise<T>): Promise<T> {
    this.#sentAt = this.#clock.now();
    this.#atOnce += 1;
    try {
      return await send();
    } finally {
      this.#atOnce -= 1;
    }
  }
}
