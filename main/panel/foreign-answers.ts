/**
 * Problems for answers that do not come from a panel: redirects, web pages, gateways, other services (PROTOCOL 1.3,
 * 1.5, 3.1).
 */
import { newProblem, type Problem } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import type { HttpResponse } from '../base/network-ports.js';
import { readBody, type AnswerBody } from './answers.js';
import { isWrite, unanswered, type PanelCall } from './call.js';
import { isBasic, missingRoute } from './not-found.js';

/**
 * The problem of a redirect. Perch never follows redirects: a POST would become a GET, and the key could go to another
 * host.
 */
export function redirectProblem(response: HttpResponse, requestUrl: string, place: string): Problem {
  const target = redirectTarget(response, requestUrl);
  const from = new URL(requestUrl);
  if (target === null) {
    return notAPanel(sentence('panel.redirected', { place }));
  }
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    return notAPanel(sentence('panel.sent-off-web', { place, scheme: oneLine(target.protocol, 30) }));
  }
  if (/\/login\/?$/i.test(target.pathname)) {
    return newProblem('not-a-panel', sentence('panel.login-page', { place }));
  }
  if (from.protocol === 'http:' && target.protocol === 'https:' && target.hostname === from.hostname) {
    return newProblem('not-a-panel', sentence('panel.https-only', { place }));
  }
  if (target.origin === from.origin) {
    return notAPanel(sentence('panel.redirected', { place }));
  }
  return newProblem('not-a-panel', sentence('panel.sent-on', { place, target: oneLine(target.origin, 100) }));
}

function redirectTarget(response: HttpResponse, requestUrl: string): URL | null {
  const location = response.headers['location'];
  return location !== undefined && URL.canParse(location, requestUrl) ? new URL(location, requestUrl) : null;
}

/** The problem of a successful status without a valid answer of a panel. */
export function strangeSuccess(body: AnswerBody, call: PanelCall, place: string): Problem {
  switch (body.kind) {
    case 'html':
      return notAPanel(sentence('panel.web-page', { place }));
    case 'json':
      return isWrite(call) ? unread(call, place) : notAPanel(sentence('panel.other-service', { place }));
    case 'broken-json':
      return unanswered(call, newProblem('protocol', sentence('panel.damaged', { place })));
    default:
      return isWrite(call) ? unread(call, place) : notAPanel(sentence('panel.empty', { place }));
  }
}

/** The problem of an answer of another shape than the API's. The panel may have carried out a change. */
export function unread(call: PanelCall, place: string): Problem {
  return unanswered(call, newProblem('protocol', sentence('panel.malformed', { place, what: call.what })));
}

/**
 * True for JSON of a proxy in front. Cloudflare answers programs in JSON, for a blocked address with the same status 403
 * as a panel for a missing permission; no panel sends this field or this content type (PROTOCOL 3.1.7).
 */
export function isFromProxy({ headers }: HttpResponse, body: AnswerBody): boolean {
  if (body.kind !== 'json') return false;
  const isMarked =
    typeof body.value === 'object' &&
    body.value !== null &&
    'cloudflare_error' in body.value &&
    body.value.cloudflare_error === true;
  return isMarked || (headers['content-type'] ?? '').toLowerCase().includes('application/problem+json');
}

/** True if a proxy in front of the panel sent the 429. The panel's own 429 has limit headers or the panel's error format. */
export function isLimitInFront(response: HttpResponse): boolean {
  if (response.headers['x-ratelimit-limit'] !== undefined) return false;
  const body = readBody(response);
  return body.kind !== 'json' || isFromProxy(response, body);
}

/** The problem of an answer of a proxy in front: one that did not let the request through, or found no panel. */
export function proxyRefusal(status: number, call: PanelCall, place: string): Problem {
  if (status < 500 && status !== 409) return firewall(place);
  return unanswered(call, newProblem('panel-unreachable', sentence('panel.gateway', { place, status })));
}

function firewall(place: string): Problem {
  return newProblem('panel-unreachable', sentence('panel.firewall', { place }));
}

/** The problem of an error status without the panel's error format: from a web server, a proxy or a firewall. */
export function foreignError(
  response: HttpResponse,
  body: AnswerBody,
  call: PanelCall,
  place: string,
): Problem {
  const { status } = response;
  if (isNode(response)) return newProblem('not-a-panel', sentence('panel.is-node', { place }));
  if (status === 400 && speaksTls.test(response.body)) {
    return newProblem('not-a-panel', sentence('panel.https-only', { place }));
  }
  if (status === 502 || status === 503 || status === 504 || (status >= 520 && status <= 530)) {
    return unanswered(call, newProblem('panel-unreachable', sentence('panel.gateway', { place, status })));
  }
  if (status >= 500) return unanswered(call, panelError(place, call));
  if (status === 413) {
    return newProblem('invalid', sentence('panel.request-too-large', { place }));
  }
  if (status === 403 && body.kind !== 'json') {
    return firewall(place);
  }
  if (status === 404 || status === 405 || status === 410) {
    // If basic calls still reach the panel, only this route is missing, or a proxy refuses the method; if not, their own
    // problem says so.
    if (!isBasic(call)) return missingRoute(status, call, place);
    return notAPanel(sentence('panel.no-panel', { place, status }));
  }
  if (status === 400 || body.kind !== 'json') {
    return notAPanel(sentence('panel.not-as-a-panel', { place, status }));
  }
  return strangeRefusal(status, call, place);
}

/** The problem of a refusal without a reason. */
export function strangeRefusal(status: number, { what }: PanelCall, place: string): Problem {
  return newProblem(
    'protocol',
    sentence('panel.strange-refusal', { place, what, status }),
    sentence('panel.try-or-log'),
  );
}

/** Answers of Go, nginx and Apache to a plain HTTP request on a TLS port. */
const speaksTls =
  /HTTP request (?:was sent )?to (?:an )?HTTPS (?:server|port)|plain HTTP to an SSL-enabled server port/i;

/** Wings lists `X-Real-IP` in this header of every answer, 404 included; panels do not (PROTOCOL 4.1). */
function isNode({ status, headers }: HttpResponse): boolean {
  return status === 404 && /\bX-Real-IP\b/i.test(headers['access-control-allow-headers'] ?? '');
}

export function panelError(place: string, call: PanelCall): Problem {
  return newProblem('panel-error', sentence('panel.panel-error', { place, what: call.what }));
}

function notAPanel(message: Sentence): Problem {
  return newProblem('not-a-panel', message, sentence('panel.check-address'));
}
