/** Failures of SFTP as problems for the person (ERRORS "Problem"). */
import { oneLine } from '../../bridge/console/plain-line.js';
import { newProblem, PerchError, type Problem } from '../../bridge/errors.js';
import type { ChangedHostKey } from '../../bridge/schema/sftp.js';
import { sentence } from '../../messages/messages.js';
import { HttpFailure } from '../base/network-ports.js';
import { unopenedFailure } from '../wings/unopened.js';

/** Where ssh2 says that an error happened. */
function levelOf(error: unknown): unknown {
  return error instanceof Error && 'level' in error ? error.level : undefined;
}

/** Why a connection did not come about, or ended. */
export function connectionProblem(error: unknown, host: string): Problem {
  if (error instanceof PerchError) return error.problem;
  if (error instanceof HttpFailure) return unopenedFailure(error).problem;
  switch (levelOf(error)) {
    case 'client-authentication':
      return newProblem('forbidden', sentence('sftp.refused', { host }));
    case 'client-timeout':
      return silentNode(host);
    case 'protocol':
    case 'handshake':
      return noSftp(host);
    default:
      return newProblem('node-unreachable', sentence('sftp.cut', { host }));
  }
}

/** The node sends no byte, or answers no request. */
export function silentNode(host: string): Problem {
  return newProblem('timeout', sentence('sftp.silent', { host }));
}

/** The program at the address speaks no SSH, or has no SFTP. */
export function noSftp(host: string): Problem {
  return newProblem('node-unreachable', sentence('sftp.no-sftp', { host }));
}

export function changedHostKey(hostKey: ChangedHostKey): Problem {
  return { ...newProblem('host-key-changed', sentence('sftp.host-key-changed', { ...hostKey })), hostKey };
}

/** Numbers of a node's refusals (draft-ietf-secsh-filexfer-02, section 7). */
const status = { noSuchFile: 2, permissionDenied: 3 } as const;
const noSpace = /quota|disk space|no space|enough space/i;

/**
 * The problem of a node's refusal about a file. `error` = ssh2's error in a callback; an error other than a refusal
 * means that the connection ended.
 */
export function refusedFile(error: unknown, path: string, host: string): Problem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'number') return connectionProblem(error, host);
  const file = oneLine(path, 200);
  const said = error instanceof Error ? error.message : '';
  if (code === status.noSuchFile) return newProblem('not-found', sentence('sftp.no-file', { file }));
  if (code === status.permissionDenied) return newProblem('forbidden', sentence('sftp.denied', { file }));
  if (noSpace.test(said)) return newProblem('conflict', sentence('transfers.server-full'));
  return newProblem('conflict', sentence('sftp.failed', { file }));
}

/** A node that lists more names than Perch takes. */
export function tooManyNames(path: string, most: number): Problem {
  return newProblem('protocol', sentence('sftp.too-many-names', { file: oneLine(path, 200), most }));
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === status.noSuchFile;
}
