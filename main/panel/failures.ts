import type { Problem } from '../../bridge/errors.js';
import { sentence } from '../../words/words.js';
import type { HttpFailure } from '../base/ports.js';
import { unanswered, type PanelCall } from './call.js';

/** Why no answer came, in words for a person. */
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
  if (failure.reason === 'no-tls') {
    return {
      code: 'panel-unreachable',
      message: sentence('panel.no-tls', { place }),
      next: sentence('panel.no-tls-next'),
    };
  }
  return {
    code: 'panel-unreachable',
    message: sentence('panel.unreachable', { place }),
    next: sentence('panel.unreachable-next'),
  };
}

function broken(failure: HttpFailure, call: PanelCall, place: string): Problem {
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

function untrusted(failure: HttpFailure, place: string): Problem {
  const fingerprint = failure.fingerprint === undefined ? {} : { fingerprint: failure.fingerprint };
  if (failure.reason === 'certificate-expired') {
    // Without the fingerprint: agreeing to a certificate that has run out would not help.
    return {
      code: 'tls-untrusted',
      message: sentence('panel.expired', { place }),
      next: sentence('panel.expired-next'),
    };
  }
  if (failure.reason === 'certificate-changed') {
    return {
      code: 'tls-untrusted',
      message: sentence('panel.changed', { place }),
      next: sentence('panel.changed-next'),
      ...fingerprint,
    };
  }
  return {
    code: 'tls-untrusted',
    message: sentence('panel.untrusted', { place }),
    next: sentence('panel.untrusted-next'),
    ...fingerprint,
  };
}
