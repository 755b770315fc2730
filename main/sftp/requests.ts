/**
 * Requests of one SFTP connection that wait for an answer. Each ends with an answer, with the connection, or with the
 * silence of the node.
 *
 * The SSH library calls nobody back when a connection is cut. And a node may keep the connection alive and answer no
 * request.
 */
import type { Clock } from '../base/ports.js';

/** Takes an answer as the SSH library gives answers. */
export type Done<T> = (error: Error | null | undefined, value: T) => void;

/** Ms without any answer while requests wait. Removing a large folder is the slowest request of a good node. */
const silentMs = 120_000;
/** The same while a person waits for the end of cancelled work. */
const hurriedMs = 3000;

export class Requests {
  readonly #waiting = new Set<(error: unknown) => void>();
  #hurries = 0;
  #over: { readonly error: unknown } | null = null;
  #stopWatch = (): void => undefined;

  constructor(
    private readonly clock: Pick<Clock, 'after'>,
    /** Called when the node is silent. The callee ends the connection. */
    private readonly silent: () => void,
  ) {}

  /** Rejects with the node's refusal, or with the error of `end`. */
  ask<T>(run: (done: Done<T>) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#over !== null) {
        reject(this.#over.error);
        return;
      }
      this.#waiting.add(reject);
      if (this.#waiting.size === 1) this.#watch();
      const leave = (): boolean => {
        const isWaiting = this.#waiting.delete(reject);
        if (isWaiting) this.#watch();
        return isWaiting;
      };
      try {
        run((error, value) => {
          if (!leave()) return;
          if (error === null || error === undefined) resolve(value);
          else reject(error);
        });
      } catch (error) {
        leave();
        reject(error);
      }
    });
  }

  /** Shortens the wait for the node until the result is called. */
  hurry(): () => void {
    this.#hurries += 1;
    this.#watch();
    return () => {
      this.#hurries -= 1;
      this.#watch();
    };
  }

  /** The connection is over: all requests reject with this error, also later ones. */
  end(error: unknown): void {
    this.#over ??= { error };
    this.#stopWatch();
    for (const reject of this.#waiting) reject(this.#over.error);
    this.#waiting.clear();
  }

  /** Each answer restarts the time of silence. */
  #watch(): void {
    this.#stopWatch();
    if (this.#waiting.size === 0) return;
    const patience = this.#hurries > 0 ? hurriedMs : silentMs;
    this.#stopWatch = this.clock.after(patience, () => this.silent());
  }
}
