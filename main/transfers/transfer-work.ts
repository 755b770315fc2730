/**
 * The work for the transfers of the queue, one step at a time for each: an attempt, a name, or the removal of a
 * temporary file.
 */
import type { Clock, Log, Random } from '../base/ports.js';
import { Attempt, type AttemptDeps } from './attempt.js';
import { FolderArchives } from './folder-archives.js';
import { FolderAttempt, type FolderAttemptDeps } from './folder-attempt.js';
import type { KeptQueue } from './kept-queue.js';
import { NodeLeftovers, mayLeave } from './node-leftovers.js';
import { PackedUpload, type PackedUploadDeps } from './packed-upload.js';
import { Pacer, type PacerDeps } from './pacer.js';
import { Placing } from './placing.js';
import { RateMeter } from './rate-meter.js';
import { RetryPauses } from './retry-pauses.js';
import { transferFailure, type TransferFailure } from './transfer-failures.js';
import { isFolder, isPacked, isUpload, type QueuedTransfer } from './transfer-kinds.js';
import type { TransferPanelOf } from './transfer-panel.js';
import type { QueueEvent, TransferNote } from './transfer-queue.js';
import { UploadAttempt, type SentFile, type UploadAttemptDeps } from './upload-attempt.js';
import { UploadNaming } from './upload-naming.js';

/** Ms after which Perch tries again to remove the remains of a cancelled upload from a node. */
const clearAgainMs = 60_000;
/** Ms for which the end of Perch waits for answers of panels. */
const farewellMs = 2000;

export interface TransferWorkDeps
  extends
    Omit<AttemptDeps, 'pacer' | 'arrived'>,
    Pick<UploadAttemptDeps, 'upload' | 'sftp'>,
    Pick<FolderAttemptDeps, 'unpack' | 'holdsOnly' | 'localTree'>,
    Pick<PackedUploadDeps, 'limitOf'>,
    Pick<PacerDeps, 'limit'> {
  readonly panelOf: TransferPanelOf;
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
  readonly attempt: Attempt | UploadAttempt | PackedUpload;
  readonly meter: RateMeter;
  bytes: number;
}

export class TransferWork {
  readonly running = new Map<string, RunningAttempt>();
  readonly pauses: RetryPauses;
  /** Ids of transfers with work in progress. */
  readonly #busy = new Set<string>();
  readonly #works = new Set<Promise<void>>();
  /** Transfers whose folder or panel is away, so that nothing can be removed there. */
  readonly #unreachable = new Set<string>();
  readonly #pacer: Pacer;
  readonly #placing: Placing;
  readonly #naming: UploadNaming;
  readonly #archives: FolderArchives;
  readonly #leftovers: NodeLeftovers;

