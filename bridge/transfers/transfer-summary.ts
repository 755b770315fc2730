import type { Transfer } from '../schema/transfers.js';

export interface TransferSummary {
  /** Transfers that run, or will without a person. */
  readonly active: number;
  readonly paused: number;
  readonly failed: number;
  readonly done: number;
  /** Part of the active transfers that has arrived, 0 to 1; null = a size is unknown, or none is active. */
  readonly share: number | null;
}

const activeStates: ReadonlySet<Transfer['state']> = new Set(['waiting', 'running', 'resting']);

/** All transfers at a glance. */
export function transferSummary(transfers: readonly Transfer[]): TransferSummary {
  const count = (state: Transfer['state']): number => transfers.filter((one) => one.state === state).length;
  const active = transfers.filter(({ state }) => activeStates.has(state));
  const size = active.reduce<number | null>(
    (sum, one) => (sum === null || one.size === null ? null : sum + one.size),
    0,
  );
  const bytes = active.reduce((sum, one) => sum + one.bytes, 0);
  return {
    active: active.length,
    paused: count('paused'),
    failed: count('failed'),
    done: count('done'),
    share: size === null || size === 0 ? null : Math.min(1, bytes / size),
  };
}
