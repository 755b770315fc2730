import { toProblem, type Problem } from '../../bridge/errors.js';
import type { ChannelStore, Log } from '../base/ports.js';

export interface OutboxWritesDeps {
  readonly log: Log;
  readonly store: Pick<ChannelStore, 'save'>;
  content(): Parameters<ChannelStore['save']>[0];
}

/** Writes the file of the outbox, once for all changes that come while the file is written. */
export class OutboxWrites {
  #isSaving = false;
  #hasChanged = false;
  #writing = Promise.resolve();
  /** Why the last write failed; null = it did not. */
  #trouble: Problem | null = null;

  constructor(private readonly deps: OutboxWritesDeps) {}

  save(): void {
    this.#hasChanged = true;
    if (!this.#isSaving) this.#writing = this.#write();
  }

  /** Resolves with the disk's problem; null = everything up to now is on disk. Never rejects. */
  async saved(): Promise<Problem | null> {
    this.save();
    await this.#writing;
    return this.#trouble;
  }

  async #write(): Promise<void> {
    const { content, log, store } = this.deps;
    this.#isSaving = true;
    while (this.#hasChanged) {
      this.#hasChanged = false;
      try {
        await store.save(content());
        this.#trouble = null;
      } catch (error) {
        // This run still sends the messages, so one line in the log is enough.
        const problem = toProblem(error);
        if (this.#trouble === null) log.warn('channels.not-kept', { code: problem.code });
        this.#trouble = problem;
      }
    }
    this.#isSaving = false;
  }
}
