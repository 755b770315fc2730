import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { PanelCall } from './call.js';

/**
 * A rate limit in force.
 * `server` = tokens of one server, shared by all its users; `route` = the panel's limit for one kind of request
 * (PROTOCOL 3.4); `front` = a web server or Cloudflare in front of the panel, whose limit counts more than the account.
 */
export interface Pause {
  of: 'account' | 'server' | 'route' | 'front';
  retryAt: number;
  /** Set if Perch itself made most of the calls that the limit counts. */
  ownDoing?: { readonly own: number; readonly limit: number } | null;
}

/** The problem of a rate limit (PROTOCOL 3.4), from an answer or remembered from an earlier answer. */
export function rateLimited(
  place: string,
  { of, retryAt, ownDoing = null }: Pause,
  { throttled }: Pick<PanelCall, 'throttled'> = {},
): Problem {
  if (of === 'front') {
    return { ...newProblem('rate-limited', sentence('panel.rate-limited-front', { place })), retryAt };
  }
  if (of !== 'account') {
    const id = throttled ?? (of === 'route' ? 'route-limited' : 'server-limited');
    // The only limit of this kind that counts over a day, and the panel does not tell its end (PROTOCOL 2.24.12).
    if (id === 'email-throttled') return newProblem('rate-limited', sentence(`panel.${id}`, { place }));
    return {
      ...newProblem('rate-limited', sentence(`panel.${id}`, { place })),
      retryAt,
      ofServer: true,
    };
  }
  const message =
    ownDoing === null
      ? sentence('panel.rate-limited', { place })
      : sentence('panel.rate-limited-own', { place, ...ownDoing });
  return { ...newProblem('rate-limited', message), retryAt };
}
