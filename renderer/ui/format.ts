/**
 * Figures as a person reads them: always with their unit, never longer than the column they stand in. Numbers are
 * written as the language writes them. Units are symbols (MiB, s, min, h, d), the same in each language: what `Intl`
 * has for a minute is `m` in one and `Min.` in another, and no column would hold both.
 */
import { locale, say } from '../../words/words.js';

const steps = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** `612 MiB`, `1.1 GiB`: three digits at most, binary units. */
export function bytes(count: number): string {
  const { value, unit } = scaled(count);
  return `${value} ${unit}`;
}

/** `1.1 MiB/s`. */
export function byteRate(perSecond: number): string {
  return `${bytes(perSecond)}/s`;
}

/** Used of a limit, for narrow columns: `612 MiB/1 GiB`, `1.1/2 GiB`, `612 MiB/∞`. */
export function bytesPerLimit(count: number, limit: number | null): string {
  if (limit === null) return `${bytes(count)}/∞`;
  const used = scaled(count);
  const most = scaled(limit);
  const first = used.unit === most.unit ? used.value : `${used.value} ${used.unit}`;
  return `${first}/${most.value} ${most.unit}`;
}

function scaled(count: number): { value: string; unit: string } {
  let value = Math.max(0, Number.isFinite(count) ? count : 0);
  let step = 0;
  // 999.5 would be written as 1000: four digits.
  while (value >= 999.5 && step < steps.length - 1) {
    value /= 1024;
    step += 1;
  }
  return { value: short(step === 0 ? Math.round(value) : value), unit: steps[step] ?? 'B' };
}

/** One decimal below 10, none above, no trailing zero. */
function short(value: number): string {
  return decimal(value, value < 9.95 ? 1 : 0);
}

/** Made once for each language: a formatter is dear, and a fleet writes thousands of figures a second. */
const decimals = new Map<string, Intl.NumberFormat>();

/** With at most so many decimals, no trailing zero, and no marks between thousands. */
function decimal(value: number, digits: 0 | 1): string {
  const rounded = value.toFixed(digits);
  if (digits === 0 || rounded.endsWith('.0')) return rounded.replace(/\.0$/, '');
  return formatOf(decimals, (language) => new Intl.NumberFormat(language)).format(Number(rounded));
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

/** Percent of one core, whole ones: `<1 %`, `12 %`, `1204 %`. */
export function percent(value: number): string {
  const known = Math.max(0, Number.isFinite(value) ? value : 0);
  return known > 0 && known < 0.5 ? '<1 %' : `${decimal(known, 0)} %`;
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
