/**
 * The error answers of a panel as problems for a person (PROTOCOL 3): decided by `code` first and by status second,
 * because a status may be forwarded from a node (PROTOCOL 3.3). Both columns of PROTOCOL 0 and Pelican are understood.
 */
import type { Condition } from '../../bridge/domain.js';
import type { Problem } from '../../bridge/errors.js';
import type { HttpResponse } from '../base/ports.js';
import { readBody, readErrors, type PanelErrorEntry } from './answers.js';
import { isWrite, type PanelCall } from './call.js';
import { foreignError, panelError, redirectProblem } from './foreign-answers.js';
import { badRequest, invalid } from './invalid-input.js';
import { nodeProblem } from './node-problems.js';
import { quoted } from './plain-text.js';

export interface AnswerContext {
  call: PanelCall;
  /** What the person calls this panel. */
  place: string;
  requestUrl: string;
  /** When a refused call may be tried again; asked for only with `rate-limited`. */
  retryAt: () => number;
}

/** What an answer with a status of 300 and above means. */
export function answerProblem(response: HttpResponse, context: AnswerContext): Problem {
  const { call, place } = context;
  if (response.status < 400) return redirectProblem(response, context.requestUrl, place);
  const body = readBody(response);
  const errors = readErrors(body);
  const [first] = errors ?? [];
  if (errors !== null && first !== undefined) {
    return (
      byCode(first, errors, response.status, context) ?? byStatus(first, errors, response.status, context)
    );
  }
  if (response.status === 429) return rateLimited(place, context.retryAt());
  if (response.status === 401) return unauthorized(place);
  if (response.status === 403 && body.kind === 'json') {
    // Pelican refuses what its host switched off with an empty list, after the permission was found (PROTOCOL 8.3.4).
    const isOff = Array.isArray(body.value) && body.value.length === 0;
    return isOff ? switchedOff(call, place) : forbidden(call, place, call.permission);
  }
  return foreignError(response, body, call, place);
}

function byCode(
  error: PanelErrorEntry,
  errors: PanelErrorEntry[],
  status: number,
  context: AnswerContext,
): Problem | null {
  const { call, place } = context;
  switch (error.code) {
    case 'DaemonConnectionException':
      return nodeProblem(status, error.detail, call, place);
    case 'RequestException':
    case 'ConnectionException':
      // Pelican's words for a silent node; elsewhere the same name is the panel's own cache (PROTOCOL 8.3.1).
      return call.usesNode ? nodeProblem(status, '', call, place) : panelError(place, call);
    case 'ServerStateConflictException':
    case 'ConflictingServerStateException':
      return conflict(error.detail, call, place);
    case 'AuthenticationException':
    case 'InvalidCredentialsException':
      return unauthorized(place);
    case 'TwoFactorAuthRequiredException':
      return {
        code: 'forbidden',
        message: `${place} demands two-factor authentication, and your account there has none.`,
        next: 'Set it up in the panel under Account, then try again; the key stays the same.',
      };
    case 'InsufficientPermissionsException':
      return forbidden(call, place, namedPermission(error.detail) ?? call.permission);
    case 'TooManyRequestsHttpException':
    case 'ThrottleRequestsException':
      return rateLimited(place, context.retryAt());
    case 'ValidationException':
      return invalid(errors, call, place);
    default:
      return null;
  }
}

function byStatus(
  error: PanelErrorEntry,
  errors: PanelErrorEntry[],
  status: number,
  context: AnswerContext,
): Problem {
  const { call, place } = context;
  switch (status) {
    case 400:
      return badRequest(error, call, place);
    case 401:
      return unauthorized(place);
    case 403:
      return refusal(error, call, place);
    case 404:
      return notFound(call, place);
    case 405:
    case 419:
      return {
        code: 'protocol',
        message: `${place} does not take the request to ${call.what} (status ${status}).`,
        next: 'The panel may be too old, or a proxy changes the request; tell the host of the panel.',
      };
    case 409:
      return conflict(error.detail, call, place);
    case 422:
      return invalid(errors, call, place);
    case 429:
      return rateLimited(place, context.retryAt());
    case 502:
      return commandRefused(error, call, place);
    case 503:
      return {
        code: 'panel-unreachable',
        message: `${place} is closed for maintenance.`,
        next: 'Wait until its host has finished; Perch keeps trying.',
      };
    default:
      return status >= 500
        ? serverError(error, call, place)
        : {
            code: 'protocol',
            message: `${place} refused to ${call.what}: ${quoted(error.detail)} (status ${status}).`,
            next: 'Try again; if it happens again, look into the log.',
          };
  }
}

function unauthorized(place: string): Problem {
  return {
    code: 'unauthorized',
    message: `${place} does not accept the key.`,
    next: 'Copy the whole key again, or make a new one in the panel under Account, API Credentials.',
  };
}

