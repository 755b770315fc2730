/**
 * One signal to many servers, one after the other with a pause between them. It lives in main: a window that closes
 * ends nothing. A server that fails is its own item's problem.
 */
import type { BulkItem, BulkRun, PowerSignal, Settings } from '../../bridge/domain.js';
import { PerchError, toProblem, type Problem } from '../../bridge/errors.js';
import { powerBlock } from '../../bridge/permissions.js';
import { Alarm } from '../fleet/alarm.js';
import { Paced } from '../fleet/paced.js';
import type { FleetStore } from '../fleet/store.js';
import type { Clock, Log } from '../ports.js';
import { outcomeOf, skipReason } from './bulk-outcome.js';
import { isUp, StoppedTogether } from './stopped-together.js';

export interface BulkPowerParts {
  store: Pick<FleetStore, 'state' | 'listen'>;
  clock: Clock;
  log: Log;
  settings: {
    readonly current: Pick<Settings, 'bulkPauseMs' | 'stoppedTogether'>;
    update(patch: Pick<Settings, 'stoppedTogether'>): Promise<unknown>;
  };
  sendPower(serverId: string, signal: PowerSignal): Promise<void>;
  newId(): string;
}

/** Windows are told at most this often. */
const tellEveryMs = 250;
/** Some ends come by the passing of time alone. */
const lookEveryMs = 10_000;
/** A panel that asks for a pause is asked again no sooner than this, and after that where it names no time. */
const limitPauseMs = { least: 1000, unnamed: 60_000 };

export class BulkPower {
  readonly #parts: BulkPowerParts;
  readonly #listeners = new Set<(run: BulkRun | null) => void>();
  readonly #news: Paced<BulkRun | null>;
  readonly #stopped: StoppedTogether;
  readonly #pause: Alarm;
  readonly #lookAgain: Alarm;
  #run: BulkRun | null = null;
  /** When the signal of a server went out. */
  readonly #sentAt = new Map<string, number>();
  /** The one whose signal is on its way to the node: its outcome is told by whether it gets there. */
  #sending: string | null = null;
  #isLookDue = false;
  #unlisten: () => void = () => undefined;

