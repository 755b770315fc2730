import type { HistoryRange } from '../../bridge/schema/history.js';

/** The user's layout of the server view, for the lifetime of the window. */
export class ServerLayout {
  chartsShown = $state(true);
  /** True if the user shows charts although the window leaves little space for the console. */
  lowShown = $state(false);
  /**
   * True if the user shows charts of an offline server. They are collapsed otherwise, because they only show the past.
   */
  pastShown = $state(false);
  /** True = charts reach up to the limits; false = up to the highest value. */
  chartToLimit = $state(false);
  /** null = not chosen: the shortest range that covers the known data. */
  chartRange = $state<HistoryRange | null>(null);
  /** Whether the editor has the form of a configuration file beside the text, in a window with room for both. */
  formBeside = $state(true);
  /** Whether the editor has the form instead of the text, in a smaller window. */
  formInstead = $state(false);
}
