import type { Signal } from '../wings/api.js';

/** The words that the power route knows. */
export const signals: readonly Signal[] = ['start', 'stop', 'restart', 'kill'];

export function isSignal(value: unknown): value is Signal {
  return signals.some((signal) => signal === value);
}
