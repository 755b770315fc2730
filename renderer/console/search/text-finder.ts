/** Client of the search worker. Terminates a slow search; a new query replaces a running one. */
import type { TextMatches, Query } from './find-in-text.js';

/** The members of `Worker` in use. */
export interface FindWorker {
  onmessage: ((event: MessageEvent<TextMatches>) => void) | null;
  postMessage(question: { text: string; query: Query }): void;
  terminate(): void;
}

/** Timeout of a search for a regular expression; ten thousand lines usually take a few ms. */
const expressionMs = 1500;
/** Timeout of a search for plain text, whose time cannot explode. On a busy computer a worker starts late. */
const plainMs = 30_000;

export class TextFinder {
  #worker: FindWorker | null = null;
  /** Settles the running search. */
  #settle: ((found: TextMatches | null) => void) | null = null;

  constructor(private readonly makeWorker: () => FindWorker = newWorker) {}

  /** Resolves with null if a newer query replaced this query. */
  find(text: string, query: Query): Promise<TextMatches | null> {
    // A busy worker reads no message, so it is terminated instead.
    if (this.#settle !== null) this.#end(null);
    this.#worker ??= this.makeWorker();
    const worker = this.#worker;
    return new Promise((resolve) => {
      const patienceMs = query.isExpression ? expressionMs : plainMs;
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

  #end(found: TextMatches | null): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#settle?.(found);
  }
}

function newWorker(): FindWorker {
  return new Worker(new URL('./find-worker.ts', import.meta.url), { type: 'module' });
}
