/** The panel client for the rest of main: typed answers, and `PerchError` for every failure. */
import type { PanelKind } from '../../bridge/panel/panel-kind.js';
import type { BackupList } from '../../bridge/schema/backups.js';
import type { PowerState, Usage } from '../../bridge/schema/domain.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import type { Startup } from '../../bridge/schema/startup.js';
import type { TrustedCertificate } from '../base/network-ports.js';
import type { CallMethods } from './calls.js';
import type { PlayerCount, PlayerNames } from './player-counter.js';
import type { PanelUser } from './wire/account.js';
import type { PanelServer } from './wire/server.js';

/** The problem of an application API key. Also used before the panel is asked, for a key that looks like one. */
export { applicationKey } from './refused-access.js';
export { lacksRoute } from './not-found.js';

export type { PanelUser, SocketTicket } from './wire/account.js';
export type { CreatedKey, PanelKey } from './wire/api-keys.js';
export type { CounterRefusal, PlayerCount, PlayerNames } from './player-counter.js';
export type { BackupActivity, PanelActivity, PowerActivity } from './wire/activity.js';
export type { PanelServer } from './wire/server.js';
export type { ChangedVariable } from './wire/startup.js';

export interface PanelResources {
  power: PowerState;
  isSuspended: boolean;
  usage: Usage;
}

interface CallOptions {
  /** Default 20 s: a panel needs up to 15 s to report that its node does not answer (PROTOCOL 3.2). */
  timeoutMs?: number;
}

/**
 * One account on one panel: a method for each call of `calls.ts`, and methods that need more than one request.
 * A read is repeated at most once, after a broken connection; a write never (PROTOCOL trap 18). Every method rejects
 * with `PerchError` only.
 */
export interface PanelApi extends CallMethods {
  /** Value of the websocket's `Origin` header: scheme, host and non-default port (PROTOCOL 4.1). */
  readonly origin: string;
  /**
   * Calls per minute that the panel allows this account, from response headers; null before the first such header
   * (PROTOCOL 3.4).
   */
  rateLimit(): number | null;
  /** Calls left in the current minute, from response headers; null before the first such header. */
  callsLeft(): number | null;
  /** Ms by which the panel's clock is ahead of this computer's clock; null before the first answer with a date. */
  clockAhead(): number | null;
  /**
   * Tokens per minute for one server, shared by all users of the server. Infinity if only `rateLimit` applies; null
   * before an answer has shown the limit (PROTOCOL 3.4).
   */
  tokenLimit(): number | null;
  /**
   * Monotonic time until which background calls should pause, so that `freePart` (0 to 1) of the limit stays free for
   * the user and their browser. null = no pause.
   */
  restUntil(freePart: number): number | null;
  account(options?: CallOptions): Promise<PanelUser>;
  /** Reads all pages. `scope` `admin-all` only has an effect for root admins (PROTOCOL 2.1). */
  servers(options?: { scope?: 'mine' | 'admin-all' }): Promise<PanelServer[]>;
  /** Number of servers missing from the last list because the panel fails to show them (PROTOCOL 8.2.3). */
  unreadServers(): number;
  /** Number of servers missing from the last list because their JSON did not parse. */
  strangeServers(): number;
  resources(identifier: string): Promise<PanelResources>;
  startup(identifier: string, currentImage?: string): Promise<Startup>;
  /** Reads all pages. The limit of the server is in its `Limits`. */
  backups(identifier: string): Promise<Omit<BackupList, 'limit'>>;
  /** All entries of a folder of a server, in no order. */
  files(identifier: string, folder: string): Promise<ServerFile[]>;
  /** The number of players that a plugin of the panel has asked for now. Twice a minute for a server, with names. */
  playerCount(identifier: string): Promise<PlayerCount>;
  playerNames(identifier: string): Promise<PlayerNames>;
  /** Removes an SSH key of the account. `fingerprint` as in the list. A missing key is no failure. */
  removeSshKey(fingerprint: string): Promise<void>;
  /** Ends the pause after a rate limit at the user's request. The panel then decides. */
  liftPause(): void;
  /** Sets the only listener, called after every successful call. */
  onAnswer(heard: () => void): void;
  /** Sets the only listener, called whenever the panel rejects the API key. */
  onRefused(heard: () => void): void;
  close(): Promise<void>;
}

/** A panel, and a key before it is stored. */
export interface PanelProbe {
  panelUrl: string;
  key: string;
  trusted: TrustedCertificate | null;
}

/** Requests to a panel before it has an account. */
export interface PanelsWithoutAccount {
  /** A panel client with this key, for one check. The caller closes it. */
  probePanel(probe: PanelProbe): PanelApi;
  /** Software of the panel, detected without a key; null = unknown. Never rejects. */
  panelKind(panelUrl: string, trusted: TrustedCertificate | null): Promise<PanelKind | null>;
}
