/** Reasons why a session is not live, as problems for the user, and when to retry (PROTOCOL 4.1, 4.8, 4.9). */
import { newProblem, type Problem } from '../../bridge/errors.js';
import { isCleartextAddress } from '../../bridge/panel/cleartext.js';
import { sentence } from '../../messages/messages.js';
import type { HttpFailure } from '../base/network-ports.js';
import type { Failure, Retry } from './failure.js';
import type { JwtError } from './jwt-errors.js';
import type { Refuser } from './refuser.js';
import { unopenedFailure } from './unopened.js';

const byItself = sentence('node.by-itself');

function failure(retry: Retry, problem: Problem): Failure {
  return { problem, retry };
}

/** The panel issued no token. Keeps the panel's problem and chooses the retry. */
export function ticketFailure(problem: Problem): Failure {
  // Perch blocks further token requests for this server until `retryAt`, whatever the failure was.
  if (problem.ofServer === true && problem.retryAt !== undefined) {
    return failure({ at: problem.retryAt }, problem);
  }
  switch (problem.code) {
    case 'unauthorized':
    case 'forbidden':
    case 'not-found':
    case 'tls-untrusted':
    case 'keychain-unavailable':
    case 'keychain-locked':
    case 'keychain-silent':
      return failure('refused', problem);
    case 'conflict':
      return failure(problem.condition === 'suspended' ? 'refused' : 'slow', problem);
    case 'rate-limited':
      return failure(problem.retryAt === undefined ? 'slow' : { at: problem.retryAt }, problem);
    case 'not-a-panel':
    case 'protocol':
    case 'invalid':
      return failure('slow', problem);
    default:
      return failure('back-off', problem);
  }
}

/**
 * The handshake was answered with a status other than 101. Only status and headers count, because the body is not
 * reliably JSON.
 */
export function handshakeFailure({
  status,
  by,
  origin,
}: {
  readonly status: number;
  readonly by: Refuser;
  readonly origin: string;
}): Failure {
  // The node got the request, but not the headers that ask for a live connection.
  if (by === 'handshake' && status === 400) return failure('slow', notUpgraded);
  if (by === 'other' && status >= 400 && status < 500) return stoppedInFront(status);
  if (status === 403) return failure('refused', newProblem('forbidden', sentence('node.origin', { origin })));
  if (status === 404) return failure('slow', newProblem('not-found', sentence('node.unknown-server')));
  if (status === 400) return failure('slow', newProblem('conflict', sentence('node.too-many')));
  if (status >= 500)
    return failure(
      'back-off',
      newProblem('node-unreachable', sentence('node.gateway', { status }), byItself),
    );
  return failure('slow', noSocket(status));
}

const notUpgraded = newProblem('protocol', sentence('node.not-upgraded'));

/**
 * Another web server answers, or a program in front of the node lets nothing through. Neither says that the node is
 * down, so neither counts as an outage.
 */
function stoppedInFront(status: number): Failure {
  if (status === 404) return failure('slow', noRoute);
  if (status === 400) return failure('slow', noSocket(status));
  const message = sentence('node.gateway', { status });
  return failure('slow', newProblem('protocol', message, sentence('node.stopped-next')));
}

const noRoute = newProblem('protocol', sentence('node.no-route'));

function noSocket(status: number): Problem {
  return newProblem('protocol', sentence('node.no-socket', { status }), sentence('node.check-address'));
}

export function closeFailure(code: number, cause: HttpFailure | undefined, wasOpen: boolean): Failure {
  if (code === 4409 || code === 4400)
    return failure('refused', {
      ...newProblem('conflict', sentence('blocks.suspended'), sentence('node.suspended-next')),
      condition: 'suspended',
    });
  if (code === 1009) return failure('back-off', newProblem('protocol', sentence('node.too-large')));
  if (wasOpen) return failure('back-off', newProblem('node-unreachable', sentence('node.lost'), byItself));
  return unopenedFailure(cause);
}

/** No answer within a time limit, either to the token or to a ping. */
export const silentFailure = failure('back-off', newProblem('timeout', sentence('node.silent'), byItself));

export const deletedFailure = failure('back-off', newProblem('not-found', sentence('node.deleted')));

export const movedFailure = failure('back-off', {
  ...newProblem('conflict', sentence('node.moved')),
  condition: 'transferring',
});

export const noPermissionFailure = failure('refused', {
  ...newProblem('forbidden', sentence('node.no-permission')),
  permission: 'websocket.connect',
});

const badAddressFailure = failure('slow', newProblem('protocol', sentence('node.bad-address')));

/**
 * Why no token may be sent to this address; null = it may. If the panel uses https, only the user may allow that the
 * token goes to the node unencrypted.
 */
export function addressFailure(address: string, origin: string, mayBeUnencrypted: boolean): Failure | null {
  const { protocol, host } = new URL(URL.canParse(address) ? address : 'about:blank');
  if (protocol !== 'ws:' && protocol !== 'wss:') return badAddressFailure;
  if (!origin.startsWith('https:') || !isCleartextAddress(address) || mayBeUnencrypted) return null;
  return failure('slow', newProblem('node-unencrypted', sentence('node.unencrypted', { host })));
}

const foreignProblem = newProblem('protocol', sentence('node.foreign-token'));

/** A token of another server is retried once (PROTOCOL 4.8). */
export function foreignTokenFailure(isFirst: boolean): Failure {
  return failure(isFirst ? 'back-off' : 'refused', foreignProblem);
}

/** The node rejects the signature of the token, and reports this as `daemon error` (PROTOCOL trap 27). */
export const badSignatureFailure = failure('slow', newProblem('protocol', sentence('node.bad-signature')));

/** The node rejects a token that the panel has just issued. */
export function rejectedTokenFailure(kind: JwtError): Failure {
  if (kind === 'expired') return failure('back-off', newProblem('protocol', sentence('node.expired')));
  return failure('back-off', newProblem('protocol', sentence('node.not-yet')));
}
