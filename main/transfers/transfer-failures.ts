/** Why an attempt of a transfer failed, as problems for the person, and when Perch tries again (RETRIES "Transfers"). */
import { PerchError, newProblem, toProblem, type Problem } from '../../bridge/errors.js';
import type { ProblemCode } from '../../bridge/schema/problem.js';
import type { TransferSource } from '../../bridge/schema/transfers.js';
import { sentence } from '../../messages/messages.js';
import { HttpFailure } from '../base/network-ports.js';
import { unopenedFailure } from '../wings/unopened.js';

/**
 * `soon` = after a pause that grows; `slow` = after minutes, because asking sooner helps nobody; `mismatch` = soon, but
 * only a few times; `person` = when a person asks for it.
 */
type TransferRetry = 'soon' | 'slow' | 'mismatch' | 'person' | { readonly at: number };

export interface TransferFailure {
  readonly problem: Problem;
  readonly retry: TransferRetry;
  /** True if the temporary file is gone. */
  readonly isGone?: boolean;
}

/** A failure as an exception inside of an attempt. */
export class TransferBroke extends PerchError {
  constructor(
    readonly failure: TransferFailure,
    options?: { cause?: unknown },
  ) {
    super(failure.problem, options);
  }
}

const slowCodes: ReadonlySet<ProblemCode> = new Set([
  'unauthorized',
  'keychain-unavailable',
  'keychain-locked',
  'keychain-silent',
  'tls-untrusted',
  'node-unencrypted',
  'not-a-panel',
  'protocol',
]);
const finalCodes: ReadonlySet<ProblemCode> = new Set([
  ...(['forbidden', 'not-found', 'invalid', 'internal', 'host-key-changed'] as const),
]);

/** The failure of any value that an attempt threw. */
export function transferFailure(error: unknown): TransferFailure {
  if (error instanceof TransferBroke) return error.failure;
  if (error instanceof HttpFailure) return networkFailure(error);
  const problem = toProblem(error);
  if (problem.retryAt !== undefined) return { problem, retry: { at: problem.retryAt } };
  if (slowCodes.has(problem.code)) return { problem, retry: 'slow' };
  return { problem, retry: finalCodes.has(problem.code) ? 'person' : 'soon' };
}

function networkFailure(error: HttpFailure): TransferFailure {
  if (error.kind === 'reset') {
    return { retry: 'soon', problem: newProblem('node-unreachable', sentence('transfers.cut')) };
  }
  if (error.kind === 'timeout') {
    return { retry: 'soon', problem: newProblem('timeout', sentence('transfers.silent')) };
  }
  const { problem } = unopenedFailure(error);
  return { problem, retry: problem.code === 'tls-untrusted' ? 'slow' : 'soon' };
}

/** Text of Wings for an archive that it does not have; a link that is used up has another (PROTOCOL 2.16.13). */
const archiveGone = /requested backup was not found/i;

/** The node answered with a status other than 200. `text` = the beginning of its answer. */
export function refusedDownload(kind: TransferSource['kind'], status: number, text: string): TransferBroke {
  // A missing file, a link, or a token that has expired: the node says the same of all (PROTOCOL 2.17.11).
  if (status === 500 && (kind === 'file' || kind === 'folder')) {
    return broke('mismatch', newProblem('not-found', sentence('transfers.no-file')));
  }
  if (status === 404 && archiveGone.test(text)) {
    return broke('person', newProblem('not-found', sentence('transfers.gone')));
  }
  if (status === 404) return broke('soon', newProblem('conflict', sentence('transfers.spent')));
  if (status >= 300 && status < 400) {
    return broke('slow', newProblem('protocol', sentence('transfers.elsewhere')));
  }
  return broke('soon', newProblem('node-unreachable', sentence('transfers.status', { status })));
}

export const wrongSize = (): TransferBroke =>
  broke('mismatch', newProblem('protocol', sentence('transfers.wrong-size')));

export const wrongChecksum = (): TransferBroke =>
  broke('mismatch', newProblem('protocol', sentence('transfers.wrong-checksum')));

/** The node packed in a format that Perch neither requests nor unpacks. Another attempt would fail in the same way. */
export const otherFormat = (): TransferBroke =>
  broke('person', newProblem('protocol', sentence('transfers.other-format')));

const fullDisk: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const noFolder: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENODEV', 'ENXIO']);
const closedFolder: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);

/** The disk refused something. A person has to look at the folder before another attempt is of any use. */
export function diskFailure(error: unknown, folder: string): TransferBroke {
  if (error instanceof TransferBroke) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const name = fullDisk.has(code)
    ? 'full'
    : noFolder.has(code)
      ? 'no-folder'
      : closedFolder.has(code)
        ? 'closed-folder'
        : 'unwritten';
  return broke('person', newProblem('internal', sentence(`transfers.${name}`, { folder })), error);
}

export function nameTaken(file: string): TransferBroke {
  return broke('person', newProblem('conflict', sentence('transfers.name-taken', { file })));
}

export function broke(retry: TransferRetry, problem: Problem, cause?: unknown): TransferBroke {
  return new TransferBroke({ retry, problem }, { cause });
}
