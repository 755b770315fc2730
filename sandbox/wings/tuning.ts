/** Times and sizes of a node that are settings or habits of Wings; the tests shorten some of them. */
export interface WingsTuning {
  /** Asking the panel for the server's settings before a start. */
  syncMs: number;
  /** How long a start waits for a panel that does not answer. */
  panelPatienceMs: number;
  /** Looking for the image, then making the container. */
  pullMs: number;
  createMs: number;
  /** Looking at what is left of a crashed process. */
  inspectMs: number;
  /** A stop that takes longer ends in a kill. */
  stopLimitMs: number;
  reinstallStopLimitMs: number;
  crashWindowSeconds: number;
  statsEveryMs: number;
  diskEveryMs: number;
  historyLines: number;
  floodLines: number;
  floodPeriodMs: number;
  /** How long a newer node waits for a socket to authenticate. */
  authMs: number;
}

/**
 * As measured on, or set by default in, Wings 1.11 (PROTOCOL 4.4 - 4.12); only the disk is measured more often than
 * the default of 150 s, which is a setting of a node too.
 */
export const WINGS_TUNING: Readonly<WingsTuning> = {
  syncMs: 40,
  panelPatienceMs: 25_000,
  pullMs: 15,
  createMs: 250,
  inspectMs: 65,
  stopLimitMs: 600_000,
  reinstallStopLimitMs: 10_000,
  crashWindowSeconds: 60,
  statsEveryMs: 1000,
  diskEveryMs: 30_000,
  historyLines: 150,
  floodLines: 2000,
  floodPeriodMs: 100,
  authMs: 30_000,
};
