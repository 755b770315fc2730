import type { Problem } from '../../bridge/errors.js';
import type { HttpFailure } from '../base/ports.js';
import { isWrite, type PanelCall } from './call.js';

/** Why no answer came, in words for a person. */
export function failureProblem(failure: HttpFailure, call: PanelCall, place: string): Problem {
  // Once a request may have left, a signal or command may have been carried out (PROTOCOL trap 18).
  const maybeDone = isWrite(call) ? { maybeDone: true } : {};
  switch (failure.kind) {
    case 'timeout':
      return {
        code: 'timeout',
        message: `${place} did not answer in time.`,
        next: 'Check that the panel works in a browser, then try again.',
        ...maybeDone,
      };
    case 'unknown-host':
      return {
        code: 'panel-unreachable',
        message: `Perch found no server under the name ${place}.`,
        next: 'Check the spelling of the address and your internet connection.',
      };
    case 'unreachable':
      return unreachable(failure, place);
    case 'reset':
      return broken(failure, place, maybeDone);
    case 'too-large':
      return {
        code: 'protocol',
        message: `${place} sent more data than an answer of a panel holds, so Perch stopped reading.`,
        next: 'Check the address; if it is right, tell the host of the panel.',
        ...maybeDone,
      };
    case 'tls-untrusted':
      return untrusted(failure, place);
  }
}

function unreachable(failure: HttpFailure, place: string): Problem {
  if (failure.reason === 'no-tls') {
    return {
      code: 'panel-unreachable',
      message: `${place} does not speak https at this port.`,
      next: 'If the panel has no certificate, enter its address with http://.',
    };
  }
  return {
    code: 'panel-unreachable',
    message: `Perch could not connect to ${place}.`,
    next: 'Check the address and port, that the panel runs, and that no firewall is in between.',
  };
}

function broken(failure: HttpFailure, place: string, maybeDone: { maybeDone?: boolean }): Problem {
  if (failure.reason === 'not-http') {
    return {
      code: 'not-a-panel',
      message: `${place} answers at this port, but not as a web server.`,
      next: 'Check the port: it is the one of the panel, not of a node or of a game.',
    };
  }
  return {
    code: 'panel-unreachable',
    message: `The connection to ${place} broke before the answer was there.`,
    next: 'Try again.',
    ...maybeDone,
  };
}

function untrusted(failure: HttpFailure, place: string): Problem {
  const fingerprint = failure.fingerprint === undefined ? {} : { fingerprint: failure.fingerprint };
  if (failure.reason === 'certificate-expired') {
    // Without the fingerprint: agreeing to a certificate that has run out would not help.
    return {
      code: 'tls-untrusted',
      message: `The certificate of ${place} has expired or is not valid yet.`,
      next: 'Check the clock of this computer; if it is right, the host of the panel has to renew the certificate.',
    };
  }
  if (failure.reason === 'certificate-changed') {
    return {
      code: 'tls-untrusted',
      message: `${place} shows another certificate than the one that you agreed to. Perch has sent nothing.`,
      next: 'Ask the host whether the certificate was renewed, and compare the fingerprint before you agree again.',
      ...fingerprint,
    };
  }
  return {
    code: 'tls-untrusted',
    message: `The certificate of ${place} is not signed by anyone that this computer trusts. Perch has sent nothing.`,
    next: 'Compare the fingerprint with the one that the host of the panel names, and agree only if they are the same.',
    ...fingerprint,
  };
}
