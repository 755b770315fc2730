/**
 * The queue of transfers as a value: which waits, runs, rests or has ended. Pure; `transfers.ts` carries it out.
 */
import type { TransferRecord } from '../../bridge/schema/transfers.js';
import type { TransferFailure } from './transfer-failures.js';
import { contentOf, isUpload, leavesArchive, type QueuedTransfer } from './transfer-kinds.js';

export type TransferQueue = readonly QueuedTransfer[];

export type QueueEvent =
  | { readonly kind: 'added'; readonly transfer: TransferRecord }
  | { readonly kind: 'began'; readonly id: string }
  /** The whole content is under the temporary name, and is about to get the name `file`. */
  | {
      readonly kind: 'whole';
      readonly id: string;
      readonly file: string;
      readonly size: number;
      /** True if the content has its name already. */
      readonly isNamed?: boolean;
    }
  | { readonly kind: 'placed'; readonly id: string }
  /** Something to remember for the next attempt, or the next start of Perch. */
  | { readonly kind: 'noted'; readonly id: string; readonly note: TransferNote }
  /** The complete content from an earlier run is gone. */
  | { readonly kind: 'lost'; readonly id: string }
  | {
      readonly kind: 'broke';
      readonly id: string;
      readonly failure: TransferFailure;
      readonly retryAt: number;
    }
  | { readonly kind: 'paused' | 'resumed' | 'cancelled' | 'retried'; readonly id: string }
  | { readonly kind: 'removed'; readonly id: string }
  /** The computer woke up or has a network again: no attempt waits any longer. */
  | { readonly kind: 'woke' }
  | { readonly kind: 'account-gone'; readonly accountId: string };

/** Facts that an attempt learns; see `TransferRecord`. */
export type TransferNote = Partial<
  Pick<TransferRecord, 'archive' | 'by' | 'isOwnName' | 'leftOut' | 'mayHaveLeft' | 'sent' | 'size'>
>;

/** Attempts with a content that differs from the backup, before a person has to ask for another. */
const mostMismatches = 3;

/** The stages that an attempt may leave without a person. */
const isUnderWay = ({ stage }: TransferRecord): boolean => stage === 'running' || stage === 'placing';
const hasEnded = ({ stage }: TransferRecord): boolean => stage === 'failed' || stage === 'done';

/**
 * The queue of a new run, from the records of the last run, without finished transfers. Transfers that ran begin again;
 * transfers of an account that is gone are cancelled.
 */
export function restoredQueue(
  records: readonly TransferRecord[],
  accounts: readonly string[],
): TransferQueue {
  return records
    .filter((record) => record.stage !== 'done' || leavesArchive(record))
    .map((record) => {
      const one: QueuedTransfer = { ...record, retryAt: null };
      if (!accounts.includes(record.panel)) return cancelled(one);
      return record.stage === 'running' ? { ...one, stage: 'waiting' } : one;
    });
}

export function recordsOf(queue: TransferQueue): TransferRecord[] {
  return queue.map(({ retryAt: _retryAt, ...record }) => record);
}

/** The queue after an event. An event that does not fit the stage of its transfer changes nothing. */
export function afterEvent(queue: TransferQueue, event: QueueEvent): TransferQueue {
  switch (event.kind) {
    case 'added':
      return [...queue, { ...event.transfer, retryAt: null }];
    case 'removed':
      return queue.filter(({ id }) => id !== event.id);
    case 'woke':
      return queue.map((one) => (one.retryAt === null ? one : { ...one, retryAt: null }));
    case 'account-gone':
      return queue.map((one) => (one.panel === event.accountId ? cancelled(one) : one));
    default:
      return queue.map((one) => (one.id === event.id ? changed(one, event) : one));
  }
}

type OfOne = Exclude<QueueEvent, { kind: 'added' | 'removed' | 'woke' | 'account-gone' }>;

function changed(one: QueuedTransfer, event: OfOne): QueuedTransfer {
  switch (event.kind) {
    case 'began':
      return one.stage === 'waiting' ? { ...one, stage: 'running', retryAt: null } : one;
    case 'whole':
      return whole(one, event);
    case 'noted':
      return { ...one, ...event.note };
    case 'placed':
      return one.stage === 'placing' ? { ...one, stage: 'done', problem: null } : one;
    case 'lost':
      return one.stage === 'placing' ? { ...one, stage: 'waiting', placed: null } : one;
    case 'broke':
      return broken(one, event);
    case 'paused':
      return one.stage === 'waiting' || one.stage === 'running'
        ? { ...one, stage: 'paused', retryAt: null }
        : one;
    case 'resumed':
      return one.stage === 'paused' ? { ...one, stage: 'waiting', problem: null } : one;
    case 'retried':
      return one.stage === 'failed' || one.stage === 'waiting' ? startedOver(one) : one;
    case 'cancelled':
      return cancelled(one);
  }
}

