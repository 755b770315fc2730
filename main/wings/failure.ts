/** Why a session is not live, and when to retry. */
import type { Problem } from '../../bridge/errors.js';

/**
 * When to retry. `refused` = only when the session's owner starts again; `slow` = once a minute; `at` = monotonic time
 * in ms.
 */
export type Retry = 'refused' | 'back-off' | 'slow' | { at: number };

export interface Failure {
  problem: Problem;
  retry: Retry;
}
