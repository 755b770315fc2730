/**
 * Formats figures with their unit, short enough for a column. Numbers follow the user's language. Units are symbols
 * (MiB, s, min, h, d), equal in all languages: `Intl` abbreviates a minute as `m` in one language and `Min.` in
 * another.
 */
import { bytes } from '../../../bridge/text/figures.js';
import { perLanguage, say } from '../../../messages/messages.js';

export { bytes, bytesPerLimit, percent, percentPerLimit } from '../../../bridge/text/figures.js';

/** `1.1 MiB/s`. */
export function byteRate(perSecond: number): string {
  return `${bytes(perSecond)}/s`;
}

const lists = perLanguage((language) => new Intl.ListFormat(language, { type: 'unit', style: 'short' }));
const figures = perLanguage((language) => new Intl.NumberFormat(language));

/** `a, b, c`: figures as a list in the user's language. */
export function formatList(texts: readonly string[]): string {
  return lists().format(texts);
}

/** Age in one unit: `just now`, `40 s ago`, `2 min ago`, `3 h ago`, `5 d ago`. */
export function ago(at: number, now: number): string {
  const seconds = Math.floor((now - at) / 1000);
  return seconds < 5 ? say('time.just-now') : say('time.ago', { time: largestUnit(seconds) });
}

function largestUnit(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** Countdown: `now`, `8 s`, `2 min`. */
export function until(at: number, now: number): string {
  const seconds = Math.ceil((at - now) / 1000);
  if (seconds <= 0) return say('time.now');
  return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

/** Used share of a limit, between 0 and 1; null without a limit. */
export function share(count: number, limit: number | null): number | null {
  if (limit === null || limit <= 0) return null;
  return Math.min(1, Math.max(0, count / limit));
}

/** Count in the user's language: `1,000`. */
export function figureOf(count: number): string {
  return figures().format(count);
}
