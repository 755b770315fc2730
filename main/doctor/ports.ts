import type { HistoryCheck } from '../base/past.js';
import type { Network } from '../base/network-ports.js';
import type { AccountRecord, Clock } from '../base/ports.js';
import type { ConnectBus } from '../bus/session-bus.js';
import type { FleetStore } from '../fleet/store.js';

/** State of a panel's client. */
export interface CheckedPanel {
  /** Reads the account of the key with one request. Rejects with `PerchError`. */
  account(options: { timeoutMs: number }): Promise<unknown>;
  rateLimit(): number | null;
  callsLeft(): number | null;
  clockAhead(): number | null;
}

/** Sources of the steps; `main/app.ts` passes the real sources. */
export interface DoctorPorts {
  readonly clock: Clock;
  readonly platform: string;
  /** Version strings for the report, as Perch, Electron and the operating system give them. */
  readonly versions: {
    readonly perch: string;
    readonly electron: string;
    readonly chromium: string;
    readonly node: string;
    readonly system: string;
    readonly processor: string;
    readonly isPackaged: boolean;
  };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly connectBus: ConnectBus;
  readonly desktop: {
    /** Whether the tray icon is shown, as far as known. */
    hasTray(): boolean;
    canNotify(): boolean;
  };
  /** Whether the command line can reach Perch. */
  readonly isReachable: () => boolean;
  /** Writes a test entry to the keychain, reads and removes it. Rejects with `PerchError`. */
  readonly vault: { probe(): Promise<void> };
  /** Number of addresses that the system knows for a host name. Rejects if there are none. */
  readonly lookUp: (host: string) => Promise<number>;
  readonly network: Pick<Network, 'certificateOf' | 'routeTo'>;
  readonly store: Pick<FleetStore, 'state'>;
  readonly book: { readonly all: readonly AccountRecord[] };
  readonly fleet: { panelOf(accountId: string): CheckedPanel };
  readonly history: { check(): Promise<HistoryCheck> };
  /** End of the log file; null without a file. */
  readonly logTail: () => Promise<string | null>;
}