  constructor(parts: BulkPowerParts) {
    const { clock } = parts;
    this.#parts = parts;
    this.#pause = new Alarm(clock);
    this.#lookAgain = new Alarm(clock);
    this.#stopped = new StoppedTogether(parts);
    this.#news = new Paced(clock, tellEveryMs, (run) => {
      for (const listener of this.#listeners) listener(run);
    });
  }

  get current(): BulkRun | null {
    return this.#run;
  }

  /** Throws `conflict` while another one runs. */
  start(serverIds: readonly string[], signal: PowerSignal): void {
    if (this.#unfinished !== null) throw new PerchError(busy);
    const { clock, settings, store, newId } = this.#parts;
    const items = [...new Set(serverIds)].map((serverId): BulkItem => ({
      serverId,
      name: store.state.servers.get(serverId)?.name ?? '',
      outcome: 'waiting',
      problem: null,
    }));
    this.#sentAt.clear();
    this.#sending = null;
    this.#unlisten = store.listen(({ changes }) => {
      if (changes.some(({ kind }) => kind !== 'usage')) this.#lookSoon();
    });
    const id = newId();
    const pauseMs = settings.current.bulkPauseMs;
    const startedAt = clock.now();
    this.#set({
      ...{ id, signal, pauseMs, startedAt, items },
      ...{ nextAt: null, finishedAt: null, isCancelled: false },
    });
    void this.#work(id);
  }

  /**
   * Those that wait for their turn are left alone; what is sent is waited for. Where nobody waits for a turn any
   * more, this ends that waiting, too: a server may take ten minutes to stop.
   */
  cancel(): void {
    const run = this.#unfinished;
    if (run === null) return;
    this.#pause.clear();
    if (!run.items.some(isWaiting)) return this.#finish(run);
    const items = run.items.map((item) =>
      isWaiting(item) ? { ...item, outcome: 'cancelled' as const, problem: null } : item,
    );
    this.#set({ ...run, items, nextAt: null, isCancelled: true });
    this.#settle();
  }

  /** Puts the result of a finished one away. */
  dismiss(): void {
    if (this.#run !== null && this.#unfinished === null) this.#set(null);
  }

  /** Returns the function that ends listening. */
  listen(listener: (run: BulkRun | null) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Ends without a word: Perch quits. */
  stop(): void {
    this.#endWork();
    this.#stopped.stop();
    this.#run = null;
    this.#news.drop();
  }

  get #unfinished(): BulkRun | null {
    return this.#run?.finishedAt === null ? this.#run : null;
  }

  /** Goes on from server to server until the next one has to wait for its turn. */
  async #work(id: string): Promise<void> {
    for (let item = this.#nextItem(); item !== null; item = this.#nextItem()) {
      const pauseMs = await this.#send(id, item.serverId);
      if (this.#unfinished?.id !== id) return;
      // Only between two that really get a signal a pause makes sense.
      if (pauseMs === null || this.#nextItem() === null) continue;
      this.#set({ ...this.#unfinished, pauseMs, nextAt: this.#parts.clock.now() + pauseMs });
      this.#pause.set(pauseMs, () => void this.#work(id));
      return;
    }
    if (this.#unfinished !== null) this.#set({ ...this.#unfinished, nextAt: null });
    this.#settle();
  }

  /** The next one to get the signal; those before it that need none, or can't get it, are passed over. */
  #nextItem(): BulkItem | null {
    const run = this.#unfinished;
    if (run === null) return null;
    const { servers } = this.#parts.store.state;
    let next: BulkItem | null = null;
    const items = run.items.map((item) => {
      if (next !== null || !isWaiting(item)) return item;
      const server = servers.get(item.serverId);
      const problem = server === undefined ? null : skipReason(server, run.signal);
      if (problem !== null) return { ...item, outcome: 'skipped' as const, problem };
      next = item;
      return item;
    });
    this.#replace(run, items);
    return next;
  }

  /** Answers the pause that has to follow; null where nobody had to be asked. Never rejects. */
  async #send(id: string, serverId: string): Promise<number | null> {
    const run = this.#unfinished;
    if (run === null) return null;
    const { clock, settings, store, sendPower } = this.#parts;
    const { signal, startedAt } = run;
    const server = store.state.servers.get(serverId);
    const isPossible = server !== undefined && powerBlock(signal, server) === null;
    if (signal === 'stop' && isUp(server?.power)) this.#stopped.sent(startedAt, serverId);
    this.#sentAt.set(serverId, clock.now());
    this.#sending = serverId;
    this.#item(serverId, { outcome: 'sent', problem: null });
    let limitMs: number | null = null;
    try {
      await sendPower(serverId, signal);
    } catch (error) {
      const problem = toProblem(error);
      // Also after the end of the run: what it was believed to have stopped may be written already.
      if (problem.maybeDone !== true) this.#stopped.notSent(startedAt, serverId);
      if (this.#run?.id === id) limitMs = this.#refused(this.#run, serverId, problem);
    }
    if (this.#run?.id === id) {
      this.#sending = null;
      this.#look();
    }
    if (limitMs !== null) return Math.max(limitMs, settings.current.bulkPauseMs);
    return isPossible ? settings.current.bulkPauseMs : null;
  }

  /** What the panel's limiter refused gets another turn; answers how long to wait for it, null where there is none. */
  #refused(run: BulkRun, serverId: string, problem: Problem): number | null {
    const hasTurn = problem.code === 'rate-limited' && run.finishedAt === null && !run.isCancelled;
    this.#item(serverId, { outcome: hasTurn ? 'waiting' : 'failed', problem });
    if (!hasTurn) return null;
    const now = this.#parts.clock.now();
    return Math.max(limitPauseMs.least, (problem.retryAt ?? now + limitPauseMs.unnamed) - now);
  }

  /** A little later: of what changes together, only the last says how it is. */
  #lookSoon(): void {
    if (this.#isLookDue) return;
    this.#isLookDue = true;
    void Promise.resolve().then(() => {
      this.#isLookDue = false;
      this.#look();
    });
  }

  /** What became of those that have their signal. */
  #look(): void {
    const run = this.#unfinished;
    if (run === null) return;
    const { servers } = this.#parts.store.state;
    const now = this.#parts.clock.now();
    const items = run.items.map((item) => {
      const sentAt = this.#sentAt.get(item.serverId);
      if (item.outcome !== 'sent' || sentAt === undefined || item.serverId === this.#sending) return item;
      return outcomeOf(item, servers.get(item.serverId), { signal: run.signal, sentAt, now });
    });
    this.#replace(run, items);
    this.#settle();
  }

  #settle(): void {
    const run = this.#unfinished;
    if (run === null) return;
    if (!run.items.some((item) => isWaiting(item) || item.outcome === 'sent')) return this.#finish(run);
    if (!this.#lookAgain.isSet) this.#lookAgain.set(lookEveryMs, () => this.#look());
  }

  #finish(run: BulkRun): void {
    this.#endWork();
    this.#set({ ...run, nextAt: null, finishedAt: this.#parts.clock.now() });
    const { servers } = this.#parts.store.state;
    // Also those that were up before anything was sent to them.
    if (run.signal === 'start' || run.signal === 'restart') {
      const ids = run.items.map(({ serverId }) => serverId);
      this.#stopped.seenUp(ids.filter((serverId) => isUp(servers.get(serverId)?.power)));
    }
    this.#stopped.write();
  }

  #endWork(): void {
    this.#pause.clear();
    this.#lookAgain.clear();
    this.#unlisten();
  }

  #item(serverId: string, fields: Partial<BulkItem>): void {
    const run = this.#run;
    if (run === null) return;
    const items = run.items.map((item) => (item.serverId === serverId ? { ...item, ...fields } : item));
    this.#replace(run, items);
  }

  #replace(run: BulkRun, items: BulkItem[]): void {
    if (!items.some((item, index) => item !== run.items[index])) return;
    this.#set({ ...run, items });
  }

  #set(run: BulkRun | null): void {
    this.#run = run;
    this.#news.push(run);
  }
}

function isWaiting({ outcome }: BulkItem): boolean {
  return outcome === 'waiting';
}

const busy = {
  code: 'conflict',
  message: 'Another action on many servers is under way.',
  next: 'Wait until it is done, or cancel it.',
} as const;