  constructor(private readonly deps: TransferWorkDeps) {
    const { queue } = deps;
    this.pauses = new RetryPauses(deps);
    this.#pacer = new Pacer(deps);
    const saved = (event: QueueEvent): Promise<void> => queue.save(event);
    this.#naming = new UploadNaming(deps.panelOf, saved);
    this.#archives = new FolderArchives({ ...deps, saved, find: (id) => queue.find(id) });
    this.#leftovers = new NodeLeftovers({ ...deps, archives: this.#archives, naming: this.#naming });
    this.#placing = new Placing(deps.disk, {
      saved,
      isPlacing: (id) => queue.find(id)?.stage === 'placing',
    });
  }

  /**
   * Ends all attempts. Resolves when all work has ended, or when a panel does not answer soon. The next start continues
   * the work that waits for the answer.
   */
  async stop(): Promise<void> {
    for (const { attempt } of this.running.values()) attempt.abort();
    let cancel = (): void => undefined;
    const late = new Promise<void>((resolve) => (cancel = this.deps.clock.after(farewellMs, resolve)));
    await Promise.race([Promise.all(this.#works), late]);
    cancel();
  }

  /** Removes the temporary file that an earlier run left. Never rejects. */
  async removePart(one: QueuedTransfer): Promise<void> {
    // The next attempt of an upload replaces the file on the node.
    if (isUpload(one) || isPacked(one)) this.#leftovers.sent(one);
    else await this.#placing.removePart(one);
  }

  /** Carries out the stage of a transfer, except the beginning of an attempt. */
  obey(one: QueuedTransfer): void {
    const running = this.running.get(one.id);
    if (one.stage === 'cancelled') {
      if (running !== undefined) running.attempt.abort();
      else if (!this.#unreachable.has(one.id)) this.#follow(one.id, () => this.#clear(one));
    } else if (one.stage === 'paused') {
      running?.attempt.gate.close();
    } else if (this.#leftovers.isLeft(one) && !this.#unreachable.has(one.id)) {
      this.#follow(one.id, () => this.#leave(one));
    } else if (one.stage === 'placing') {
      this.#follow(one.id, () => (isUpload(one) ? this.#naming.finish(one) : this.#placing.finish(one)));
    }
  }

  /** Whether `begin` may be called now. If not, `ended` is called later. */
  isFree(id: string): boolean {
    return this.running.has(id) || !this.#busy.has(id);
  }

  /** Begins an attempt, or continues a paused attempt. */
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
    const attempt = this.#attempt(one, arrived);
    const running: RunningAttempt = { attempt, meter, bytes: 0 };
    this.running.set(one.id, running);
    this.#leftovers.sent(one);
    try {
      if (attempt instanceof Attempt) await this.#placing.place(one, await attempt.run());
      else await this.#arrived(one, one.placed === null ? await attempt.run() : heldFile(one));
      this.pauses.forget(one.id);
    } catch (error) {
      if (!attempt.isAborted) throw error;
      // Ended by a person, or by the end of Perch.
    } finally {
      this.running.delete(one.id);
    }
  }

  #attempt(one: QueuedTransfer, arrived: (bytes: number) => void): RunningAttempt['attempt'] {
    const { queue } = this.deps;
    const deps = {
      ...this.deps,
      naming: this.#naming,
      archives: this.#archives,
      pacer: this.#pacer,
      saved: (event: QueueEvent) => queue.save(event),
      noted: (id: string, note: TransferNote) => queue.save({ kind: 'noted', id, note }),
      find: (id: string) => queue.find(id),
      arrived,
    };
    if (isPacked(one)) return new PackedUpload(deps, one);
    if (isFolder(one)) return new FolderAttempt(deps, one);
    return isUpload(one) ? new UploadAttempt(deps, one) : new Attempt(deps, one);
  }

  /** The node has the whole content, now or since an earlier attempt. */
  async #arrived({ id, file }: QueuedTransfer, sent: SentFile): Promise<void> {
    const { queue } = this.deps;
    await queue.save({ kind: 'whole', id, file, ...sent });
    const one = queue.find(id);
    if (one?.stage === 'placing' && isUpload(one)) await this.#naming.finish(one);
  }

  /** A failed removal is repeated at the next start; a removal on a node also a minute later. */
  async #clear(one: QueuedTransfer): Promise<void> {
    this.pauses.forget(one.id);
    const { id } = one;
    if (await this.#isCleared(one)) {
      return this.deps.queue.save({ kind: 'removed', id }).catch(() => undefined);
    }
    this.#later(one);
  }

  /** Removes the remains of an ended transfer from the node. */
  async #leave(one: QueuedTransfer): Promise<void> {
    if (!(await this.#leftovers.remove(one))) this.#later(one);
  }

  /** Has a removal tried again, on a node a minute later. */
  #later(one: QueuedTransfer): void {
    const { id } = one;
    this.#unreachable.add(id);
    if (!mayLeave(one)) return;
    this.deps.clock.after(clearAgainMs, () => {
      this.#unreachable.delete(id);
      this.deps.ended();
    });
  }

  /** The file on the node is removed first, because only the queue knows about that file. */
  async #isCleared(one: QueuedTransfer): Promise<boolean> {
    if (!(await this.#leftovers.remove(one))) return false;
    return isUpload(one) || isPacked(one) || this.#placing.removePart(one);
  }

  #broke(id: string, failure: TransferFailure): void {
    const { message, code } = failure.problem;
    this.deps.log.warn('transfers.broke', { message: message.id, code });
    const retryAt = this.pauses.retryAt(id, failure);
    this.deps.queue.save({ kind: 'broke', id, failure, retryAt }).catch(() => undefined);
  }
}

/** The file that the node has under a temporary name since an earlier attempt. */
const heldFile = ({ size }: QueuedTransfer): SentFile => ({ size: size ?? 0, isNamed: false });
