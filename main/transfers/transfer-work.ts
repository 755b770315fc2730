/**
 * What is done for the transfers of the queue, one thing at a time for each: an attempt, a name, or the removal of a
 * temporary file.
 */
import type { Clock, Log, Random } from '../base/ports.js';
import { Attempt, type AttemptDeps } from './attempt.js';
import type { KeptQueue } from './kept-queue.js';
import { Pacer, type PacerDeps } from './pacer.js';
import { Placing } from './placing.js';
import { RateMeter } from './rate-meter.js';
import { RetryPauses } from './retry-pauses.js';
import { transferFailure, type TransferFailure } from './transfer-failures.js';
import type { QueuedTransfer } from './transfer-queue.js';

export interface TransferWorkDeps extends Omit<AttemptDeps, 'pacer' | 'arrived'>, Pick<PacerDeps, 'limit'> {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly queue: KeptQueue;
  /** Called for each part that arrives. */
  readonly arrived: () => void;
  /** Called when the work for a transfer has ended. */
  readonly ended: () => void;
}

/** An attempt that runs, or that a person paused. */
export interface RunningAttempt {
  readonly attempt: Attempt;
  readonly meter: RateMeter;
  bytes: number;
}

export class TransferWork {
  readonly running = new Map<string, RunningAttempt>();
  readonly pauses: RetryPauses;
  /** Ids of transfers for which something is done. */
  readonly #busy = new Set<string>();
  readonly #works = new Set<Promise<void>>();
  /** Cancelled transfers whose folder is away. */
  readonly #unreachable = new Set<string>();
  readonly #pacer: Pacer;
  readonly #placing: Placing;

  constructor(private readonly deps: TransferWorkDeps) {
    const { queue } = deps;
    this.pauses = new RetryPauses(deps);
    this.#pacer = new Pacer(deps);
    this.#placing = new Placing(deps.disk, {
      saved: (event) => queue.save(event),
      isPlacing: (id) => queue.find(id)?.stage === 'placing',
    });
  }

  /** Ends all attempts. Resolves when nothing is done any more. */
  async stop(): Promise<void> {
    for (const { attempt } of this.running.values()) attempt.abort();
    await Promise.all(this.#works);
  }

  /** Removes the temporary file that an earlier run left. Never rejects. */
  async removePart(one: QueuedTransfer): Promise<void> {
    await this.#placing.removePart(one);
  }

  /** Does what the stage of a transfer asks for, except the beginning of an attempt. */
  obey(one: QueuedTransfer): void {
    const running = this.running.get(one.id);
    if (one.stage === 'cancelled') {
      if (running !== undefined) running.attempt.abort();
      else if (!this.#unreachable.has(one.id)) this.#follow(one.id, () => this.#clear(one));
    } else if (one.stage === 'paused') {
      running?.attempt.gate.close();
    } else if (one.stage === 'placing') {
      this.#follow(one.id, () => this.#placing.finish(one));
    }
  }

  /** Whether `begin` may be called now. If not, `ended` is called later. */
  isFree(id: string): boolean {
    return this.running.has(id) || !this.#busy.has(id);
  }

  /** Begins an attempt, or goes on with one that was paused. */
  begin(one: QueuedTransfer): void {
    const held = this.running.get(one.id);
    if (held === undefined) return this.#follow(one.id, () => this.#fetch(one));
    held.meter.reset();
    held.attempt.gate.open();
  }

  /** Does work for a transfer that has none. */
  #follow(id: string, run: () => Promise<void>): void {
    if (this.#busy.has(id)) return;
    this.#busy.add(id);
    const work: Promise<void> = run()
      .catch((error: unknown) => this.#broke(id, transferFailure(error)))
      .finally(() => {
        this.#busy.delete(id);
        this.#works.delete(work);
        this.deps.ended();
      });
    this.#works.add(work);
  }

  async #fetch(one: QueuedTransfer): Promise<void> {
    const { clock } = this.deps;
    const meter = new RateMeter();
    const arrived = (bytes: number): void => {
      running.bytes = bytes;
      meter.note(clock.now(), bytes);
      this.deps.arrived();
    };
    const attempt = new Attempt({ ...this.deps, pacer: this.#pacer, arrived }, one);
    const running: RunningAttempt = { attempt, meter, bytes: 0 };
    this.running.set(one.id, running);
    try {
      const whole = await attempt.run();
      await this.#placing.place(one, whole);
      this.pauses.forget(one.id);
    } catch (error) {
      if (!attempt.isAborted) throw error;
      // Ended by a person, or by the end of Perch.
    } finally {
      this.running.delete(one.id);
    }
  }

  /** What can't be removed now is tried again at the next start. */
  async #clear(one: QueuedTransfer): Promise<void> {
    this.pauses.forget(one.id);
    if (!(await this.#placing.removePart(one))) this.#unreachable.add(one.id);
    else await this.deps.queue.save({ kind: 'removed', id: one.id }).catch(() => undefined);
  }

  #broke(id: string, failure: TransferFailure): void {
    const { message, code } = failure.problem;
    this.deps.log.warn('transfers.broke', { message: message.id, code });
    const retryAt = this.pauses.retryAt(id, failure);
    this.deps.queue.save({ kind: 'broke', id, failure, retryAt }).catch(() => undefined);
  }
}
