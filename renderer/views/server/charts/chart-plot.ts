/** Draws one chart with uPlot: lines, bands between minimum and maximum, cross-hair, and the layers above. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { onSchemeChange, readColours } from '../../../ui/drawings/read-colours.js';
import type { ChartScale } from './chart-scale.js';
import { drawEvents, drawLimit, type OverlayPicture } from './chart-overlay.js';
import type { Span } from './chart-span.js';
import type { TimeTick } from './time-ticks.js';
import { lonely, type Columns } from './usage-series.js';

export interface PlotLook {
  readonly lines: number;
  /** True for a small chart without axis labels. */
  readonly compact: boolean;
  readonly format: (value: number) => string;
}

export interface PlotPicture extends OverlayPicture {
  readonly columns: Columns;
  readonly scale: ChartScale;
  readonly ticks: readonly TimeTick[];
}

const tokens = {
  line: '--chart-line',
  ground: '--chart-ground',
  band: '--chart-band',
  second: '--chart-second',
  secondBand: '--chart-second-band',
  grid: '--chart-grid',
  limit: '--chart-limit',
  event: '--chart-limit',
  trouble: '--state-crashed',
  text: '--text-faint',
  surface: '--surface-raised',
};
const pointerEvents = [
  ...['mousedown', 'mouseup', 'click', 'dblclick'],
  ...['mousemove', 'mouseleave', 'mouseenter'],
];
const hidden = { left: -10, top: -10 };

