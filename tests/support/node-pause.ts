import { HttpFailure } from '../../main/base/network-ports.js';
import type { Clock } from '../../main/base/ports.js';

/** Time that a fake node takes. Rejects as a connection that was closed. */
export function nodePause(clock: Pick<Clock, 'after'>, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      cancel();
      reject(new HttpFailure('unreachable', 'unknown'));
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', end);
      resolve();
    });
    signal.addEventListener('abort', end, { once: true });
  });
}
