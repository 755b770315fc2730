/** The failure of a socket that never opened: DNS, certificate, proxy or no answer. */
import type { Problem } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import type { HttpFailure } from '../base/ports.js';
import { proxyProblem } from '../base/proxy-problem.js';
import type { Failure } from './failure.js';

const byItself = sentence('node.by-itself');

export function unopenedFailure(cause: HttpFailure | undefined): Failure {
  const certificate = cause?.certificate;
  if (cause?.kind === 'tls-untrusted' && certificate !== undefined) {
    const words = certificateWords(cause, certificate.host);
    return { retry: 'slow', problem: { code: 'tls-untrusted', ...words, certificate } };
  }
  return { retry: 'back-off', problem: { code: 'node-unreachable', ...words(cause) } };
}

type Words = Pick<Problem, 'message' | 'next' | 'section'>;

function certificateWords({ reason }: HttpFailure, host: string): Words {
  const compare = sentence('node.untrusted-next');
  const told = (message: Sentence, next = compare): Words => ({ message, next });
  switch (reason) {
    case 'certificate-expired':
      return told(sentence('node.certificate-expired', { host }), sentence('node.certificate-expired-next'));
    case 'certificate-changed':
      return told(sentence('node.certificate-changed', { host }), sentence('node.certificate-changed-next'));
    case 'certificate-name':
      return told(sentence('node.certificate-name', { host }));
    default:
      return told(sentence('node.untrusted', { host }));
  }
}

function words(cause: HttpFailure | undefined): Words {
  if (cause?.kind === 'unknown-host')
    return { message: sentence('node.not-found'), next: sentence('node.not-found-next') };
  if (cause?.reason === 'no-tls')
    return { message: sentence('node.no-tls'), next: sentence('node.check-address') };
  const proxy = cause === undefined ? null : proxyProblem(cause, sentence('proxy.the-node'));
  return proxy ?? { message: sentence('node.no-answer'), next: byItself };
}
