import { QueryFailure } from './query-ports.js';

/**
 * The result of the work of a query. Rejects with `silent` as soon as the signal is aborted; after that no work begins.
 */
export function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new QueryFailure('silent', 'time limit, or not asked any more'));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}
