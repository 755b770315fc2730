import type { HistoryRange } from '../../bridge/schema/history.js';

/** The user's layout of the server view, for the lifetime of the window. */
export class ServerLayout {
  chartsShown = $state(true);
  /** Shows charts although the window is so low that little space remains for the console. */
  lowShown = $state(false);
  /** Shows charts of an offline server; otherwise they are collapsed, because they only show the past. */
  pastShown = $state(false);
  /** True = charts reach up to the limits; false = up to the highest value. */
  chartToLimit = $state(false);
  /** null = not chosen: the shortest range that covers the known data. */
  chartRange = $state<HistoryRange | null>(null);
}
