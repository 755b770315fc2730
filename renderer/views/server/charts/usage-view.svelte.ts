/** View model of one server's charts: range, visible span, figures. */
import { untrack } from 'svelte';
import type { HistoryRange, UsageSample } from '../../../../bridge/schema/history.js';
import type { Now } from '../../../state/feeds/now.svelte.js';
import type { ServerLayout } from '../../../state/server-layout.svelte.js';
import type { UsageFeed } from '../../../state/usage/usage-feed.svelte.js';
import type { UsagePast } from '../../../state/usage/usage-past.svelte.js';
import {
  fittingRange,
  including,
  isLiveRange,
  spanLength,
  panned,
  rangeMs,
  shownSpan,
  sampleMs,
  zoomed,
  zoomTo,
  type Span,
  type Zoom,
} from './chart-span.js';
import { inSight, joinSamples } from './usage-series.js';

export interface UsageViewDeps {
  readonly layout: Pick<ServerLayout, 'chartRange' | 'chartToLimit'>;
  readonly feed: Pick<UsageFeed, 'samples' | 'since'>;
  readonly past: Pick<UsagePast, 'of' | 'keep'>;
  readonly now: Pick<Now, 'at' | 'read'>;
  /** Monotonic time of the crash, if the server has not come back since. */
  readonly crashedAt: () => number | null;
}

/** Number of steps by which the right edge crosses the width; a step is less than a pixel. */
const stepsOfWidth = 720;

export class UsageView {
  #zoom = $state.raw<Zoom | null>(null);
  /** Last range whose figures were available. */
  #last: HistoryRange = '1h';

  readonly #first = $derived.by((): HistoryRange => {
    const { feed, now, crashedAt } = this.deps;
    const { since } = feed;
    const ended = crashedAt();
    const time = untrack(() => now.read());
    return fittingRange(since === null ? 0 : time - since, ended === null ? null : time - ended);
  });
  /** Range to draw: the previous range stays until the figures of the chosen range are read. */
  readonly drawn = $derived.by((): HistoryRange => {
    if (isLiveRange(this.range) || this.deps.past.of(this.range) !== null) this.#last = this.range;
    return this.#last;
  });
  readonly #whole = $derived.by((): Span => {
    const length = rangeMs[this.drawn];
    const step = Math.max(1000, Math.round((this.#zoom?.lengthMs ?? length) / stepsOfWidth));
    const until = Math.ceil(this.deps.now.at / step) * step;
    return { from: until - length, until };
  });
  readonly span = $derived(shownSpan(this.#zoom, this.#whole));
  readonly #all = $derived.by((): readonly UsageSample[] => {
    const { feed, past } = this.deps;
    if (isLiveRange(this.drawn)) return feed.samples;
    // Adds newer live figures only when the visible edge moves, not on every sample.
    const { until } = this.#whole;
    return joinSamples(
      past.of(this.drawn) ?? [],
      untrack(() => feed.samples),
      until,
    );
  });
  /** Samples of the whole range. */
  readonly samples = $derived(this.#all.filter(({ at }) => at >= this.#whole.from));
  /** Samples to draw: the visible samples, and the nearest on each side. */
  readonly visible = $derived(inSight(this.#all, this.span));
  /** Greatest distance from a moment to its sample, in ms. */
  readonly reachMs = $derived(Math.max(15_000, sampleMs[this.drawn]));
  readonly isZoomed = $derived(this.#zoom !== null);
  /** Whether the span moves with the time. */
  readonly follows = $derived(this.span.until >= this.#whole.until);

  constructor(private readonly deps: UsageViewDeps) {}

  get range(): HistoryRange {
    return this.deps.layout.chartRange ?? this.#first;
  }

  /** Whether the charts' scales extend to the limits. */
  get toLimit(): boolean {
    return this.deps.layout.chartToLimit;
  }

  toggleLimit(): void {
    this.deps.layout.chartToLimit = !this.toLimit;
  }

  choose(range: HistoryRange): void {
    this.deps.layout.chartRange = range;
    this.#zoom = null;
  }

  /** Reads the figures of a range longer than an hour while it is chosen; returns the function that ends this. */
  keep(): (() => void) | undefined {
    return isLiveRange(this.range) ? undefined : this.deps.past.keep(this.range);
  }

  showAll(): void {
    this.#zoom = null;
  }

  /** `around` = moment that stays in place; null = the right edge. */
  zoom(factor: number, around: number | null): void {
    this.#zoom = zoomed(this.span, this.#whole, factor, around ?? this.span.until);
  }

  show(span: Span): void {
    this.#zoom = zoomTo(span, this.#whole);
  }

  pan(by: number): void {
    this.#zoom = panned(this.span, this.#whole, by);
  }

  panBy(share: number): void {
    this.pan(spanLength(this.span) * share);
  }

  include(at: number): void {
    this.#zoom = including(this.span, this.#whole, at);
  }
}
