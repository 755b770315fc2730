/**
 * The queue of files that Perch brings from nodes to this computer. Use:
 *
 *   const transfers = new Transfers({ clock, random, log, kept, disk, download, limit, newId });
 *   await transfers.start(ids)   reads the queue of the last run, removes its temporary files, goes on
 *   transfers.add(wanted)        the file comes when it is its turn
 *   transfers.current, listen    every transfer, at most four times a second
 *   transfers.woke()             after a sleep, and when the network is back
 *   await transfers.stop()       ends attempts and removes their temporary files; the next run begins them again
 *
 * `transfer-queue.ts` decides, `attempt.ts` fetches, `placing.ts` names the whole file.
 */
import {
  mostTransfers,
  type Transfer,
  type TransferRecord,
  type WantedTransfer,
} from '../../bridge/schema/transfers.js';
import { PerchError, newProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { Alarm } from '../base/alarm.js';
import type { Clock, Log, Random, TransferStore } from '../base/ports.js';
import { Watchable } from '../base/observable.js';
import { Throttle } from '../base/throttle.js';
import { Attempt, type AttemptDeps } from './attempt.js';
import { Pacer, type PacerDeps } from './pacer.js';
import { Placing } from './placing.js';
import { RateMeter } from './rate-meter.js';
import { RetryPauses } from './retry-pauses.js';
import { shownTransfer } from './shown-transfer.js';
import { transferFailure, type TransferFailure } from './transfer-failures.js';
import {
  afterEvent,
  beyond,
  isSameQueue,
  nextAttemptAt,
  nextToBegin,
  recordsOf,
  restoredQueue,
  sameTransfer,
  type QueueEvent,
  type QueuedTransfer,
  type TransferQueue,
} from './transfer-queue.js';

export interface TransfersDeps extends Pick<AttemptDeps, 'disk' | 'download'>, Pick<PacerDeps, 'limit'> {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** The queue of the last run. */
  readonly kept: TransferStore;
  readonly newId: () => string;
}

const lanes = { ofPanel: 2, ofNode: 1 };
/** Ms between two updates of the list. */
const tellEveryMs = 250;
const tickMs = 1000;
/** Finished transfers that the list keeps. */
const keptDone = 20;

/** An attempt that runs, or that a person paused. */
interface Running {
  readonly attempt: Attempt;
  readonly meter: RateMeter;
  bytes: number;
}

export class Transfers extends Watchable<readonly Transfer[]> {
  #queue: TransferQueue = [];
  #isRunning = false;
  readonly #running = new Map<string, Running>();
  /** Transfers for which something is done: an attempt, a name, or the removal of a temporary file. */
  readonly #following = new Set<string>();
  /** Cancelled transfers whose folder is away. */
  readonly #unreachable = new Set<string>();
  /** Work that `stop` waits for. */
  readonly #work = new Set<Promise<void>>();
  readonly #pauses: RetryPauses;
  readonly #nextAttempt: Alarm;
  /** Tells the speed also while nothing arrives. */
  readonly #tick: Alarm;
  #started: Promise<void> | null = null;
  #saving: Promise<void> = Promise.resolve();
  readonly #pacer: Pacer;
  readonly #placing: Placing;
  readonly #told: Throttle<null>;

  constructor(private readonly deps: TransfersDeps) {
    super([]);
    const { clock } = deps;
    this.#nextAttempt = new Alarm(clock);
    this.#tick = new Alarm(clock);
    this.#pacer = new Pacer(deps);
    this.#pauses = new RetryPauses(deps);
    this.#placing = new Placing(deps.disk, {
      saved: (event) => this.#saved(event),
      isPlacing: (id) => this.#find(id)?.stage === 'placing',
    });
    this.#told = new Throttle({ clock, everyMs: tellEveryMs, pass: () => this.#tell() });
  }

  /** `accounts` = ids of those that are known; what others began is removed. */
  start(accounts: readonly string[]): Promise<void> {
    return (this.#started ??= this.#start(accounts));
  }

  async stop(): Promise<void> {
    await this.#started;
    this.#isRunning = false;
    this.#nextAttempt.clear();
    this.#tick.clear();
    this.#told.drop();
    for (const { attempt } of this.#running.values()) attempt.abort();
    await Promise.all(this.#work);
    await this.#saving;
  }

  /** Adds a transfer, or names the unfinished one of this source and folder. Rejects with `PerchError`. */
  async add({ target, ...wanted }: WantedTransfer): Promise<string> {
    const { clock, newId } = this.deps;
    await this.#started;
    const same = sameTransfer(this.#queue, { source: wanted.source, folder: target.folder });
    if (same !== undefined) return same.id;
    if (this.#queue.length >= mostTransfers) {
      throw new PerchError(newProblem('conflict', sentence('transfers.too-many')));
    }
    const transfer: TransferRecord = {
      ...wanted,
      ...target,
      id: newId(),
      addedAt: clock.wall(),
      stage: 'waiting',
      placed: null,
      mismatches: 0,
      problem: null,
    };
    try {
      await this.#saved({ kind: 'added', transfer });
    } catch (error) {
      this.#take({ kind: 'removed', id: transfer.id });
      throw error;
    }
    this.#proceed();
    return transfer.id;
  }

  pause(id: string): void {
    this.#event({ kind: 'paused', id });
  }

  resume(id: string): void {
    this.#event({ kind: 'resumed', id });
  }

  /** Tries again at once. */
  retry(id: string): void {
    this.#pauses.forget(id);
    this.#event({ kind: 'retried', id });
  }

  /** Ends a transfer and removes its temporary file; an ended one leaves the list. */
  async cancel(id: string): Promise<void> {
    if (this.#find(id) === undefined) return;
    await this.#saved({ kind: 'cancelled', id });
    this.#proceed();
  }

  /** The folder of the file; null = the transfer is not in the list. */
  folderOf(id: string): string | null {
    return this.#find(id)?.folder ?? null;
  }

  accountGone(accountId: string): void {
    this.#event({ kind: 'account-gone', accountId });
  }

  woke(): void {
    this.#pauses.forgetAll();
    for (const { meter } of this.#running.values()) meter.reset();
    this.#event({ kind: 'woke' });
  }

  async #start(accounts: readonly string[]): Promise<void> {
    this.#queue = restoredQueue(await this.deps.kept.load(), accounts);
    for (const one of this.#queue) if (one.placed === null) await this.#placing.removePart(one);
    this.#isRunning = true;
    this.#told.push(null);
    this.#proceed();
  }

  #event(event: QueueEvent): void {
    this.#saved(event).catch(() => undefined);
    this.#proceed();
  }

  #find(id: string): QueuedTransfer | undefined {
    return this.#queue.find((one) => one.id === id);
  }

  #take(event: QueueEvent): void {
    this.#queue = afterEvent(this.#queue, event);
    this.#told.push(null);
  }

  /** Takes an event, and resolves when the queue is on disk. Rejects with `PerchError`. */
  async #saved(event: QueueEvent): Promise<void> {
    const before = this.#queue;
    this.#take(event);
    for (const id of beyond(this.#queue, keptDone)) this.#take({ kind: 'removed', id });
    if (isSameQueue(before, this.#queue)) return;
    try {
      const saving = this.deps.kept.save(recordsOf(this.#queue));
      this.#saving = saving.catch(() => undefined);
      await saving;
    } catch (error) {
      this.deps.log.warn('transfers.not-saved', { event: event.kind });
      throw error;
    }
  }

  /**
   * Carries out what the queue says: begins, holds and ends attempts.
   *
   * One look at the clock: with two of them, an attempt whose time comes in between would neither begin nor be waited for.
   */
  #proceed(): void {
    if (!this.#isRunning) return;
    const now = this.deps.clock.now();
    for (const one of this.#queue) this.#obey(one);
    for (const id of nextToBegin(this.#queue, lanes, now)) {
      // The end of an attempt comes here again.
      if (this.#running.has(id) || !this.#following.has(id)) this.#begin(id);
    }
    const next = nextAttemptAt(this.#queue, now);
    if (next === null) this.#nextAttempt.clear();
    else this.#nextAttempt.set(next - now, () => this.#proceed());
  }

  #obey(one: QueuedTransfer): void {
    const running = this.#running.get(one.id);
    if (one.stage === 'cancelled') {
      if (running !== undefined) running.attempt.abort();
      else if (!this.#unreachable.has(one.id)) this.#follow(one.id, () => this.#clear(one));
    } else if (one.stage === 'paused') {
      running?.attempt.gate.close();
    } else if (one.stage === 'placing') {
      this.#follow(one.id, () => this.#placing.finish(one));
    }
  }

  /** Begins an attempt, or goes on with one that was paused. */
  #begin(id: string): void {
    this.#take({ kind: 'began', id });
    const one = this.#find(id);
    if (one === undefined) return;
    const held = this.#running.get(id);
    if (held === undefined) return this.#follow(id, () => this.#fetch(one));
    held.meter.reset();
    held.attempt.gate.open();
  }

  /** Does work for a transfer that has none. */
  #follow(id: string, run: () => Promise<void>): void {
    if (this.#following.has(id)) return;
    this.#following.add(id);
    const work: Promise<void> = run()
      .catch((error: unknown) => this.#broke(id, transferFailure(error)))
      .finally(() => {
        this.#following.delete(id);
        this.#work.delete(work);
        this.#proceed();
      });
    this.#work.add(work);
  }

  async #fetch(one: QueuedTransfer): Promise<void> {
    const { clock } = this.deps;
    const meter = new RateMeter();
    const arrived = (bytes: number): void => {
      running.bytes = bytes;
      meter.note(clock.now(), bytes);
      this.#told.push(null);
    };
    const attempt = new Attempt({ ...this.deps, pacer: this.#pacer, arrived }, one);
    const running: Running = { attempt, meter, bytes: 0 };
    this.#running.set(one.id, running);
    try {
      const whole = await attempt.run();
      await this.#placing.place(one, whole);
      this.#pauses.forget(one.id);
    } catch (error) {
      if (!attempt.isAborted) throw error;
      // Ended by a person, or by the end of Perch.
    } finally {
      this.#running.delete(one.id);
    }
  }

  /** What can't be removed now is tried again at the next start. */
  async #clear(one: QueuedTransfer): Promise<void> {
    this.#pauses.forget(one.id);
    if (!(await this.#placing.removePart(one))) this.#unreachable.add(one.id);
    else await this.#saved({ kind: 'removed', id: one.id }).catch(() => undefined);
  }

  #broke(id: string, failure: TransferFailure): void {
    const { message, code } = failure.problem;
    this.deps.log.warn('transfers.broke', { message: message.id, code });
    const retryAt = this.#pauses.retryAt(id, failure);
    this.#saved({ kind: 'broke', id, failure, retryAt }).catch(() => undefined);
  }

  #tell(): void {
    const now = this.deps.clock.now();
    if (this.#running.size > 0) this.#tick.set(tickMs, () => this.#told.push(null));
    this.set(this.#queue.flatMap((one) => shownTransfer(one, this.#running.get(one.id) ?? null, now) ?? []));
  }
}
