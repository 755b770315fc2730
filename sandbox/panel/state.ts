import type { Disturbance } from './disturbances.js';

/** States of the whole panel, set by tests and by hand; all off at the start and after a restart. */
export interface PanelState {
  /** 503 for everybody; the two numbers, in seconds, become headers (PROTOCOL 3.2). */
  maintenance: { retryAfter?: number | undefined; refresh?: number | undefined } | null;
  twoFactorRequired: boolean;
  databaseDown: boolean;
  cacheDown: boolean;
  /** Errors tell where they come from (PROTOCOL 3.1). */
  debug: boolean;
  /** Requests are taken and never answered. */
  silent: boolean;
  /** The host lets nobody change descriptions, where the dialect knows that (PROTOCOL 8.3.4). */
  descriptionsLocked: boolean;
  /** `identifier` is the long one, where the dialect has it (PROTOCOL 2.1). */
  longIdentifiers: boolean;
  /** Answers that come instead of the panel's own. */
  disturbances: Disturbance[];
}

export function calmState(): PanelState {
  return {
    maintenance: null,
    twoFactorRequired: false,
    databaseDown: false,
    cacheDown: false,
    debug: false,
    silent: false,
    descriptionsLocked: false,
    longIdentifiers: false,
    disturbances: [],
  };
}
