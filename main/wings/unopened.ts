/** The failure of a socket that never opened: DNS, certificate, proxy or no answer. */
import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { HttpFailure } from '../base/network-ports.js';
import { proxyProblem } from '../base/proxy-problem.js';
import type { Failure } from './failure.js';

const byItself = sentence('node.by-itself');

export function unopenedFailure(cause: HttpFailure | undefined): Failure {
  const certificate = cause?.certificate;
  if (cause?.kind === 'tls-untrusted' && certificate !== undefined) {
    return { retry: 'slow', problem: { ...untrusted(cause, certificate.host), certificate } };
  }
  return { retry: 'back-off', problem: unreachable(cause) };
}

function untrusted({ reason }: HttpFailure, host: string): Problem {
  const next = sentence('node.untrusted-next');
  switch (reason) {
    case 'certificate-expired':
      return newProblem('tls-untrusted', sentence('node.certificate-expired', { host }));
    case 'certificate-changed':
      return newProblem('tls-untrusted', sentence('node.certificate-changed', { host }));
    case 'certificate-name':
      return newProblem('tls-untrusted', sentence('node.certificate-name', { host }), next);
    default:
      return newProblem('tls-untrusted', sentence('node.untrusted', { host }));
  }
}

function unreachable(cause: HttpFailure | undefined): Problem {
  const code = 'node-unreachable';
  if (cause?.kind === 'unknown-host') return newProblem(code, sentence('node.not-found'));
  if (cause?.reason === 'no-tls')
    return newProblem(code, sentence('node.no-tls'), sentence('node.check-address'));
  const proxy = cause === undefined ? null : proxyProblem(cause, sentence('proxy.the-node'));
  return proxy === null ? newProblem(code, sentence('node.no-answer'), byItself) : { code, ...proxy };
}
