import type { HistoryCheck } from '../base/past.js';
import type { AccountRecord, Clock, Network } from '../base/ports.js';
import type { ConnectBus } from '../bus/session-bus.js';
import type { FleetStore } from '../fleet/store.js';

/** What a panel's client tells of itself. */
export interface CheckedPanel {
  /** Asks whose key it is: one request. Rejects with `PerchError`. */
  account(options: { timeoutMs: number }): Promise<unknown>;
  rateLimit(): number | null;
  callsLeft(): number | null;
  clockAhead(): number | null;
}

/** What the steps look at; `main/app.ts` gives what is real. */
export interface DoctorPorts {
  readonly clock: Clock;
  readonly platform: string;
  /** As the system and its programs write them. */
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
    /** Whether Perch's icon stands there, as far as it was told. */
    hasTray(): boolean;
    canNotify(): boolean;
  };
  /** Whether the command line can reach Perch. */
  readonly isReachable: () => boolean;
  /** Writes an entry of its own to the keychain, reads it and removes it. Rejects with `PerchError`. */
  readonly vault: { probe(): Promise<void> };
  /** How many addresses the system knows for a name. Rejects where there are none. */
  readonly lookUp: (host: string) => Promise<number>;
  readonly network: Pick<Network, 'certificateOf' | 'wayTo'>;
  readonly store: Pick<FleetStore, 'state'>;
  readonly book: { readonly all: readonly AccountRecord[] };
  readonly fleet: { panelOf(accountId: string): CheckedPanel };
  readonly history: { check(): Promise<HistoryCheck> };
  /** The end of the log file; null where there is none. */
  readonly logTail: () => Promise<string | null>;
}
