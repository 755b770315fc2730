import type { Clock } from '../../base/ports.js';
import { BackOff } from '../../base/back-off.js';
import type { CallSource } from './call-pacer.js';
import { NodeRests, type NodeRestsDeps, type PollOutcome } from './node-rests.js';
import type { WatchPlan } from './watch-plan.js';

/** A node that hangs holds a request for 15 s (PROTOCOL 3.2): no more of them wait at a time. */
const mostAtOnce = 6;
/** An answer so soon after the one before may be the same one, out of the panel's cache (PROTOCOL 2.3). */
const cachedMs = 21_000;
/** How long a socket that is cut off may take to come back before the panel is asked instead. */
const graceMs = 10_000;
/** A single read that failed is due again after this, whenever the list says that it is still wanted. */
const rereads = { firstMs: 60_000, longestMs: 3_600_000 };

export type PollPlan = Pick<WatchPlan, 'polled' | 'fallback' | 'unread' | 'needed' | 'paces'>;

export interface PollWork extends Pick<NodeRestsDeps, 'nodeOf' | 'isLive'> {
  /** Asks for the usage of one server. Never rejects. */
  poll(serverId: string): Promise<PollOutcome>;
  /** Its node does not answer, so it is not asked for, and what another one came to is true of it. */
  heldBack(serverId: string): void;
  /** The session of this server waits for the turn of its token, which tells more than a poll and costs as much. */
  awaitsToken(serverId: string): boolean;
  /** Reads one server once; false where that failed. Never rejects. */
  read(serverId: string): Promise<boolean>;
}

/** A poll, or a single read. */
interface Turn {
  readonly id: string;
  readonly at: number;
  readonly isRead: boolean;
}

/** The requests of one account for single servers that nobody waits for: polls when they are due, single reads in between. */
export class Poller {
  /** Apart, so that what is needed never hides the rest. */
  readonly sources: readonly CallSource[] = [this.#source(true), this.#source(false)];
  readonly #clock: Clock;
  readonly #work: PollWork;
  readonly #changed: () => void;
  readonly #due = new Map<string, number>();
  /** Polls on their way. */
  readonly #busy = new Set<string>();
  /** When each was polled last. */
  readonly #polledAt = new Map<string, number>();
  /** Servers whose session is cut off or under way. */
  #fallback: ReadonlySet<string> = new Set();
  /** Still within their grace. */
  readonly #graced = new Set<string>();
  /** Those that were to be polled soon, and when, before any plan had them polled. */
  readonly #wished = new Map<string, number>();
  /** Somebody waits for what becomes of a signal. */
  readonly #awaited = new Set<string>();
  #unread: string[] = [];
  /** Servers that were read, and when it is worth another try where that failed. */
  readonly #read = new Map<string, { readonly backOff: BackOff; againAt: number }>();
  #plan: Pick<PollPlan, 'needed' | 'paces'> = {
    needed: new Set(),
    paces: { neededMs: 30_000, restMs: 30_000 },
  };
  readonly #rests: NodeRests;
  #atOnce = 0;
  #pausedUntil = 0;

