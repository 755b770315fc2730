import type { Transfer } from '../schema/transfers.js';
import { say } from '../../messages/messages.js';

export interface TransferSummary {
  /** Transfers that run, or will without a person. */
  readonly active: number;
  /** The downloads and the uploads among `active`. */
  readonly down: number;
  readonly up: number;
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
  const up = active.filter(({ direction }) => direction === 'up').length;
  const bytes = active.reduce((sum, one) => sum + one.bytes, 0);
  return {
    active: active.length,
    down: active.length - up,
    up,
    paused: count('paused'),
    failed: count('failed'),
    done: count('done'),
    share: size === null || size === 0 ? null : Math.min(1, bytes / size),
  };
}

/** `Downloading 2 files`, `Uploading 1 file`; empty if none is active. */
export function activeWords({ down, up }: Pick<TransferSummary, 'down' | 'up'>): string[] {
  return [
    ...(down > 0 ? [say('transfers.running-count', { count: down })] : []),
    ...(up > 0 ? [say('transfers.upload-count', { count: up })] : []),
  ];
}
