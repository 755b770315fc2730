/** Times and sizes of a node, from the settings and code of Wings; tests shorten some. */
export interface WingsTuning {
  /** Reading the server's settings from the panel before a start. */
  syncMs: number;
  /** Time limit of a start for a panel that does not answer. */
  panelPatienceMs: number;
  /** Pulling the image, then making the container. */
  pullMs: number;
  createMs: number;
  /** Inspecting a crashed process. */
  inspectMs: number;
  /** A longer stop ends in a kill. */
  stopLimitMs: number;
  reinstallStopLimitMs: number;
  /** A restoration fails if the server has not stopped by then. */
  restoreStopLimitMs: number;
  /** Bytes of server files a second while a backup is made or restored. */
  backupRate: number;
  crashWindowSeconds: number;
  statsEveryMs: number;
  diskEveryMs: number;
  historyLines: number;
  floodLines: number;
  floodPeriodMs: number;
  /** Time limit of newer nodes for authentication. */
  authMs: number;
}

/**
 * Measured values or defaults of Wings 1.11 (PROTOCOL 4.4 - 4.12). Only the disk is measured more often than the
 * default of 150 s, which is also a setting of a real node.
 */
export const WINGS_TUNING: Readonly<WingsTuning> = {
  syncMs: 40,
  panelPatienceMs: 25_000,
  pullMs: 15,
  createMs: 250,
  inspectMs: 65,
  stopLimitMs: 600_000,
  reinstallStopLimitMs: 10_000,
  restoreStopLimitMs: 120_000,
  backupRate: 40 * 1024 * 1024,
  crashWindowSeconds: 60,
  statsEveryMs: 1000,
  diskEveryMs: 30_000,
  historyLines: 150,
  floodLines: 2000,
  floodPeriodMs: 100,
  authMs: 30_000,
};
