/** Where the marks of what happened stand on a chart. Pure. */
import type { HistoryEvent } from '../../../../bridge/schema/events.js';
import { lengthOf, type Span } from './chart-span.js';

/** Pixels that a mark takes: what happened nearer to another shares its mark. */
export const markSize = 14;

export interface ChartEvent {
  /** A monotonic time, as that of figures. */
  readonly at: number;
  readonly isTrouble: boolean;
  readonly event: HistoryEvent;
}

/** Events that stand so near to each other that one mark is all there is room for. */
export interface EventGroup {
  readonly key: string;
  /** Of the width. */
  readonly share: number;
  /** Where the first of them is. */
  readonly at: number;
  readonly events: readonly ChartEvent[];
}

/** Those of a span, in marks that do not touch each other. `apart` = the least distance, as a share of the width. */
export function grouped(events: readonly ChartEvent[], span: Span, apart: number): EventGroup[] {
  const groups: { share: number; events: ChartEvent[] }[] = [];
  for (const event of events) {
    if (event.at < span.from || event.at > span.until) continue;
    const share = (event.at - span.from) / lengthOf(span);
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
