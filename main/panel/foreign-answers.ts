/** Answers that no panel gave: redirects, web pages, gateways, other services (PROTOCOL 1.3, 1.5, 3.1). */
import type { Problem } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/plain-line.js';
import type { HttpResponse } from '../base/ports.js';
import type { AnswerBody } from './answers.js';
import { isWrite, type PanelCall } from './call.js';

const checkAddress = 'Check the address: it is the one that you open the panel with in a browser.';

/** A redirect; never followed, because a POST would turn into a GET and the key would go elsewhere. */
export function redirectProblem(response: HttpResponse, requestUrl: string, place: string): Problem {
  const target = redirectTarget(response, requestUrl);
  const from = new URL(requestUrl);
  if (target === null) {
    return notAPanel(`${place} sent Perch to another page instead of answering.`);
  }
  if (/\/login\/?$/i.test(target.pathname)) {
    return notAPanel(
      `${place} sent Perch to a login page instead of answering.`,
      'If the panel lies behind a login of its own, such as a proxy or Cloudflare Access, let /api/client pass it.',
    );
  }
  if (from.protocol === 'http:' && target.protocol === 'https:' && target.hostname === from.hostname) {
    return notAPanel(
      `${place} only answers over https.`,
      `Enter the address with https:// instead of http://.`,
    );
  }
  if (target.origin === from.origin) {
    return notAPanel(`${place} sent Perch to another page instead of answering.`);
  }
  return notAPanel(
    `${place} sent Perch on to ${oneLine(target.origin, 100)} instead of answering.`,
    'If that is where the panel lives, enter that address.',
  );
}

function redirectTarget(response: HttpResponse, requestUrl: string): URL | null {
  const location = response.headers['location'];
  return location !== undefined && URL.canParse(location, requestUrl) ? new URL(location, requestUrl) : null;
}

/** A success that is no answer of a panel, or that a panel would not give to this call. */
export function strangeSuccess(body: AnswerBody, place: string): Problem {
  switch (body.kind) {
    case 'html':
      return notAPanel(`${place} answered with a web page, not as a panel.`);
    case 'json':
      return notAPanel(`${place} answers, but not as a panel: this is another service.`);
    case 'broken-json':
      return {
        code: 'protocol',
        message: `The answer of ${place} was cut off or damaged.`,
        next: 'Try again; if it happens again, ask the host of the panel.',
      };
    default:
      return notAPanel(`${place} gave an empty or unreadable answer, not that of a panel.`);
  }
}

/** An error status without the panel's own error format: a web server, a proxy or a firewall speaks. */
export function foreignError(
  response: HttpResponse,
  body: AnswerBody,
  call: PanelCall,
  place: string,
): Problem {
  const { status } = response;
  const maybeDone = isWrite(call) && status >= 500 ? { maybeDone: true } : {};
  if (status === 502 || status === 503 || status === 504 || (status >= 520 && status <= 530)) {
    return {
      code: 'panel-unreachable',
      message: `The web server of ${place} answers, but the panel behind it does not (status ${status}).`,
      next: 'Wait a little and try again; if it lasts, tell the host of the panel.',
      ...maybeDone,
    };
  }
  if (status >= 500) return panelError(place, call, maybeDone);
  if (status === 413) {
    return {
      code: 'invalid',
      message: `The web server of ${place} refused the request because it is too large.`,
      next: 'Shorten the text and try again.',
    };
  }
  if (status === 403 && body.kind !== 'json') {
    return {
      code: 'panel-unreachable',
      message: `Something in front of ${place}, such as a firewall, refused the request.`,
      next: 'Open the panel in a browser; if that works, ask its host to let /api/client pass.',
    };
  }
  if (status === 404 || status === 405 || status === 410) {
    return notAPanel(`There is no panel at this address of ${place} (status ${status}).`);
  }
  if (status === 400 || body.kind !== 'json') {
    return notAPanel(`${place} did not answer as a panel does (status ${status}).`);
  }
  return {
    code: 'protocol',
    message: `${place} refused to ${call.what} in a way that Perch does not know (status ${status}).`,
    next: 'Try again; if it happens again, look into the log.',
  };
}

export function panelError(place: string, call: PanelCall, extra: { maybeDone?: boolean } = {}): Problem {
  return {
    code: 'panel-error',
    message: `${place} ran into an error of its own and could not ${call.what}.`,
    next: 'Try again later; if it lasts, tell the host of the panel.',
    ...extra,
  };
}

function notAPanel(message: string, next = checkAddress): Problem {
  return { code: 'not-a-panel', message, next };
}
