import type { Signal } from '../wings/api.js';

/** Signals of the power route. */
export const signals: readonly Signal[] = ['start', 'stop', 'restart', 'kill'];

export function isSignal(value: unknown): value is Signal {
  return signals.some((signal) => signal === value);
}
