import { PerchError } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../messages/messages.js';

/** Where a panel is, from what a person typed. */
export interface PanelAddress {
  /** Scheme, host, port and path prefix, without a trailing slash; the API lies below `/api/client`. */
  panelUrl: string;
  /** Scheme, host and non-default port: what Wings expects as Origin (PROTOCOL 4.1). */
  origin: string;
}

/**
 * Pages of a panel and roots of its API, as people copy them from the address bar, with all that lies below. No panel is
 * mounted below a folder of such a name, but `/server` alone and `/api/...` of another kind are left as they are.
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
 * Makes an address of what a person typed (PROTOCOL 1.5): white space, a missing scheme (https), trailing slashes,
 * the API's root and pages of the panel are forgiven; a path prefix is kept. Throws `invalid` with `fields.url`.
 */
export function normalizePanelUrl(input: string): PanelAddress {
  const text = input.replace(/[\t\r\n]+/g, '').trim();
  if (text === '') throw refused(sentence('panel.address-missing'));
  const url = parse(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw refused(sentence('panel.address-scheme'));
  }
  if (url.username !== '' || url.password !== '') {
    throw refused(sentence('panel.address-login'));
  }
  const panelUrl = `${url.origin}${mountOf(url.pathname)}`;
  return { panelUrl, origin: url.origin };
}

function parse(text: string): URL {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^https?:/i.test(text);
  try {
    return new URL(hasScheme ? text : `https://${text}`);
  } catch {
    throw refused(sentence('panel.address-unreadable'));
  }
}

/** What is left is where the panel is mounted, most often nothing. */
function mountOf(path: string): string {
  const whole = path.replace(/\/+$/, '');
  return (knownPage.exec(whole)?.[1] ?? whole).replace(/\/+$/, '');
}

function refused(message: Sentence): PerchError {
  const next = sentence('panel.address-next');
  // The field is all that a person looks at, so it says what next too.
  return new PerchError({
    code: 'invalid',
    message,
    next,
    fields: { url: sentence('common.pair', { first: message, second: next }) },
  });
}