/** Three texts of one class (PROTOCOL 3.2): a key of the wrong kind, a key for other addresses, a missing permission. */
function refusal(error: PanelErrorEntry, call: PanelCall, place: string): Problem {
  if (/application API key/i.test(error.detail)) {
    return {
      code: 'unauthorized',
      message: `This is an application key; ${place} lets Perch in with a client key only.`,
      next: 'Make a client key in the panel under Account, API Credentials, and enter that one.',
    };
  }
  if (/\bIP address\b/i.test(error.detail)) {
    return {
      code: 'forbidden',
      message: `${place} does not accept this key from the internet address of this computer.`,
      next: 'Add this address to the allowed ones of the key in the panel, or make a key without that list.',
    };
  }
  if (/server transfer logs/i.test(error.detail)) return forbidden(call, place, 'admin.websocket.transfer');
  return forbidden(call, place, call.permission);
}

function forbidden(call: PanelCall, place: string, permission: string | undefined): Problem {
  if (permission === undefined) {
    return {
      code: 'forbidden',
      message: `${place} does not let your account ${call.what}.`,
      next: 'Ask the owner of the server or the host of the panel.',
    };
  }
  return {
    code: 'forbidden',
    message: `${place} does not let your account ${call.what}: it lacks the permission ${permission}.`,
    next: `Ask the owner of the server for ${permission}.`,
    permission,
  };
}

function switchedOff(call: PanelCall, place: string): Problem {
  return {
    code: 'forbidden',
    message: `The host of ${place} lets nobody ${call.what}.`,
    next: 'Ask the host of the panel.',
  };
}

function namedPermission(detail: string): string | null {
  return /'([a-z][\w-]*(?:\.[\w-]+)+)'/i.exec(detail.slice(0, 300))?.[1] ?? null;
}

function notFound(call: PanelCall, place: string): Problem {
  if (call.subject === 'panel') {
    return {
      code: 'not-a-panel',
      message: `${place} answers, but the panel's API is not at this address.`,
      next: 'Check the address: it is the one that you open the panel with in a browser.',
    };
  }
  return {
    code: 'not-found',
    message: `The server is gone from ${place}, or your account has no access to it any more.`,
    next: 'Load the list of servers again.',
  };
}

const wait = 'Wait until that is over, then try again.';

/** The panel's texts (PROTOCOL 3.2) -> condition, reason, next step. A failed installation has the text of a running one. */
const conflicts: [RegExp, Condition, string, string][] = [
  [/suspended/i, 'suspended', 'the server is suspended', 'Ask the host of the panel.'],
  [/maintenance/i, 'maintenance', 'the node of the server is under maintenance', wait],
  [/restoring/i, 'restoring', 'a backup is being restored', wait],
  [/transferred/i, 'transferring', 'the server is moving to another node', wait],
  [
    /install/i,
    'installing',
    'the installation of the server is not complete',
    'Wait until it is complete; if it failed, the host of the panel has to repair it.',
  ],
];

function conflict(detail: string, call: PanelCall, place: string): Problem {
  const known = conflicts.find(([text]) => text.test(detail));
  if (known === undefined) {
    return {
      code: 'conflict',
      message: `${place} could not ${call.what} in the state that the server is in: ${quoted(detail)}`,
      next: 'Look at the state of the server and try again.',
    };
  }
  const [, condition, reason, next] = known;
  return { code: 'conflict', message: `${place} could not ${call.what}: ${reason}.`, next, condition };
}

/** The panel's limiter (PROTOCOL 3.4), seen in an answer or remembered from one. */
export function rateLimited(place: string, retryAt: number): Problem {
  return {
    code: 'rate-limited',
    message: `${place} asks for a pause: your account made too many requests.`,
    next: 'Wait; Perch goes on by itself. Open tabs of the panel count too.',
    retryAt,
  };
}

/**
 * A 502 in the panel's own format: on a command it says that the server is not online. A broken proxy in front of
 * the node reads exactly the same (PROTOCOL 2.6.1), so no more is said than is known.
 */
function commandRefused(error: PanelErrorEntry, call: PanelCall, place: string): Problem {
  if (call.usesNode && /must be online/i.test(error.detail)) {
    return {
      code: 'conflict',
      message: `${place} could not ${call.what}: it says that the server is not online.`,
      next: 'Start the server first; if it runs, its node may be out of order.',
    };
  }
  return call.usesNode ? nodeProblem(502, '', call, place) : serverError(error, call, place);
}

function serverError(error: PanelErrorEntry, call: PanelCall, place: string): Problem {
  const maybeDone = isWrite(call) ? { maybeDone: true } : {};
  // Up to 1.11 an unknown variable is an error 500 of this class (D8).
  if (error.code === 'ErrorException' && call.fields.includes('key')) {
    return {
      ...panelError(place, call),
      next: 'Load the startup settings again: the variable may be gone, or one of its rules is broken.',
    };
  }
  return panelError(place, call, maybeDone);
}
