import type { Disturbance } from './disturbances.js';

/** Modes of the whole panel, set by tests and by hand. All are off after a start. */
export interface PanelState {
  /** 503 for every request; the two numbers, in seconds, become headers (PROTOCOL 3.2). */
  maintenance: { retryAfter?: number | undefined; refresh?: number | undefined } | null;
  twoFactorRequired: boolean;
  databaseDown: boolean;
  cacheDown: boolean;
  /** True if errors include their source (PROTOCOL 3.1). */
  debug: boolean;
  /** True if requests are accepted and never answered. */
  silent: boolean;
  /** True if the host forbids changes of descriptions, in dialects that know this (PROTOCOL 8.3.4). */
  descriptionsLocked: boolean;
  /** True if `identifier` is the long identifier, in dialects that have it (PROTOCOL 2.1). */
  longIdentifiers: boolean;
  /** At most `limit` backups of a server in `period` seconds; a period of 0 = no throttle (PROTOCOL 2.16.4). */
  backupThrottle: { limit: number; period: number };
  /** Lifetime of a link to a backup; a real panel always gives 900. */
  backupLinkSeconds: number;
  /** Time zone of the panel, in which cron runs (PROTOCOL 2.20.5). */
  timeZone: string;
  /** False if the panel's cron is not set up: no schedule begins by itself. */
  cronRuns: boolean;
  /** False if the panel's queue worker does not run: then no operation ends. */
  workerRuns: boolean;
  /** Host of databases of all nodes; null = none is set up (PROTOCOL 2.22.5). */
  databaseHost: { address: string; port: number; isDown: boolean } | null;
  /** True if the panel's host lets nobody create databases. */
  databasesLocked: boolean;
  /** Ports from which servers get further allocations; null = the host does not allow this (PROTOCOL 2.21.5). */
  allocationPorts: { from: number; to: number } | null;
  /** True if the plugin that counts players is installed, in dialects that can have it. */
  playerCounter: boolean;
  /** Answers that replace the panel's own. */
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
    backupThrottle: { limit: 2, period: 600 },
    backupLinkSeconds: 900,
    timeZone: 'UTC',
    cronRuns: true,
    workerRuns: true,
    databaseHost: { address: '127.0.0.1', port: 3306, isDown: false },
    databasesLocked: false,
    allocationPorts: null,
    playerCounter: false,
    disturbances: [],
  };
}