/** Also after a pause, which came too late to matter. */
function whole(
  one: QueuedTransfer,
  { file, size, isNamed = false }: OfOne & { kind: 'whole' },
): QueuedTransfer {
  if (hasEnded(one) || one.stage === 'cancelled') return one;
  const hasChanged = one.source.kind === 'file' && one.size !== null && one.size !== size;
  return {
    ...one,
    stage: isNamed ? 'done' : 'placing',
    placed: file,
    size,
    ...(hasChanged && { hasChanged }),
    // A later look finds the parts of an upload on the node.
    mismatches: isUpload(one) ? one.mismatches : 0,
    problem: null,
    retryAt: null,
  };
}

/** A whole file that gets its name can't be cancelled: it may have it already. */
function cancelled(one: QueuedTransfer): QueuedTransfer {
  return one.stage === 'placing' ? one : { ...one, stage: 'cancelled', retryAt: null };
}

/** A complete file without its final name continues with the naming. */
function startedOver(one: QueuedTransfer): QueuedTransfer {
  const stage = one.placed === null ? 'waiting' : 'placing';
  return { ...one, stage, mismatches: 0, problem: null, retryAt: null };
}

/** A transfer that a person paused stays paused; what had arrived is lost. */
function broken(one: QueuedTransfer, { failure, retryAt }: OfOne & { kind: 'broke' }): QueuedTransfer {
  if (!isUnderWay(one)) return one;
  // The whole file is still on this computer, so only a person can help.
  if (one.stage === 'placing' && !isUpload(one)) return { ...one, stage: 'failed', problem: failure.problem };
  const mismatches = failure.retry === 'mismatch' ? one.mismatches + 1 : one.mismatches;
  const isOver = failure.retry === 'person' || mismatches >= mostMismatches;
  return {
    ...one,
    stage: isOver ? 'failed' : 'waiting',
    placed: failure.isGone === true ? null : one.placed,
    problem: failure.problem,
    retryAt: isOver ? null : retryAt,
    mismatches,
  };
}

/** How many transfers may run at a time. */
export interface TransferLanes {
  readonly ofPanel: number;
  readonly ofNode: number;
}

/** Ids of the transfers that may begin now, oldest first. */
export function nextToBegin(queue: TransferQueue, lanes: TransferLanes, now: number): string[] {
  const taken = queue.filter(isUnderWay);
  const begun: string[] = [];
  for (const one of queue) {
    if (one.stage !== 'waiting' || (one.retryAt !== null && one.retryAt > now)) continue;
    const ofPanel = taken.filter(({ panel }) => panel === one.panel);
    const ofNode = ofPanel.filter(({ node }) => node === one.node);
    if (ofPanel.length >= lanes.ofPanel || ofNode.length >= lanes.ofNode) continue;
    taken.push(one);
    begun.push(one.id);
  }
  return begun;
}

/** Monotonic time of the next attempt that waits for its time; null = none does. */
export function nextAttemptAt(queue: TransferQueue, now: number): number | null {
  const times = queue.flatMap(({ stage, retryAt }) =>
    stage === 'waiting' && retryAt !== null && retryAt > now ? [retryAt] : [],
  );
  return times.length === 0 ? null : Math.min(...times);
}

/** The unfinished transfer of this source into this folder, and of this file if it is an upload; undefined = none. */
export function sameTransfer(
  queue: TransferQueue,
  wanted: Pick<TransferRecord, 'source' | 'folder' | 'file' | 'ifTaken'>,
): QueuedTransfer | undefined {
  return queue.find(
    (one) =>
      !hasEnded(one) &&
      one.stage !== 'cancelled' &&
      one.folder === wanted.folder &&
      one.source.serverId === wanted.source.serverId &&
      contentOf(one) === contentOf(wanted),
  );
}

/** Ids of ended transfers beyond the newest `most`, to be forgotten. */
export function beyond(queue: TransferQueue, most: number): string[] {
  const ended = queue.filter((one) => one.stage === 'done' && !leavesArchive(one));
  return ended.slice(0, Math.max(0, ended.length - most)).map(({ id }) => id);
}

export function isSameQueue(one: TransferQueue, other: TransferQueue): boolean {
  return one.length === other.length && one.every((transfer, at) => transfer === other[at]);
}
