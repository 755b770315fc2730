import type { HistoryRange } from '../../bridge/schema/history.js';

/** How the person has arranged the view of a server, for as long as the window lives. */
export class ServerLayout {
  chartsShown = $state(true);
  /** Charts in a window so low that they leave the console little. */
  lowShown = $state(false);
  /** Charts of a server that is offline; without it they are collapsed, for they show the past alone. */
  pastShown = $state(false);
  /** The charts reach up to the limits; without it they are as high as what is there. */
  chartToLimit = $state(false);
  /** null = none was chosen: as small as what is known. */
  chartRange = $state<HistoryRange | null>(null);
}
