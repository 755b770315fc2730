/** Client of the search worker. Terminates a slow search; a new query replaces a running one. */
import type { TextMatches, Query } from './find-in-text.js';

/** Messages of the worker: `begun` when it takes the question, then the answer. */
export type FindMessage = TextMatches | { readonly kind: 'begun' };

/** The members of `Worker` in use. */
export interface FindWorker {
  onmessage: ((event: MessageEvent<FindMessage>) => void) | null;
  postMessage(question: { text: string; query: Query }): void;
  terminate(): void;
}

/** Timeout of a search from its begin; ten thousand lines usually take a few ms. */
const searchMs = 3000;
/** Timeout until the worker begins, which takes seconds on a busy computer. */
const startMs = 30_000;

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
      let timer: ReturnType<typeof setTimeout>;
      const limit = (ms: number): void => {
        clearTimeout(timer);
        timer = setTimeout(() => this.#end({ kind: 'slow' }), ms);
      };
      this.#settle = (found) => {
        clearTimeout(timer);
        worker.onmessage = null;
        this.#settle = null;
        resolve(found);
      };
      worker.onmessage = ({ data }) => {
        if (data.kind === 'begun') limit(searchMs);
        else this.#settle?.(data);
      };
      limit(startMs);
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
