import type { Clock } from './ports.js';

/** The result of `work`. Rejects with the error of `late` if there is none within `ms`. */
export function inTime<T>(clock: Clock, ms: number, work: Promise<T>, late: () => Error): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(late()));
    work.finally(cancel).then(resolve, reject);
  });
}
