/** Visible time span of a chart, and its changes by zooming and panning. Pure; times are monotonic. */
import type { HistoryRange } from '../../../../bridge/schema/history.js';

export interface Span {
  readonly from: number;
  readonly until: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export const rangeMs: Readonly<Record<HistoryRange, number>> = {
  '5m': 5 * minuteMs,
  '1h': hourMs,
  '24h': dayMs,
  '7d': 7 * dayMs,
  '30d': 30 * dayMs,
};
export const ranges = Object.keys(rangeMs) as readonly HistoryRange[];

/** Time between two figures of a range. */
export const sampleMs: Readonly<Record<HistoryRange, number>> = {
  '5m': 5000,
  '1h': 5000,
  '24h': minuteMs,
  '7d': 15 * minuteMs,
  '30d': 15 * minuteMs,
};

/** Whether the feed of the last hour covers the range. */
export function isLiveRange(range: HistoryRange): boolean {
  return rangeMs[range] <= hourMs;
}

/** Shorter recordings start with the 5-minute range, because they take only a few pixels of an hour. */
const littleMs = 20 * minuteMs;

/**
 * Initial range of a chart: the smallest that fits the recorded time. `sinceEndMs` = time since a crash, or null: the
 * range then includes the crash and some time before it.
 */
export function fittingRange(knownMs: number, sinceEndMs: number | null): HistoryRange {
  const least = knownMs < littleMs ? '5m' : '1h';
  const wanted = (sinceEndMs ?? 0) * 1.25;
  return ranges.find((range) => rangeMs[range] >= Math.max(rangeMs[least], wanted)) ?? '30d';
}

/** Part of a range. `until` null = up to now, and moving with the time. */
export interface Zoom {
  readonly lengthMs: number;
  readonly until: number | null;
}

/** Shortest visible span; less holds only a few figures. */
const leastMs = 30_000;

export function shownSpan(zoom: Zoom | null, whole: Span): Span {
  if (zoom === null) return whole;
  const until = zoom.until ?? whole.until;
  return within({ from: until - zoom.lengthMs, until }, whole);
}

/** Zoom that shows a span; null = the whole range. */
export function zoomTo(span: Span, whole: Span): Zoom | null {
  const length = spanLength(whole);
  const lengthMs = Math.max(leastMs, spanLength(span));
  if (lengthMs >= length) return null;
  const centre = (span.from + span.until) / 2;
  const wide = within({ from: centre - lengthMs / 2, until: centre + lengthMs / 2 }, whole);
  return { lengthMs, until: wide.until >= whole.until ? null : wide.until };
}

/** Zoom around a moment that stays in place. A factor below 1 zooms in. */
export function zoomed(seen: Span, whole: Span, factor: number, around: number): Zoom | null {
  const length = Math.max(leastMs, spanLength(seen) * factor);
  const share = Math.min(1, Math.max(0, (around - seen.from) / spanLength(seen)));
  const from = around - length * share;
  return zoomTo(within({ from, until: from + length }, whole), whole);
}

export function panned(seen: Span, whole: Span, by: number): Zoom | null {
  return zoomTo(within({ from: seen.from + by, until: seen.until + by }, whole), whole);
}

/** Pans just enough to include a moment. */
export function including(seen: Span, whole: Span, at: number): Zoom | null {
  if (at < seen.from) return panned(seen, whole, at - seen.from);
  return panned(seen, whole, at > seen.until ? at - seen.until : 0);
}

export function spanLength({ from, until }: Span): number {
  return until - from;
}

/** Moves a span into the whole; shortens it only if longer than the whole. */
function within(span: Span, whole: Span): Span {
  const length = Math.min(spanLength(span), spanLength(whole));
  const until = Math.min(whole.until, Math.max(span.until, whole.from + length));
  return { from: until - length, until };
}
