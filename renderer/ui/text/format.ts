/**
 * Figures as a person reads them: always with their unit, never longer than the column they stand in. Numbers are
 * written as the language writes them. Units are symbols (MiB, s, min, h, d), the same in each language: what `Intl`
 * has for a minute is `m` in one and `Min.` in another, and no column would hold both.
 */
import { bytes } from '../../../bridge/text/figures.js';
import { locale, say } from '../../../messages/messages.js';

export { bytes, bytesPerLimit, percent, percentPerLimit } from '../../../bridge/text/figures.js';

/** `1.1 MiB/s`. */
export function byteRate(perSecond: number): string {
  return `${bytes(perSecond)}/s`;
}

const lists = new Map<string, Intl.ListFormat>();

/** `a, b, c`, as the language puts figures side by side. */
export function listed(texts: readonly string[]): string {
  const list = formatOf(lists, (language) => new Intl.ListFormat(language, { type: 'unit', style: 'short' }));
  return list.format(texts);
}

function formatOf<Format>(made: Map<string, Format>, make: (language: string) => Format): Format {
  const language = locale();
  const format = made.get(language) ?? make(language);
  made.set(language, format);
  return format;
}

/** How long ago, in one unit: `just now`, `40 s ago`, `2 min ago`, `3 h ago`, `5 d ago`. */
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

/** Time until something, for countdowns: `now`, `8 s`, `2 min`. */
export function until(at: number, now: number): string {
  const seconds = Math.ceil((at - now) / 1000);
  if (seconds <= 0) return say('time.now');
  return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

/** Share of a limit between 0 and 1; null where there is no limit. */
export function share(count: number, limit: number | null): number | null {
  if (limit === null || limit <= 0) return null;
  return Math.min(1, Math.max(0, count / limit));
}

/** `203.0.113.10:25565`, `[2001:db8::1]:25565`. */
export function hostAndPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const figures = new Map<string, Intl.NumberFormat>();

/** How many of something there are: `1,000`. */
export function figureOf(count: number): string {
  return formatOf(figures, (language) => new Intl.NumberFormat(language)).format(count);
}
