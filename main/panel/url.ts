import { PerchError, newProblem } from '../../bridge/errors.js';
import { typedAddress } from '../../bridge/panel/typed-address.js';
import { sentence, type Sentence } from '../../messages/messages.js';

/** Address of a panel, from the user's input. */
export interface PanelAddress {
  /** Scheme, host, port and path prefix, without a trailing slash. The API is below `/api/client`. */
  panelUrl: string;
  /** Scheme, host and non-default port: the `Origin` that Wings expects (PROTOCOL 4.1). */
  origin: string;
}

/**
 * Pages of a panel and roots of its API, with all paths below, as users copy them from the address bar.
 * No panel is installed below a folder of such a name. `/server` alone and other paths below `/api/` stay.
 */
const knownPage = new RegExp(
  '^(.*?)/(?:' +
    '(?:server/[^/]+|account|admin|auth|profile)(?:/.*)?' +
    '|login|password-reset(?:/.*)?' +
    '|api(?:/(?:client|application)(?:/.*)?)?' +
    ')$',
  'i',
);

/**
 * Normalizes a panel address (PROTOCOL 1.5). Throws `invalid` with `fields.url`.
 * Removes white space, trailing slashes, the API's root and pages of the panel. Adds a missing scheme (https). Keeps a
 * path prefix.
 */
export function normalizePanelUrl(input: string): PanelAddress {
  if (input.trim() === '') throw refused(sentence('panel.address-missing'));
  const address = typedAddress(input);
  if (!URL.canParse(address)) throw refused(sentence('panel.address-unreadable'));
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw refused(sentence('panel.address-scheme'));
  }
  if (url.username !== '' || url.password !== '') {
    throw refused(sentence('panel.address-login'));
  }
  const panelUrl = `${url.origin}${mountOf(url.pathname)}`;
  return { panelUrl, origin: url.origin };
}

/** Path prefix of the panel, usually empty. */
function mountOf(path: string): string {
  const whole = path.replace(/\/+$/, '');
  return (knownPage.exec(whole)?.[1] ?? whole).replace(/\/+$/, '');
}

function refused(message: Sentence): PerchError {
  const next = sentence('panel.address-next');
  // The form shows only the message of the field, so this message includes the next step.
  return new PerchError({
    ...newProblem('invalid', message, next),
    fields: { url: sentence('common.pair', { first: message, second: next }) },
  });
}
