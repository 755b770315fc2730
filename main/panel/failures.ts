import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { HttpFailure, HttpFailureReason } from '../base/network-ports.js';
import { proxyProblem } from '../base/proxy-problem.js';
import { unanswered, type PanelCall } from './call.js';

/** The problem of a call that got no answer. */
export function failureProblem(failure: HttpFailure, call: PanelCall, place: string): Problem {
  switch (failure.kind) {
    case 'timeout':
      return unanswered(call, newProblem('timeout', sentence('panel.timeout', { place })));
    case 'unknown-host':
      return newProblem('panel-unreachable', sentence('panel.unknown-host', { place }));
    case 'unreachable':
      return unreachable(failure, place);
    case 'reset':
      return broken(failure, call, place);
    case 'too-large':
      return unanswered(call, newProblem('protocol', sentence('panel.too-large', { place })));
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
      return newProblem(code, sentence('panel.no-tls', { place }));
    case 'tls-only':
      return httpsOnly(place);
    default:
      return newProblem(code, sentence('panel.unreachable', { place }));
  }
}

function httpsOnly(place: string): Problem {
  return newProblem('panel-unreachable', sentence('panel.https-only', { place }));
}

function broken(failure: HttpFailure, call: PanelCall, place: string): Problem {
  if (failure.reason === 'tls-only') return httpsOnly(place);
  if (failure.reason === 'not-http') {
    return newProblem('not-a-panel', sentence('panel.not-http', { place }));
  }
  return unanswered(
    call,
    newProblem('panel-unreachable', sentence('panel.broken', { place }), sentence('panel.try-again')),
  );
}

const certificateMessages = new Map<
  HttpFailureReason | undefined,
  'panel.expired' | 'panel.changed' | 'panel.other-name'
>([
  ['certificate-expired', 'panel.expired'],
  ['certificate-changed', 'panel.changed'],
  ['certificate-name', 'panel.other-name'],
]);

function untrusted({ reason, certificate }: HttpFailure, place: string): Problem {
  const message = sentence(certificateMessages.get(reason) ?? 'panel.untrusted', { place });
  return {
    ...newProblem('tls-untrusted', message),
    ...(certificate === undefined ? {} : { certificate }),
  };
}
