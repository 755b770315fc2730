import type { ProblemCode } from '../../bridge/schema/problem.js';
import { toProblem } from '../../bridge/errors.js';
import type { RemoteCause, RemoteFailure } from '../../bridge/schema/remote.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import { spoken, sentence } from '../../messages/messages.js';

const causes: Partial<Record<ProblemCode, RemoteCause>> = {
  forbidden: 'refused',
  unauthorized: 'refused',
  'not-found': 'no-server',
  conflict: 'wrong-state',
  invalid: 'usage',
  'rate-limited': 'unreachable',
  'node-unreachable': 'unreachable',
  'node-unencrypted': 'unreachable',
  'panel-unreachable': 'unreachable',
  'tls-untrusted': 'unreachable',
  'host-key-changed': 'unreachable',
  'not-a-panel': 'unreachable',
  timeout: 'unreachable',
  offline: 'unreachable',
};

/** Turns any error into the failure that the client gets. */
export function toFailure(error: unknown): RemoteFailure {
  if (error instanceof RemoteError) return error.failure;
  const { code, message, next } = toProblem(error);
  return { cause: causes[code] ?? 'failed', message: spoken(message), next: spoken(next) };
}

export function badRequest(): RemoteError {
  return new RemoteError(newFailure('usage', sentence('remote.bad-request')));
}
