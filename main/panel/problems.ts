/**
 * Turns error answers of a panel into problems for the user (PROTOCOL 3).
 * Decides by `code` first and by status second, because a status may come from a node (PROTOCOL 3.3). Handles both
 * columns of PROTOCOL 0, and Pelican.
 */
import type { Condition } from '../../bridge/schema/domain.js';
import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import type { HttpResponse } from '../base/network-ports.js';
import { accountRefusal } from './account-problems.js';
import { readBody, readErrors, readMessage, type PanelErrorEntry } from './answers.js';
import { backupRefusal } from './backup-problems.js';
import { isWrite, unanswered, type PanelCall } from './call.js';
import { databaseRefusal } from './database-problems.js';
import { panelFileRefusal } from './file-problems.js';
import {
  foreignError,
  isFromProxy,
  panelError,
  proxyRefusal,
  redirectProblem,
  strangeRefusal,
} from './foreign-answers.js';
import { refusedInput, invalidFields } from './invalid-input.js';
import { networkRefusal } from './network-problems.js';
import { nodeProblem, nodeRefusal } from './node-problems.js';
import { missingRoute, notFound } from './not-found.js';
import { saidIn, withoutSecretWords } from './plain-text.js';
import { personRefusal } from './people-problems.js';
import { rateLimited, type Pause } from './rate-limited.js';
import { scheduleRefusal } from './schedule-problems.js';
import {
  forbidden,
  namedPermission,
  passwordInFront,
  refusal,
  switchedOff,
  unauthorized,
} from './refused-access.js';

export interface AnswerContext {
  call: PanelCall;
  /** The user's name for this panel. */
  place: string;
  requestUrl: string;
  /** The rate limit that refused the call and when to retry. Called only for a rate-limited answer. */
  pause: () => Pause;
}

/** The problem of an answer with status 300 or above. */
export function answerProblem(response: HttpResponse, context: AnswerContext): Problem {
  const { call, place } = context;
  if (response.status < 400) return redirectProblem(response, context.requestUrl, place);
  const body = readBody(response);
  const errors = quotable(readErrors(body), call);
  const [first] = errors ?? [];
  if (errors !== null && first !== undefined) {
    return (
      byCode(first, errors, response.status, context) ?? byStatus(first, errors, response.status, context)
    );
  }
  if (response.status === 429) return rateLimited(place, context.pause(), call);
  if (isFromProxy(response, body)) return proxyRefusal(response.status, call, place);
  const [said] = isTold(response.status) ? (quotable(readMessage(body), call) ?? []) : [];
  if (said !== undefined) return byStatus(said, [said], response.status, context);
  if (response.status === 401) return body.kind === 'json' ? unauthorized(place) : passwordInFront(place);
  if (response.status === 403 && body.kind === 'json') {
    // For a feature that the host turned off, Pelican answers 403 with an empty list, after the permission check
    // (PROTOCOL 8.3.4).
    const isOff = Array.isArray(body.value) && body.value.length === 0;
    return isOff ? switchedOff(call, place) : forbidden(call, place, call.permission);
  }
  return foreignError(response, body, call, place);
}

/** True for a refusal that its text explains, such as 409 and 422. Others mean the same whatever they say. */
function isTold(status: number): boolean {
  return status < 500 && ![400, 401, 403, 404, 405, 410, 413, 419].includes(status);
}

/** The errors with texts that a message may quote. */
function quotable(errors: PanelErrorEntry[] | null, call: PanelCall): PanelErrorEntry[] | null {
  if (call.answersSecret !== true || errors === null) return errors;
  return errors.map((error) => ({ ...error, detail: withoutSecretWords(error.detail) }));
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
    case 'FileExistsException':
    case 'FileNotEditableException':
    case 'FileNotFoundException':
      // Pelican's names for a node that refused (PROTOCOL 8.3.1, 8.3.9).
      return call.usesNode ? nodeRefusal(call) : unanswered(call, panelError(place, call));
    case 'ConnectionException':
      // Pelican's error for a node that does not answer. Without a node, and for usage (which Pelican answers without
      // the node), the panel's own cache failed (PROTOCOL 8.2.6, 8.3.1).
      return call.usesNode && (isWrite(call) || call.subject === 'file')
        ? nodeProblem(504, '', call, place)
        : unanswered(call, panelError(place, call));
    case 'ServerStateConflictException':
    case 'ConflictingServerStateException':
      return conflict(error.detail, call, place);
    case 'AuthenticationException':
    case 'InvalidCredentialsException':
      return unauthorized(place);
    case 'TwoFactorAuthRequiredException':
      return newProblem('forbidden', sentence('panel.two-factor', { place }));
    case 'InsufficientPermissionsException':
      return forbidden(call, place, namedPermission(error.detail) ?? call.permission);
    case 'TooManyRequestsHttpException':
    case 'ThrottleRequestsException':
      return rateLimited(place, context.pause(), call);
    case 'ValidationException':
      return invalidFields(errors, call, place);
    default:
      return (
        ownRefusal(error, call, place) ??
        (isForPeople(error, status) ? conflict(error.detail, call, place) : null)
      );
  }
}

