import type { Answer, SendVerdict } from './channel-sender.js';

/** Longest pause that a service may ask for (one hour), so that a wrong figure does not stop a channel for days. */
const longestPauseMs = 3_600_000;

/** The verdict that a status means for every service. `why` = the service's own words. */
export function judgeStatus(answer: Answer, why: string): SendVerdict {
  const { status } = answer;
  if (status >= 200 && status < 300) return { is: 'taken', reference: null };
  if (status === 429 || status === 408 || status === 425 || status >= 500)
    return { is: 'later', afterMs: retryAfter(answer) };
  // A redirect is never followed: the secret would go to another address.
  const isForGood = status < 400 || [401, 403, 404, 405, 410].includes(status);
  return { is: isForGood ? 'refused' : 'unfit', why };
}

/** The pause in `Retry-After`: seconds, or a date (RFC 9110). null = none. */
export function retryAfter({ headers, now }: Pick<Answer, 'headers' | 'now'>): number | null {
  const text = headers['retry-after'] ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return pauseMs(Number(text));
  const date = text === '' ? NaN : Date.parse(text);
  return Number.isNaN(date) ? null : pauseMs((date - now) / 1000);
}

/** Milliseconds of a pause in seconds, within bounds; null for a figure that is not finite. */
export function pauseMs(seconds: number): number | null {
  return Number.isFinite(seconds) ? Math.min(longestPauseMs, Math.max(0, Math.ceil(seconds * 1000))) : null;
}
