import type { Clock } from '../../base/ports.js';
import { BackOff } from '../../base/back-off.js';
import type { CallSource } from './call-pacer.js';
import { SilentNodes, type SilentNodesDeps, type PollOutcome } from './silent-nodes.js';
import type { WatchPlan } from './watch-plan.js';

/** Most requests at a time: a node that hangs holds a request for 15 s (PROTOCOL 3.2). */
const mostAtOnce = 6;
/** Ms in which the panel may repeat its last answer from its cache (PROTOCOL 2.3). */
const cachedMs = 21_000;
/** Ms for a lost session to come back before the server is polled. */
const graceMs = 10_000;
/** Pauses in ms after a failed single read, while the plan still asks for the read. */
const rereads = { firstMs: 60_000, longestMs: 3_600_000 };

export type PollPlan = Pick<WatchPlan, 'polled' | 'fallback' | 'unread' | 'needed' | 'paces'>;

export interface PollWork extends Pick<SilentNodesDeps, 'nodeOf' | 'isLive'> {
  /** Polls the usage of one server. Never rejects. */
  poll(serverId: string): Promise<PollOutcome>;
  /**
   * The server's node does not answer, so the server is not polled and gets the problem of a polled server on that
   * node.
   */
  heldBack(serverId: string): void;
  /** Reads one server once. Resolves with false on failure. Never rejects. */
  read(serverId: string): Promise<boolean>;
}

export interface PollTurns {
  /** The next turn may be another turn or earlier. */
  changed(): void;
  /** True if the server's session waits for a token in its turn. A token brings more than a poll at the same cost. */
  awaitsToken(serverId: string): boolean;
}

/** A server that the plan polls. Times are monotonic. */
interface Polled {
  due: number;
  lastAt: number;
  /** Not polled so far, because its lost session may come back. */
  isGraced: boolean;
  /** A signal is pending, so the user waits for the state. */
  isAwaited: boolean;
}

/** Background requests of one account for single servers: polls when due, single reads in between. */
export class Poller {
  /** Two sources, so that needed servers never hide the others. */
  readonly sources: readonly CallSource[] = [this.#source(true), this.#source(false)];
  readonly #polled = new Map<string, Polled>();
  /** Running polls. */
  readonly #busy = new Set<string>();
  /** Servers whose session is lost or still connecting. */
  #fallback: ReadonlySet<string> = new Set();
  /** Requested poll times of servers that no plan polls yet, by server id. */
  readonly #wished = new Map<string, number>();
  #unread: string[] = [];
  /** Attempted reads, by server id. `againAt` = time of the next attempt after a failure; Infinity otherwise. */
  readonly #read = new Map<string, { readonly backOff: BackOff; againAt: number }>();
  #plan: Pick<PollPlan, 'needed' | 'paces'> = {
    needed: new Set(),
    paces: { neededMs: 30_000, restMs: 30_000 },
  };
  readonly #rests: SilentNodes;
  #atOnce = 0;
  #pausedUntil = 0;

