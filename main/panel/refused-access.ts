/** Problems of calls that a panel refuses to a key, or to the user of the key (PROTOCOL 3.2). */
import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { keyPage } from '../base/key-page.js';
import type { PanelErrorEntry } from './answers.js';
import type { PanelCall } from './call.js';

/** The problem of a key that the panel does not know. */
export function unauthorized(place: string): Problem {
  return newProblem(
    'unauthorized',
    sentence('panel.unauthorized', { place }),
    sentence('panel.unauthorized-next', { page: keyPage }),
  );
}

/** The problem of a 401 that is no panel's answer: a web server or a proxy in front has a password. */
export function passwordInFront(place: string): Problem {
  return newProblem('unauthorized', sentence('panel.password-in-front', { place }));
}

/** The problem of an application key. The user can create the right kind of key in the same panel. */
export function applicationKey(place: string): Problem {
  return newProblem(
    'unauthorized',
    sentence('panel.application-key', { place }),
    sentence('panel.application-key-next', { page: keyPage }),
  );
}

/**
 * One error class with three texts (PROTOCOL 3.2): wrong kind of key, key limited to other addresses, missing
 * permission.
 */
export function refusal(error: PanelErrorEntry, call: PanelCall, place: string): Problem {
  if (/application API key/i.test(error.detail)) {
    return applicationKey(place);
  }
  if (/\bIP address\b/i.test(error.detail)) {
    return newProblem('forbidden', sentence('panel.wrong-ip', { place }));
  }
  if (/server transfer logs/i.test(error.detail)) return forbidden(call, place, 'admin.websocket.transfer');
  if (call.method === 'PUT' && call.path.startsWith('/account/')) return managedElsewhere(call, place);
  return forbidden(call, place, call.permission);
}

/** Pelican leaves the accounts of other services unchanged, for instance of a shop (PROTOCOL 2.24.13). */
function managedElsewhere({ what }: PanelCall, place: string): Problem {
  return newProblem(
    'forbidden',
    sentence('panel.forbidden', { place, what }),
    sentence('panel.account-kept-next'),
  );
}

/** `permission` = the missing permission, by its name on the panel. */
export function forbidden(call: PanelCall, place: string, permission: string | undefined): Problem {
  if (permission === undefined) {
    const message = sentence('panel.forbidden', { place, what: call.what });
    // An account has no owner besides its user.
    return call.path.startsWith('/account')
      ? newProblem('forbidden', message, sentence('panel.ask-host'))
      : newProblem('forbidden', message);
  }
  return {
    ...newProblem(
      'forbidden',
      sentence('panel.lacks', { place, what: call.what, permission }),
      sentence('panel.ask-owner', { permission }),
    ),
    permission,
  };
}

/** The problem of a feature that the host turned off. */
export function switchedOff(call: PanelCall, place: string): Problem {
  return newProblem(
    'forbidden',
    sentence('panel.switched-off', { place, what: call.what }),
    sentence('panel.ask-host'),
  );
}

/** The permission that a panel's text names between quotation marks. */
export function namedPermission(detail: string): string | null {
  return /'([a-z][\w-]*(?:\.[\w-]+)+)'/i.exec(detail.slice(0, 300))?.[1] ?? null;
}
