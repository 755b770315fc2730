/** Positions of event marks on a chart. Pure. */
import type { HistoryEvent } from '../../../../bridge/schema/events.js';
import { spanLength, type Span } from './chart-span.js';

/** Width of a mark in pixels; closer events share a mark. */
export const markSize = 14;

export interface ChartEvent {
  /** Monotonic time, as for figures. */
  readonly at: number;
  readonly isTrouble: boolean;
  readonly event: HistoryEvent;
}

/** Events too close together for marks of their own. */
export interface MarkGroup {
  readonly key: string;
  /** Horizontal position, as a share of the width. */
  readonly share: number;
  /** Time of the first event. */
  readonly at: number;
  readonly events: readonly ChartEvent[];
}

/** Groups the events of a span into marks that do not touch. `apart` = minimum distance, as a share of the width. */
export function grouped(events: readonly ChartEvent[], span: Span, apart: number): MarkGroup[] {
  const groups: { share: number; events: ChartEvent[] }[] = [];
  for (const event of events) {
    if (event.at < span.from || event.at > span.until) continue;
    const share = (event.at - span.from) / spanLength(span);
    const last = groups.at(-1);
    if (last !== undefined && share - last.share < apart) last.events.push(event);
    else groups.push({ share, events: [event] });
  }
  return groups.map(({ share, events: all }) => ({
    key: all[0]?.event.id ?? '',
    at: all[0]?.at ?? 0,
    share,
    events: all,
  }));
}