  constructor(
    private readonly clock: Clock,
    private readonly work: PollWork,
    private readonly turns: PollTurns,
  ) {
    this.#rests = new SilentNodes({
      clock,
      nodeOf: (id) => work.nodeOf(id),
      isLive: (node) => work.isLive(node),
    });
  }

  follow(plan: PollPlan): void {
    const now = this.clock.now();
    this.#plan = plan;
    this.#fallback = new Set(plan.fallback);
    this.#unread = plan.unread.filter((id) => (this.#read.get(id)?.againAt ?? 0) <= now);
    const wanted = new Set([...plan.polled, ...plan.fallback]);
    for (const id of this.#polled.keys()) if (!wanted.has(id)) this.#polled.delete(id);
    for (const id of plan.polled)
      if (this.#polled.get(id)?.isGraced !== false) this.#dueAt(id, now, { isGraced: false });
    for (const id of plan.fallback)
      if (!this.#polled.has(id)) this.#dueAt(id, now + graceMs, { isGraced: true });
    for (const [id, at] of this.#wished) if (this.#polled.has(id)) this.soon(id, Math.max(0, at - now));
    this.#wished.clear();
    // A server that becomes visible waits for its shorter interval only.
    for (const id of plan.needed) {
      if (!this.#rests.isAlone(id)) this.#bringForward(id, now + plan.paces.neededMs);
    }
    this.turns.changed();
  }

  /**
   * Polls a server after `ms` instead of in its turn. A server that is not polled yet waits for the next plan that
   * polls it.
   */
  soon(serverId: string, ms: number): void {
    const polled = this.#polled.get(serverId);
    if (polled === undefined) return void this.#wished.set(serverId, this.clock.now() + ms);
    polled.isAwaited = true;
    this.#bringForward(serverId, this.clock.now() + ms);
    this.turns.changed();
  }

  /** Polls all servers, one after the other. Servers whose session is reconnecting get their grace time first. */
  allNow(): void {
    const now = this.clock.now();
    for (const id of this.#polled.keys()) {
      const isGraced = this.#fallback.has(id);
      this.#dueAt(id, isGraced ? now + graceMs : now, { isGraced });
    }
    this.#read.clear();
    this.#rests.startOver();
    this.turns.changed();
  }

  /** Sends no poll until `time`; `Infinity` = until `resume`. */
  pauseUntil(time: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, time);
    this.turns.changed();
  }

  /** True during a pause with an end time from the panel. */
  get isResting(): boolean {
    return this.#pausedUntil > this.clock.now() && this.#pausedUntil !== Infinity;
  }

  resume(): void {
    this.#pausedUntil = 0;
    this.turns.changed();
  }

  stop(): void {
    this.#polled.clear();
    this.#unread = [];
  }

  /** The next turn, either of needed servers or of the others. A single read goes out while no poll is due. */
  #turn(isNeeded: boolean): { id: string; at: number; isRead: boolean } | null {
    if (this.#atOnce >= mostAtOnce) return null;
    const now = this.clock.now();
    let first: { id: string; at: number; due: number } | null = null;
    for (const [id, { due, isAwaited }] of this.#polled) {
      const isOfThese = (this.#plan.needed.has(id) || isAwaited) === isNeeded;
      if (!isOfThese || this.#busy.has(id) || this.turns.awaitsToken(id)) continue;
      const at = isAwaited ? due : Math.max(due, this.#rests.nextAt(id));
      // Of several servers on a silent node, the server with the oldest poll comes first.
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
    const mayBeOld = now - (this.#polled.get(id)?.lastAt ?? -Infinity) < cachedMs;
    return mayBeOld ? Math.min(restMs, Math.max(neededMs, cachedMs)) : restMs;
  }

  #dueAt(id: string, due: number, changes: Partial<Polled> = {}): void {
    const before = this.#polled.get(id) ?? { lastAt: -Infinity, isGraced: false, isAwaited: false };
    this.#polled.set(id, { ...before, ...changes, due });
  }

  #bringForward(id: string, to: number): void {
    const polled = this.#polled.get(id);
    if (polled !== undefined) polled.due = Math.min(polled.due, to);
  }

  async #poll(id: string): Promise<void> {
    this.#busy.add(id);
    const now = this.clock.now();
    const due = now + this.#paceOf(id, now);
    this.#dueAt(id, due, { lastAt: now, isGraced: false, isAwaited: false });
    this.#rests.asked(id, this.#plan.paces.neededMs);
    this.#learn(id, await this.#counted(() => this.work.poll(id)));
    this.#busy.delete(id);
    this.turns.changed();
  }

  #learn(id: string, outcome: PollOutcome): void {
    if (outcome === 'failed' || !this.#polled.has(id)) return;
    const now = this.clock.now();
    const beside = this.#besides(id);
    if (outcome === 'seen') {
      if (this.#rests.seen(id)) for (const other of beside) this.#dueAt(other, now);
    } else if (outcome === 'silent' && this.#rests.failed(id, beside)) {
      for (const other of beside) if (other !== id) this.work.heldBack(other);
    } else {
      if (outcome === 'alone') this.#rests.failedAlone(id);
      if (!this.#rests.isAlone(id)) return;
      this.#dueAt(id, now + Math.max(this.#paceOf(id, now), this.#rests.pauseOf(id)));
    }
  }

  /** Polled servers on the same node, this server included. */
  #besides(id: string): string[] {
    const node = this.work.nodeOf(id);
    return [...this.#polled.keys()].filter((other) => this.work.nodeOf(other) === node);
  }

  async #readOnce(id: string): Promise<void> {
    this.#unread.shift();
    const backOff = this.#read.get(id)?.backOff ?? new BackOff(rereads);
    const reading = { backOff, againAt: Infinity };
    this.#read.set(id, reading);
    if (!(await this.#counted(() => this.work.read(id)))) {
      reading.againAt = this.clock.now() + backOff.next();
    }
    this.turns.changed();
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