export class ChartPlot {
  readonly #plot: uPlot;
  readonly #ends: (() => void)[] = [];
  #colours: Record<keyof typeof tokens, string>;
  #picture: PlotPicture;
  #at: number | null = null;
  #measured = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly look: PlotLook,
    picture: PlotPicture,
  ) {
    this.#picture = picture;
    this.#colours = readColours(host, tokens);
    this.#plot = new uPlot(this.#options(), dataOf(picture), host);
    const resized = new ResizeObserver(() => this.#fit());
    resized.observe(host);
    this.#ends.push(
      () => resized.disconnect(),
      onSchemeChange(() => this.repaint()),
    );
  }

  show(picture: PlotPicture): void {
    this.#picture = picture;
    this.#plot.setData(dataOf(picture));
    this.point(this.#at, this.#measured);
  }

  /** Moves the cross-hair to a time; null hides it. Without a measurement there, it marks no values. */
  point(at: number | null, measured: boolean): void {
    this.#at = at;
    this.#measured = measured;
    const { from, until } = this.#picture.span;
    const left = at === null || at < from || at > until ? -1 : this.#plot.valToPos(at, 'x');
    this.#plot.setCursor(left < 0 ? hidden : { left, top: 0 }, false);
  }

  /** Time at an x position in the window. */
  timeAt(clientX: number): number {
    const { left, width } = this.#plot.over.getBoundingClientRect();
    const share = width > 0 ? Math.min(1, Math.max(0, (clientX - left) / width)) : 1;
    const { span } = this.#picture;
    return span.from + (span.until - span.from) * share;
  }

  /** Marks a range of time; null removes the mark. */
  select(span: Span | null): void {
    const left = span === null ? 0 : this.#plot.valToPos(span.from, 'x');
    const width = span === null ? 0 : this.#plot.valToPos(span.until, 'x') - left;
    this.#plot.setSelect({ left, width, top: 0, height: this.#plot.over.clientHeight }, false);
  }

  /** Canvas of the current drawing, for an image. */
  get canvas(): HTMLCanvasElement {
    return this.#plot.ctx.canvas;
  }

  /** Reads the window's colours again. */
  repaint(): void {
    this.#colours = readColours(this.host, tokens);
    this.#plot.redraw(false);
  }

  destroy(): void {
    for (const end of this.#ends) end();
    this.#plot.destroy();
  }

  #fit(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    // A collapsed element has no size.
    if (width === 0 || height === 0) return;
    this.#plot.setSize({ width, height });
    this.point(this.#at, this.#measured);
  }

  #options(): uPlot.Options {
    const { compact } = this.look;
    return {
      width: Math.max(1, this.host.clientWidth),
      height: Math.max(1, this.host.clientHeight),
      ms: 1,
      padding: compact ? [1, 0, 0, 0] : [4, 14, 0, 0],
      legend: { show: false },
      cursor: this.#cursor(),
      scales: {
        x: { time: false, range: () => [this.#picture.span.from, this.#picture.span.until] },
        y: { range: () => [0, this.#picture.scale.top] },
      },
      series: [
        {},
        ...this.#eachLine(() => [this.#edge(), this.#edge()]),
        ...this.#eachLine((line) => [this.#series(line)]),
      ],
      bands: this.#eachLine((line) => [
        {
          series: [2 * line + 2, 2 * line + 1],
          fill: () => (line === 0 ? this.#colours.band : this.#colours.secondBand),
        },
      ]),
      axes: compact ? [{ show: false }, { show: false }] : [this.#times(), this.#values()],
      hooks: {
        drawAxes: [
          (plot) => {
            drawLimit(plot, this.#picture, this.#colours);
            drawEvents(plot, this.#picture, this.#colours);
          },
        ],
      },
    };
  }

  /** Index of the first line's series; time and bands come before it. */
  get #firstLine(): number {
    return 1 + 2 * this.look.lines;
  }

  #eachLine<T>(make: (line: number) => T[]): T[] {
    return Array.from({ length: this.look.lines }, (_, line) => make(line)).flat();
  }

  /** uPlot follows no pointer itself, because all charts of a server share one cross-hair. */
  #cursor(): uPlot.Cursor {
    return {
      y: false,
      dataIdx: (_plot, series, closest) => (this.#measured && series >= this.#firstLine ? closest : null),
      drag: { x: false, y: false, setScale: false },
      points: {
        size: 7,
        width: 1.5,
        fill: (_plot, index) => this.#lineColour(index - this.#firstLine),
        stroke: () => this.#colours.surface,
      },
      bind: Object.fromEntries(pointerEvents.map((name) => [name, () => null])),
    };
  }

  /** Series of a minimum or maximum: bounds a band and draws no line. */
  #edge(): uPlot.Series {
    return { stroke: 'transparent', width: 0, spanGaps: false, points: { show: false } };
  }

  #series(index: number): uPlot.Series {
    const stroke = (): string => this.#lineColour(index);
    return {
      stroke,
      width: index === 0 ? 1.5 : 1.25,
      ...(index === 0 ? { fill: () => this.#colours.ground, fillTo: 0 } : {}),
      spanGaps: false,
      points: {
        show: true,
        size: 3,
        width: 0,
        fill: stroke,
        filter: (plot, series) => lonely(plot.data[series] ?? []),
      },
    };
  }

  #lineColour(index: number): string {
    return index === 0 ? this.#colours.line : this.#colours.second;
  }

  #times(): uPlot.Axis {
    return {
      ...this.#axis(),
      border: { show: true, stroke: () => this.#colours.limit, width: 1 },
      size: 18,
      gap: 5,
      splits: () => this.#picture.ticks.map(({ at }) => at),
      values: () => this.#picture.ticks.map(({ label }) => label),
    };
  }

  #values(): uPlot.Axis {
    return {
      ...this.#axis(),
      size: 58,
      gap: 6,
      splits: () => [...this.#picture.scale.ticks],
      values: (_plot, splits) => splits.map(this.look.format),
    };
  }

  #axis(): uPlot.Axis {
    return {
      font: `10px ${getComputedStyle(this.host).fontFamily}`,
      stroke: () => this.#colours.text,
      grid: { stroke: () => this.#colours.grid, width: 1 },
      ticks: { show: false },
      border: { show: false },
    };
  }
}

function dataOf({ columns: { times, values, lows, highs } }: PlotPicture): uPlot.AlignedData {
  const edges = lows.flatMap((low, line) => [low, highs[line] ?? []]);
  return [[...times], ...[...edges, ...values].map((column) => [...column])];
}
