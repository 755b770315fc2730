import type { Transfer } from '../../bridge/schema/transfers.js';
import { Gate } from './gate.js';

export type Doing = NonNullable<Transfer['doing']>;

/** Work that a person pauses with `gate`, and ends with `abort`. */
export class Interruptible {
  readonly gate = new Gate();
  readonly #abort = new AbortController();
  readonly #aborted: Promise<never>;

  constructor() {
    const { signal } = this.#abort;
    this.#aborted = new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    });
    this.#aborted.catch(() => undefined);
  }

  /** Current work on a folder; null = bytes are moved. */
  get doing(): Doing | null {
    return null;
  }

  get isAborted(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Ends the work at once; its promise then rejects, after the clean-up. */
  abort(): void {
    this.#abort.abort();
  }

  protected get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Resolves when nobody pauses. Rejects after an abort. */
  protected async pass(): Promise<void> {
    const closed = this.gate.pass();
    if (closed !== null) await this.orAborted(closed);
    this.signal.throwIfAborted();
  }

  protected orAborted<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined);
    return Promise.race([work, this.#aborted]);
  }
}
