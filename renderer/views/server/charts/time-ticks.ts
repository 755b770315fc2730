/** Time labels below a chart: round wall-clock times, as many as fit. Pure. */
import { locale } from '../../../../messages/messages.js';
import { spanLength, type Span } from './chart-span.js';

export interface TimeTick {
  readonly at: number;
  readonly label: string;
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const steps = [
  ...[5, 10, 20].map((count) => count * secondMs),
  ...[1, 2, 5, 10, 20, 30].map((count) => count * minuteMs),
  ...[1, 2, 3, 6, 12].map((count) => count * hourMs),
  ...[1, 2, 5, 10].map((count) => count * dayMs),
];

/** Maximum number of labels that fit side by side in the narrowest chart. */
const most = 4;
/** Labels nearer to an edge would be cut off; as a share of the width. */
const edge = 0.07;

const forms = {
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  minutes: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  days: { day: 'numeric', month: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** `ahead` = wall-clock time minus the monotonic time of the span, in ms. */
export function timeTicks(span: Span, ahead: number): TimeTick[] {
  const length = spanLength(span);
  const step = steps.find((one) => length / one <= most) ?? 10 * dayMs;
  const wall = { from: span.from + ahead, until: span.until + ahead };
  const moments = step < dayMs ? roundTimes(wall, step) : midnights(wall, step / dayMs);
  return moments
    .map((at) => ({ at: at - ahead, label: label(at, step) }))
    .filter(({ at }) => at >= span.from + length * edge && at <= span.until - length * edge);
}

/** Cached per language: formatters are slow to create, and live charts redraw every second. */
const made = new Map<string, Intl.DateTimeFormat>();

function written(at: number, form: keyof typeof forms): string {
  const language = locale();
  const key = `${form} ${language}`;
  const format = made.get(key) ?? new Intl.DateTimeFormat(language, forms[form]);
  made.set(key, format);
  return format.format(at);
}

/** Midnight shows the date instead of the time. */
function label(at: number, step: number): string {
  if (step >= dayMs || isMidnight(at)) return written(at, 'days');
  return written(at, step < minuteMs ? 'seconds' : 'minutes');
}

function isMidnight(at: number): boolean {
  return at === new Date(at).setHours(0, 0, 0, 0);
}

/** Multiples of the step in the user's time zone. */
function roundTimes({ from, until }: Span, step: number): number[] {
  const zone = -new Date(until).getTimezoneOffset() * minuteMs;
  const found = [];
  for (let at = Math.ceil((from + zone) / step) * step - zone; at <= until; at += step) found.push(at);
  return found;
}

/** Walks calendar days, because clock changes make days longer or shorter. */
function midnights({ from, until }: Span, days: number): number[] {
  const first = new Date(from);
  const found = [];
  for (let day = 1; ; day += days) {
    const at = new Date(first.getFullYear(), first.getMonth(), first.getDate() + day).getTime();
    if (at > until) return found;
    found.push(at);
  }
}
