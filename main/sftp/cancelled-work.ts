import type { SshSession } from './ssh-session.js';

/** Cancels one piece of work over a connection, with a short wait for the node. */
export class CancelledWork {
  /** Rejects at the abort. */
  readonly aborted: Promise<never>;
  readonly #ends: (() => void)[] = [];

  constructor(private readonly signal: AbortSignal | undefined) {
    this.aborted = new Promise((_resolve, reject) => {
      this.#atAbort(() => reject(new Error('aborted')));
    });
    this.aborted.catch(() => undefined);
  }

  /** From the abort on, the session waits only briefly for the node. */
  hurries(session: Pick<SshSession, 'hurry'>): void {
    this.#atAbort(() => this.#ends.push(session.hurry()));
  }

  /** The work has ended. */
  over(): void {
    for (const end of this.#ends) end();
  }

  #atAbort(run: () => void): void {
    const { signal } = this;
    if (signal === undefined) return;
    if (signal.aborted) return run();
    signal.addEventListener('abort', run, { once: true });
    this.#ends.push(() => signal.removeEventListener('abort', run));
  }
}