  constructor(clock: Clock, work: PollWork, changed: () => void) {
    this.#clock = clock;
    this.#work = work;
    this.#changed = changed;
    this.#rests = new NodeRests({
      clock,
      nodeOf: (id) => work.nodeOf(id),
      isLive: (node) => work.isLive(node),
    });
  }

  follow(plan: PollPlan): void {
    const now = this.#clock.now();
    this.#plan = plan;
    this.#fallback = new Set(plan.fallback);
    this.#unread = plan.unread.filter((id) => (this.#read.get(id)?.againAt ?? 0) <= now);
    const wanted = new Set([...plan.polled, ...plan.fallback]);
    for (const id of this.#due.keys()) {
      if (wanted.has(id)) continue;
      this.#due.delete(id);
      this.#polledAt.delete(id);
      this.#graced.delete(id);
      this.#awaited.delete(id);
    }
    for (const id of plan.polled) if (this.#graced.delete(id) || !this.#due.has(id)) this.#due.set(id, now);
    for (const id of plan.fallback) if (!this.#due.has(id)) this.#giveGrace(id);
    for (const [id, at] of this.#wished) if (this.#due.has(id)) this.soon(id, Math.max(0, at - now));
    this.#wished.clear();
    // Who comes into sight does not wait as long as one of the rest.
    for (const id of plan.needed) {
      if (!this.#rests.isAlone(id)) this.#bringForward(id, now + plan.paces.neededMs);
    }
    this.#changed();
  }

  /** Polls a server after `ms` instead of at its turn; where it is not polled, as soon as the next plan has it polled. */
  soon(serverId: string, ms: number): void {
    if (!this.#due.has(serverId)) return void this.#wished.set(serverId, this.#clock.now() + ms);
    this.#awaited.add(serverId);
    this.#bringForward(serverId, this.#clock.now() + ms);
    this.#changed();
  }

  /** Polls all servers, one after the other; those whose sessions are tried again just now after their grace. */
  allNow(): void {
    const now = this.#clock.now();
    for (const id of this.#due.keys()) {
      if (this.#fallback.has(id)) this.#giveGrace(id);
      else this.#due.set(id, now);
    }
    this.#read.clear();
    this.#rests.startOver();
    this.#changed();
  }

  /** Sends nothing until then; `Infinity` until `resume`. */
  pauseUntil(time: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, time);
    this.#changed();
  }

  /** It waits for a time that the panel has named. */
  get isResting(): boolean {
    return this.#pausedUntil > this.#clock.now() && this.#pausedUntil !== Infinity;
  }

  resume(): void {
    this.#pausedUntil = 0;
    this.#changed();
  }

  stop(): void {
    this.#due.clear();
    this.#graced.clear();
    this.#polledAt.clear();
    this.#unread = [];
  }

  /** The first turn of those that are needed, or of the others; what is due comes before what is not yet. */
  #turn(isNeeded: boolean): Turn | null {
    if (this.#atOnce >= mostAtOnce) return null;
    const now = this.#clock.now();
    let first: { id: string; at: number; due: number } | null = null;
    for (const [id, due] of this.#due) {
      const isAwaited = this.#awaited.has(id);
      const isOfThese = (this.#plan.needed.has(id) || isAwaited) === isNeeded;
      if (!isOfThese || this.#busy.has(id) || this.#work.awaitsToken(id)) continue;
      const at = isAwaited ? due : Math.max(due, this.#rests.nextAt(id));
      // Of those that wait for their silent node the one comes that was asked for longest ago.
      if (first === null || at < first.at || (at === first.at && due < first.due)) first = { id, at, due };
    }
    const [unread] = this.#unread;
    const isReadsTurn = !isNeeded && unread !== undefined && (first === null || first.at > now);
    if (isReadsTurn) return { id: unread, at: Math.max(now, this.#pausedUntil), isRead: true };
    return first && { id: first.id, at: Math.max(first.at, this.#pausedUntil), isRead: false };
  }

  #source(isNeeded: boolean): CallSource {
    return {
      next: () => {
        const turn = this.#turn(isNeeded);
        return turn && { rank: isNeeded ? 'needed' : 'spare', at: turn.at };
      },
      send: () => {
        const turn = this.#turn(isNeeded);
        if (turn?.isRead === true) void this.#readOnce(turn.id);
        else if (turn !== null) void this.#poll(turn.id);
      },
    };
  }

  #paceOf(id: string, now: number): number {
    const { neededMs, restMs } = this.#plan.paces;
    if (this.#plan.needed.has(id)) return neededMs;
    const mayBeOld = now - (this.#polledAt.get(id) ?? -Infinity) < cachedMs;
    return mayBeOld ? Math.min(restMs, Math.max(neededMs, cachedMs)) : restMs;
  }

  #giveGrace(id: string): void {
    this.#due.set(id, this.#clock.now() + graceMs);
    this.#graced.add(id);
  }

  #bringForward(id: string, to: number): void {
    const due = this.#due.get(id);
    if (due !== undefined) this.#due.set(id, Math.min(due, to));
  }

  async #poll(id: string): Promise<void> {
    this.#busy.add(id);
    this.#graced.delete(id);
    this.#awaited.delete(id);
    const now = this.#clock.now();
    this.#due.set(id, now + this.#paceOf(id, now));
    this.#polledAt.set(id, now);
    this.#rests.asked(id, this.#plan.paces.neededMs);
    this.#learn(id, await this.#counted(() => this.#work.poll(id)));
    this.#busy.delete(id);
    this.#changed();
  }

  #learn(id: string, outcome: PollOutcome): void {
    if (outcome === 'failed' || !this.#due.has(id)) return;
    const now = this.#clock.now();
    const beside = this.#besides(id);
    if (outcome === 'seen') {
      if (this.#rests.seen(id)) for (const other of beside) this.#due.set(other, now);
    } else if (outcome === 'silent' && this.#rests.failed(id, beside)) {
      for (const other of beside) if (other !== id) this.#work.heldBack(other);
    } else {
      if (outcome === 'alone') this.#rests.failedAlone(id);
      if (!this.#rests.isAlone(id)) return;
      this.#due.set(id, now + Math.max(this.#paceOf(id, now), this.#rests.pauseOf(id)));
    }
  }

  /** Those of the same node that are polled. */
  #besides(id: string): string[] {
    const node = this.#work.nodeOf(id);
    return [...this.#due.keys()].filter((other) => this.#work.nodeOf(other) === node);
  }

  async #readOnce(id: string): Promise<void> {
    this.#unread.shift();
    const backOff = this.#read.get(id)?.backOff ?? new BackOff(rereads);
    const reading = { backOff, againAt: Infinity };
    this.#read.set(id, reading);
    if (!(await this.#counted(() => this.#work.read(id)))) {
      reading.againAt = this.#clock.now() + backOff.next();
    }
    this.#changed();
  }

  async #counted<T>(send: () => Promise<T>): Promise<T> {
    this.#atOnce += 1;
    try {
      return await send();
    } finally {
      this.#atOnce -= 1;
    }
  }
}
