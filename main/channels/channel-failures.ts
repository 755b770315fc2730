/** Problems of a channel, in words. */
import { newProblem, PerchError, type Problem } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { sentence, verbatim, type PlainId } from '../../messages/messages.js';
import type { HttpFailure } from '../base/network-ports.js';
import { proxyProblem } from '../base/proxy-problem.js';
import type { SendVerdict } from './channel-sender.js';

/** No answer came. Names the host only: the rest of the address is a secret. */
export function unansweredProblem(failure: HttpFailure, host: string): Problem {
  const proxy = proxyProblem(failure, host);
  if (proxy !== null) return { code: 'offline', ...proxy };
  if (failure.kind === 'tls-untrusted')
    return newProblem('tls-untrusted', sentence('channels.untrusted', { host }));
  if (failure.kind === 'too-large') return newProblem('protocol', sentence('channels.no-service', { host }));
  if (failure.kind === 'timeout' || failure.kind === 'reset')
    return { ...newProblem('timeout', sentence('channels.unsure', { host })), maybeDone: true };
  return newProblem('offline', sentence('channels.unreachable', { host }));
}

/** The service answered no. */
export function answeredProblem(
  verdict: Exclude<SendVerdict, { readonly is: 'taken' | 'gone' }>,
  status: number,
  host: string,
): Problem {
  if (verdict.is === 'later')
    return status === 429
      ? newProblem('rate-limited', sentence('channels.too-often', { host }))
      : newProblem('protocol', sentence('channels.broken', { host, status }));
  const why = oneLine(verdict.why, 200);
  const said = why === '' ? verbatim(String(status)) : verbatim(why);
  if (verdict.is === 'unfit') return newProblem('conflict', sentence('channels.unfit', { host, why: said }));
  if (status === 401 || status === 403)
    return newProblem('unauthorized', sentence('channels.unauthorized', { host, why: said }));
  if (status < 400) return newProblem('protocol', sentence('channels.no-service', { host }));
  return newProblem('not-found', sentence('channels.gone', { host, why: said }));
}

export function wrongField(field: 'address' | 'token' | 'recipient' | 'template', id: PlainId): PerchError {
  return new PerchError({
    ...newProblem('invalid', sentence('channels.incomplete')),
    fields: { [field]: sentence(id) },
  });
}
