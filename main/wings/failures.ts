/** Why a session is not live, in words for a person, and when it makes sense to try again (PROTOCOL 4.1, 4.8, 4.9). */
import type { Problem } from '../../bridge/errors.js';
import type { JwtError } from './jwt-errors.js';

/** `never` = until the person or the panel changes something; `slow` = once a minute. */
export type Retry = 'never' | 'back-off' | 'slow' | { at: number };

export interface Failure {
  problem: Problem;
  retry: Retry;
}

const byItself = 'Perch tries again by itself; if it lasts, ask the host whether the node is running.';

function failure(retry: Retry, problem: Problem): Failure {
  return { problem, retry };
}

/** The panel did not give a token. Its own words stay; only the rhythm is decided here. */
export function ticketFailure(problem: Problem): Failure {
  switch (problem.code) {
    case 'unauthorized':
    case 'forbidden':
    case 'not-found':
    case 'tls-untrusted':
      return failure('never', problem);
    case 'conflict':
      return failure(problem.condition === 'suspended' ? 'never' : 'slow', problem);
    case 'rate-limited':
      return failure(problem.retryAt === undefined ? 'slow' : { at: problem.retryAt }, problem);
    case 'keychain-unavailable':
    case 'keychain-locked':
    case 'not-a-panel':
    case 'protocol':
    case 'invalid':
      return failure('slow', problem);
    default:
      return failure('back-off', problem);
  }
}

/** The node answered the handshake with something other than 101. The body is no reliable JSON; the status decides. */
export function handshakeFailure(status: number, origin: string): Failure {
  if (status === 403)
    return failure('never', {
      code: 'forbidden',
      message: `The node refuses live connections that come from ${origin}.`,
      next: `Ask the host to set the node's panel address to exactly this, or to add it to allowed_origins.`,
    });
  if (status === 404)
    return failure('slow', {
      code: 'not-found',
      message: 'The node does not know this server.',
      next: 'It may be moving to another node or still be set up; Perch looks again once a minute.',
    });
  if (status === 400)
    return failure('slow', {
      code: 'conflict',
      message: 'The node refuses another live connection to this server; too many are open.',
      next: 'Close consoles of this server elsewhere; Perch tries again once a minute.',
    });
  if (status >= 500)
    return failure('back-off', {
      code: 'node-unreachable',
      message: `The node cannot be reached: something in front of it answers with status ${status}.`,
      next: byItself,
    });
  return failure('slow', {
    code: 'protocol',
    message: `The node's address answers with status ${status} instead of a live connection.`,
    next: 'Ask the host to check the address of the node; Perch tries again once a minute.',
  });
}

export function closeFailure(code: number, reason: string, wasOpen: boolean): Failure {
  if (code === 4409 || code === 4400)
    return failure('never', {
      code: 'conflict',
      condition: 'suspended',
      message: 'The server is suspended.',
      next: 'Ask the host to lift the suspension.',
    });
  if (code === 1009)
    return failure('back-off', {
      code: 'protocol',
      message: 'The live connection ended because a message was too large.',
      next: 'Perch connects again by itself.',
    });
  if (wasOpen)
    return failure('back-off', {
      code: 'node-unreachable',
      message: 'The live connection to the node was lost.',
      next: byItself,
    });
  // A connection that never opened: the reason is the system's word for the cause (`main/net/socket.ts`).
  if (/CERT|SIGNATURE|ISSUER|ALTNAME|SSL|TLS/.test(reason))
    return failure('slow', {
      code: 'tls-untrusted',
      message: 'The certificate of the node is not trusted.',
      next: 'Ask the host to give the node a valid certificate; Perch tries again once a minute.',
    });
  if (reason === 'ENOTFOUND' || reason === 'EAI_AGAIN')
    return failure('back-off', {
      code: 'node-unreachable',
      message: 'The address of the node cannot be found.',
      next: 'Check your network; if it works, ask the host to check the address of the node.',
    });
  return failure('back-off', {
    code: 'node-unreachable',
    message: 'The node does not answer.',
    next: byItself,
  });
}

/** Nothing came within the time limit, neither an answer to the token nor to a ping. */
export const silentFailure = failure('back-off', {
  code: 'timeout',
  message: 'The node did not answer in time.',
  next: byItself,
});

export const deletedFailure = failure('back-off', {
  code: 'not-found',
  message: 'The server was deleted, or moved to another node.',
  next: 'Perch asks the panel where it is now.',
});

export const movedFailure = failure('back-off', {
  code: 'conflict',
  condition: 'transferring',
  message: 'The server has moved to another node.',
  next: 'Perch connects to the new node by itself.',
});

export const noPermissionFailure = failure('never', {
  code: 'forbidden',
  permission: 'websocket.connect',
  message: 'Your account may not watch this server live: it lacks the permission websocket.connect.',
  next: 'Ask the owner of the server for this permission.',
});

export const badAddressFailure = failure('slow', {
  code: 'protocol',
  message: 'The panel names no usable address for the live connection.',
  next: 'Ask the host to check the settings of the node; Perch tries again once a minute.',
});

const foreignProblem: Problem = {
  code: 'protocol',
  message: 'The panel gave an access token for another server.',
  next: 'Try again; if it happens again, report it to the host.',
};

/** A token of another server is worth one fresh attempt, no more (PROTOCOL 4.8). */
export function foreignTokenFailure(isFirst: boolean): Failure {
  return failure(isFirst ? 'back-off' : 'never', foreignProblem);
}

/** The node rejects the token's signature: it arrives as `daemon error` (PROTOCOL trap 27). */
export const badSignatureFailure = failure('slow', {
  code: 'protocol',
  message: 'The node does not accept access tokens of this panel.',
  next: 'Ask the host to check that panel and node share the same node token.',
});

/** The node rejects a token that the panel has just issued. */
export function rejectedTokenFailure(kind: JwtError): Failure {
  if (kind === 'expired')
    return failure('back-off', {
      code: 'protocol',
      message: 'The node takes the access token of the panel for expired.',
      next: 'Perch fetches a new one; if it lasts, the clocks of panel and node differ and the host has to set them.',
    });
  return failure('back-off', {
    code: 'protocol',
    message: 'The node does not accept the access token yet.',
    next: 'That happens after a restart of the node or a change of permissions; Perch fetches a new one by itself.',
  });
}
