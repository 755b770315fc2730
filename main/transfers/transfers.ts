/**
 * The queue of files that Perch brings from nodes to this computer, and from here to nodes. Use:
 *
 *   const transfers = new Transfers({ clock, random, log, kept, disk, download, upload, panelOf, limit, newId });
 *   await transfers.start(ids)   reads the queue of the last run, removes its temporary files, continues
 *   transfers.add(wanted)        the file comes when it is its turn
 *   transfers.current, listen    every transfer, at most four times a second
 *   transfers.woke()             after a sleep, and when the network is back
 *   await transfers.stop()       ends attempts and removes their temporary files; the next run begins them again
 *
 * `transfer-queue.ts` decides, `kept-queue.ts` keeps the queue, `transfer-work.ts` does the work: `attempt.ts` fetches and
 * `upload-attempt.ts` sends, `placing.ts` and `upload-naming.ts` name the whole file.
 */
import { mostTransfers, type Transfer, type WantedTransfer } from '../../bridge/schema/transfers.js';
import { PerchError, newProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { Alarm } from '../base/alarm.js';
import { Watchable } from '../base/observable.js';
import { Throttle } from '../base/throttle.js';
import { KeptQueue, type KeptQueueDeps } from './kept-queue.js';
import { shownTransfer } from './shown-transfer.js';
import { nextAttemptAt, nextToBegin, sameTransfer, type QueueEvent } from './transfer-queue.js';
import { TransferWork, type TransferWorkDeps } from './transfer-work.js';

export interface TransfersDeps
  extends Omit<TransferWorkDeps, 'queue' | 'arrived' | 'ended'>, Pick<KeptQueueDeps, 'kept'> {
  readonly newId: () => string;
}

const lanes = { ofPanel: 2, ofNode: 1 };
/** Ms between two updates of the list. */
const tellEveryMs = 250;
const tickMs = 1000;

export class Transfers extends Watchable<readonly Transfer[]> {
  #isRunning = false;
  #started: Promise<void> | null = null;
  readonly #queue: KeptQueue;
  readonly #work: TransferWork;
  readonly #nextAttempt: Alarm;
  /** Reports the speed also while no bytes arrive. */
  readonly #tick: Alarm;
  readonly #told: Throttle<null>;

  constructor(private readonly deps: TransfersDeps) {
    super([]);
    const { clock } = deps;
    const changed = (): void => this.#told.push(null);
    this.#nextAttempt = new Alarm(clock);
    this.#tick = new Alarm(clock);
    this.#told = new Throttle({ clock, everyMs: tellEveryMs, pass: () => this.#tell() });
    this.#queue = new KeptQueue({ ...deps, changed });
    this.#work = new TransferWork({
      ...deps,
      queue: this.#queue,
      arrived: changed,
      ended: () => this.#proceed(),
    });
  }

  /** `accounts` = ids of the known accounts; transfers of others are removed. */
  start(accounts: readonly string[]): Promise<void> {
    return (this.#started ??= this.#start(accounts));
  }

  async stop(): Promise<void> {
    await this.#started;
    this.#isRunning = false;
    this.#nextAttempt.clear();
    this.#tick.clear();
    this.#told.drop();
    await this.#work.stop();
    await this.#queue.idle();
  }

  /** Adds a transfer, or names the unfinished one of this source and folder. Rejects with `PerchError`. */
  async add({ target, ...wanted }: WantedTransfer): Promise<string> {
    const { clock, newId } = this.deps;
    await this.#started;
    const same = sameTransfer(this.#queue.all, { source: wanted.source, ...target });
    if (same !== undefined) return same.id;
    if (this.#queue.all.length >= mostTransfers) {
      throw new PerchError(newProblem('conflict', sentence('transfers.too-many')));
    }
    const id = newId();
    await this.#queue.add({
      ...wanted,
      ...target,
      id,
      addedAt: clock.wall(),
      stage: 'waiting',
      placed: null,
      mismatches: 0,
      problem: null,
    });
    this.#proceed();
    return id;
  }

  pause(id: string): void {
    this.#event({ kind: 'paused', id });
  }

  resume(id: string): void {
    this.#event({ kind: 'resumed', id });
  }

  /** Tries again at once. */
  retry(id: string): void {
    this.#work.pauses.forget(id);
    this.#event({ kind: 'retried', id });
  }

  /** Ends a transfer and removes its temporary file; an ended one leaves the list. */
  async cancel(id: string): Promise<void> {
    if (this.#queue.find(id) === undefined) return;
    await this.#queue.save({ kind: 'cancelled', id });
    this.#proceed();
  }

  /** The folder of the file; null = the transfer is not in the list. */
  folderOf(id: string): string | null {
    return this.#queue.find(id)?.folder ?? null;
  }

  accountGone(accountId: string): void {
    this.#event({ kind: 'account-gone', accountId });
  }

  woke(): void {
    this.#work.pauses.forgetAll();
    for (const { meter } of this.#work.running.values()) meter.reset();
    this.#event({ kind: 'woke' });
  }

  async #start(accounts: readonly string[]): Promise<void> {
    await this.#queue.load(accounts);
    for (const one of this.#queue.all) if (one.placed === null) await this.#work.removePart(one);
    this.#isRunning = true;
    this.#told.push(null);
    this.#proceed();
  }

  #event(event: QueueEvent): void {
    this.#queue.save(event).catch(() => undefined);
    this.#proceed();
  }

  /**
   * Carries out the decisions of the queue: begins, holds and ends attempts.
   *
   * Reads the clock once: between two readings the time of an attempt could pass, and the attempt would neither begin
   * nor get a timer.
   */
  #proceed(): void {
    if (!this.#isRunning) return;
    const now = this.deps.clock.now();
    for (const one of this.#queue.all) this.#work.obey(one);
    for (const id of nextToBegin(this.#queue.all, lanes, now)) {
      // The end of an attempt comes here again.
      if (this.#work.isFree(id)) this.#begin(id);
    }
    const next = nextAttemptAt(this.#queue.all, now);
    if (next === null) this.#nextAttempt.clear();
    else this.#nextAttempt.set(next - now, () => this.#proceed());
  }

  #begin(id: string): void {
    this.#queue.take({ kind: 'began', id });
    const one = this.#queue.find(id);
    if (one !== undefined) this.#work.begin(one);
  }

  #tell(): void {
    const now = this.deps.clock.now();
    const { running } = this.#work;
    if (running.size > 0) this.#tick.set(tickMs, () => this.#told.push(null));
    this.set(this.#queue.all.flatMap((one) => shownTransfer(one, running.get(one.id) ?? null, now) ?? []));
  }
}
