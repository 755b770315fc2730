import type { Transfer } from '../../bridge/schema/transfers.js';
import type { Interruptible } from './interruptible.js';
import type { RateMeter } from './rate-meter.js';
import type { QueuedTransfer } from './transfer-kinds.js';

/** A transfer as windows show it; null = none of their business. Pure. */
export function shownTransfer(
  one: QueuedTransfer,
  running: {
    readonly bytes: number;
    readonly meter: Pick<RateMeter, 'rate'>;
    readonly attempt: Pick<Interruptible, 'doing'>;
  } | null,
  now: number,
): Transfer | null {
  if (one.stage === 'cancelled') return null;
  const { id, source, label, folder, file, size, addedAt, by, hasChanged, leftOut } = one;
  const { mayHaveLeft, problem, retryAt } = one;
  const bytes = one.stage === 'done' ? (size ?? 0) : (running?.bytes ?? 0);
  const rate = one.stage === 'running' ? (running?.meter.rate(now, bytes) ?? null) : null;
  const left = size === null || rate === null || rate <= 0 ? null : ((size - bytes) / rate) * 1000;
  return {
    id,
    source,
    direction: source.kind === 'upload' || source.kind === 'packed' ? 'up' : 'down',
    doing: one.stage === 'running' ? (running?.attempt.doing ?? null) : null,
    label,
    folder,
    file: one.placed ?? file,
    size,
    addedAt,
    ...(by !== undefined && { by }),
    hasChanged,
    leftOut,
    ...(mayHaveLeft === true && { mayHaveLeft }),
    problem,
    retryAt,
    state: stateOf(one),
    bytes,
    rate,
    msLeft: left,
  };
}

function stateOf({ stage, problem }: QueuedTransfer): Transfer['state'] {
  if (stage === 'waiting') return problem === null ? 'waiting' : 'resting';
  if (stage === 'placing') return 'running';
  return stage === 'cancelled' ? 'failed' : stage;
}
