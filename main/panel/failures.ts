import type { Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { HttpFailure, HttpFailureReason } from '../base/ports.js';
import { proxyProblem } from '../base/proxy-problem.js';
import { unanswered, type PanelCall } from './call.js';

/** The problem of a call that got no answer. */
export function failureProblem(failure: HttpFailure, call: PanelCall, place: string): Problem {
  switch (failure.kind) {
    case 'timeout':
      return unanswered(call, {
        code: 'timeout',
        message: sentence('panel.timeout', { place }),
        next: sentence('panel.timeout-next'),
      });
    case 'unknown-host':
      return {
        code: 'panel-unreachable',
        message: sentence('panel.unknown-host', { place }),
        next: sentence('panel.unknown-host-next'),
      };
    case 'unreachable':
      return unreachable(failure, place);
    case 'reset':
      return broken(failure, call, place);
    case 'too-large':
      return unanswered(call, {
        code: 'protocol',
        message: sentence('panel.too-large', { place }),
        next: sentence('panel.too-large-next'),
      });
    case 'tls-untrusted':
      return untrusted(failure, place);
  }
}

function unreachable(failure: HttpFailure, place: string): Problem {
  const code = 'panel-unreachable';
  const proxy = proxyProblem(failure, place);
  if (proxy !== null) return { code, ...proxy };
  switch (failure.reason) {
    case 'no-tls':
      return { code, message: sentence('panel.no-tls', { place }), next: sentence('panel.no-tls-next') };
    case 'tls-only':
      return httpsOnly(place);
    default:
      return {
        code,
        message: sentence('panel.unreachable', { place }),
        next: sentence('panel.unreachable-next'),
      };
  }
}

function httpsOnly(place: string): Problem {
  return {
    code: 'panel-unreachable',
    message: sentence('panel.https-only', { place }),
    next: sentence('panel.https-only-next'),
  };
}

function broken(failure: HttpFailure, call: PanelCall, place: string): Problem {
  if (failure.reason === 'tls-only') return httpsOnly(place);
  if (failure.reason === 'not-http') {
    return {
      code: 'not-a-panel',
      message: sentence('panel.not-http', { place }),
      next: sentence('panel.not-http-next'),
    };
  }
  return unanswered(call, {
    code: 'panel-unreachable',
    message: sentence('panel.broken', { place }),
    next: sentence('panel.try-again'),
  });
}

const certificateWords: Partial<
  Record<HttpFailureReason, (place: string) => Pick<Problem, 'message' | 'next'>>
> = {
  'certificate-expired': (place) => ({
    message: sentence('panel.expired', { place }),
    next: sentence('panel.expired-next'),
  }),
  'certificate-changed': (place) => ({
    message: sentence('panel.changed', { place }),
    next: sentence('panel.changed-next'),
  }),
  'certificate-name': (place) => ({
    message: sentence('panel.other-name', { place }),
    next: sentence('panel.other-name-next'),
  }),
};

function untrusted({ reason, certificate }: HttpFailure, place: string): Problem {
  const told = (reason === undefined ? undefined : certificateWords[reason]?.(place)) ?? {
    message: sentence('panel.untrusted', { place }),
    next: sentence('panel.untrusted-next'),
  };
  return { code: 'tls-untrusted', ...told, ...(certificate === undefined ? {} : { certificate }) };
}
