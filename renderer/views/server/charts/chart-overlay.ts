/** Lines over a chart: its limit across, and its events from top to bottom. */
import uPlot from 'uplot';
import type { Span } from './chart-span.js';
import { grouped, markSize, type ChartEvent } from './event-groups.js';

export interface OverlayPicture {
  readonly limit: number | null;
  /** Time from edge to edge. */
  readonly span: Span;
  /** Oldest first. */
  readonly events: readonly ChartEvent[];
}

type OverlayColours = Readonly<Record<'limit' | 'event' | 'trouble', string>>;

/**
 * Maximum number of full-height event lines. More lines shrink to notches at the top edge, so the figures stay
 * readable.
 */
const mostLines = 6;
const notch = 5;

export function drawLimit(plot: uPlot, { limit }: OverlayPicture, colours: OverlayColours): void {
  if (limit === null || limit <= 0) return;
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(limit, 'y', true)) + 0.5;
  ctx.save();
  ctx.setLineDash([4 * uPlot.pxRatio, 3 * uPlot.pxRatio]);
  drawLine(ctx, colours.limit, [bbox.left, y], [bbox.left + bbox.width, y]);
  ctx.restore();
}

export function drawEvents(plot: uPlot, { events, span }: OverlayPicture, colours: OverlayColours): void {
  const { ctx, bbox } = plot;
  const groups = grouped(events, span, (markSize * uPlot.pxRatio) / bbox.width);
  const height = groups.length > mostLines ? notch * uPlot.pxRatio : bbox.height;
  ctx.save();
  ctx.globalAlpha = 0.5;
  for (const group of groups) {
    const x = Math.round(plot.valToPos(group.at, 'x', true)) + 0.5;
    const isTrouble = group.events.some((one) => one.isTrouble);
    drawLine(ctx, isTrouble ? colours.trouble : colours.event, [x, bbox.top], [x, bbox.top + height]);
  }
  ctx.restore();
}

type Point = readonly [x: number, y: number];

function drawLine(ctx: CanvasRenderingContext2D, colour: string, from: Point, to: Point): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = uPlot.pxRatio;
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
}