/**
 * True for the class with which a panel refuses for a limit or a state, in the language of its host, and for the classes
 * under it, each with a name of its own (PROTOCOL 3.2). Classes of HTTP are about the request.
 */
function isForPeople({ code }: PanelErrorEntry, status: number): boolean {
  if (code === 'DisplayException') return true;
  return status === 400 && /^(?!BadRequest)\w+(?<!Http)Exception$/.test(code);
}

/** The problem of a refusal that only calls about one subject get; null = another refusal. */
function ownRefusal(error: PanelErrorEntry, call: PanelCall, place: string): Problem | null {
  return (
    accountRefusal(error, call, place) ??
    backupRefusal(error, call, place) ??
    scheduleRefusal(error, call, place) ??
    personRefusal(error, place) ??
    networkRefusal(error, place) ??
    databaseRefusal(error, call, place) ??
    panelFileRefusal(error, place)
  );
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
      return refusedInput(error, call, place);
    case 401:
      return unauthorized(place);
    case 403:
      return refusal(error, call, place);
    case 404:
      return notFound(error, call, place);
    case 405:
    case 419:
      return missingRoute(status, call, place);
    case 409:
      return conflict(error.detail, call, place);
    case 422:
      return invalidFields(errors, call, place);
    case 429:
      return rateLimited(place, context.pause(), call);
    case 502:
      return commandRefused(error, call, place);
    case 503:
      return newProblem('panel-unreachable', sentence('panel.maintenance', { place }));
    default:
      if (status >= 500) return serverError(error, call, place);
      return saidIn(error.detail) === ''
        ? strangeRefusal(status, call, place)
        : newProblem(
            'protocol',
            sentence('panel.refused', { place, what: call.what, said: saidIn(error.detail), status }),
            sentence('panel.try-or-log'),
          );
  }
}

type Conflict = Exclude<Condition, 'normal' | 'install-failed' | 'reinstall-failed' | 'reinstall-blocked'>;

const wait = sentence('panel.wait');

/**
 * The panel's texts (PROTOCOL 3.2) -> condition and next step. A failed installation has the same text as a running
 * one.
 */
const conflicts: [RegExp, Conflict, Sentence][] = [
  [/suspended/i, 'suspended', sentence('panel.ask-host')],
  [/maintenance/i, 'maintenance', wait],
  [/restoring/i, 'restoring', wait],
  [/transferred/i, 'transferring', wait],
  [/install/i, 'installing', sentence('panel.conflict-installing-next')],
];

function conflict(detail: string, call: PanelCall, place: string): Problem {
  const known = conflicts.find(([text]) => text.test(detail));
  if (known === undefined) {
    const said = saidIn(detail);
    return newProblem(
      'conflict',
      said === ''
        ? sentence('panel.conflict-untold', { place, what: call.what })
        : sentence('panel.conflict', { place, what: call.what, said }),
      sentence('panel.conflict-next'),
    );
  }
  const [, condition, next] = known;
  const message = sentence(`panel.conflict-${condition}`, { place, what: call.what });
  return { ...newProblem('conflict', message, next), condition };
}

/**
 * The problem of a 502 in the panel's own format.
 * On a command, the text says that the server is not online. A broken proxy in front of the node gives the same answer
 * (PROTOCOL 2.6.1), so the message claims no more.
 */
function commandRefused(error: PanelErrorEntry, call: PanelCall, place: string): Problem {
  if (call.usesNode && /must be online/i.test(error.detail)) {
    return newProblem('conflict', sentence('panel.not-online', { place, what: call.what }));
  }
  return call.usesNode ? nodeProblem(502, '', call, place) : serverError(error, call, place);
}

function serverError(error: PanelErrorEntry, call: PanelCall, place: string): Problem {
  // Up to panel 1.11 an unknown variable gives an error 500 of this class (D8).
  if (error.code === 'ErrorException' && call.fields.includes('key')) {
    return {
      ...panelError(place, call),
      next: sentence('panel.variable-next'),
    };
  }
  return unanswered(call, panelError(place, call));
}
