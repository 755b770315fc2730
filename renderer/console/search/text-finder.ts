/** Asks the worker; ends it when it takes too long. One question at a time, of several waiting ones the newest. */
import type { Found, Query } from './find-in-text.js';

/** What is used of a `Worker`. */
export interface FindWorker {
  onmessage: ((event: MessageEvent<Found>) => void) | null;
  postMessage(question: { text: string; query: Query }): void;
  terminate(): void;
}

/** How long a person waits for a search; ten thousand lines take a few milliseconds. */
const patienceMs = 1500;

export class TextFinder {
  readonly #makeWorker: () => FindWorker;
  #worker: FindWorker | null = null;
  /** Ends the question that is under way. */
  #settle: ((found: Found | null) => void) | null = null;

  constructor(makeWorker: () => FindWorker = newWorker) {
    this.#makeWorker = makeWorker;
  }

  /** null = a newer question took its place. */
  find(text: string, query: Query): Promise<Found | null> {
    // A worker hears nothing before it is done; one that is behind is ended rather than waited for.
    if (this.#settle !== null) this.#end(null);
    this.#worker ??= this.#makeWorker();
    const worker = this.#worker;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#end({ kind: 'slow' }), patienceMs);
      this.#settle = (found) => {
        clearTimeout(timer);
        worker.onmessage = null;
        this.#settle = null;
        resolve(found);
      };
      worker.onmessage = (event) => this.#settle?.(event.data);
      worker.postMessage({ text, query });
    });
  }

  stop(): void {
    this.#end(null);
  }

  #end(found: Found | null): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#settle?.(found);
  }
}

function newWorker(): FindWorker {
  return new Worker(new URL('./find-worker.ts', import.meta.url), { type: 'module' });
}
