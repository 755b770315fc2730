/** Reasons why a session is not live, as problems for the user, and when to retry (PROTOCOL 4.1, 4.8, 4.9). */
import type { Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { HttpFailure } from '../base/ports.js';
import type { Failure, Retry } from './failure.js';
import type { JwtError } from './jwt-errors.js';
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
 * The node answered the handshake with a status other than 101. Only the status counts, because the body is not
 * reliably JSON.
 */
export function handshakeFailure(status: number, origin: string): Failure {
  if (status === 403)
    return failure('refused', {
      code: 'forbidden',
      message: sentence('node.origin', { origin }),
      next: sentence('node.origin-next'),
    });
  if (status === 404)
    return failure('slow', {
      code: 'not-found',
      message: sentence('node.unknown-server'),
      next: sentence('node.unknown-server-next'),
    });
  if (status === 400)
    return failure('slow', {
      code: 'conflict',
      message: sentence('node.too-many'),
      next: sentence('node.too-many-next'),
    });
  if (status >= 500)
    return failure('back-off', {
      code: 'node-unreachable',
      message: sentence('node.gateway', { status }),
      next: byItself,
    });
  return failure('slow', {
    code: 'protocol',
    message: sentence('node.no-socket', { status }),
    next: sentence('node.check-address'),
  });
}

export function closeFailure(code: number, cause: HttpFailure | undefined, wasOpen: boolean): Failure {
  if (code === 4409 || code === 4400)
    return failure('refused', {
      code: 'conflict',
      condition: 'suspended',
      message: sentence('blocks.suspended'),
      next: sentence('node.suspended-next'),
    });
  if (code === 1009)
    return failure('back-off', {
      code: 'protocol',
      message: sentence('node.too-large'),
      next: sentence('node.too-large-next'),
    });
  if (wasOpen)
    return failure('back-off', {
      code: 'node-unreachable',
      message: sentence('node.lost'),
      next: byItself,
    });
  return unopenedFailure(cause);
}

/** No answer within a time limit, either to the token or to a ping. */
export const silentFailure = failure('back-off', {
  code: 'timeout',
  message: sentence('node.silent'),
  next: byItself,
});

export const deletedFailure = failure('back-off', {
  code: 'not-found',
  message: sentence('node.deleted'),
  next: sentence('node.deleted-next'),
});

export const movedFailure = failure('back-off', {
  code: 'conflict',
  condition: 'transferring',
  message: sentence('node.moved'),
  next: sentence('node.moved-next'),
});

export const noPermissionFailure = failure('refused', {
  code: 'forbidden',
  permission: 'websocket.connect',
  message: sentence('node.no-permission'),
  next: sentence('node.no-permission-next'),
});

export const badAddressFailure = failure('slow', {
  code: 'protocol',
  message: sentence('node.bad-address'),
  next: sentence('node.bad-address-next'),
});

/** The panel uses https, but the token would go to the node unencrypted. The user may allow this. */
export function unencryptedFailure(address: string): Failure {
  return failure('slow', {
    code: 'node-unencrypted',
    message: sentence('node.unencrypted', { host: new URL(address).host }),
    next: sentence('node.unencrypted-next'),
  });
}

const foreignProblem: Problem = {
  code: 'protocol',
  message: sentence('node.foreign-token'),
  next: sentence('node.foreign-token-next'),
};

/** A token of another server is retried once (PROTOCOL 4.8). */
export function foreignTokenFailure(isFirst: boolean): Failure {
  return failure(isFirst ? 'back-off' : 'refused', foreignProblem);
}

/** The node rejects the signature of the token, and reports this as `daemon error` (PROTOCOL trap 27). */
export const badSignatureFailure = failure('slow', {
  code: 'protocol',
  message: sentence('node.bad-signature'),
  next: sentence('node.bad-signature-next'),
});

/** The node rejects a token that the panel has just issued. */
export function rejectedTokenFailure(kind: JwtError): Failure {
  if (kind === 'expired')
    return failure('back-off', {
      code: 'protocol',
      message: sentence('node.expired'),
      next: sentence('node.expired-next'),
    });
  return failure('back-off', {
    code: 'protocol',
    message: sentence('node.not-yet'),
    next: sentence('node.not-yet-next'),
  });
}
