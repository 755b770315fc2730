/** What the rest of main sees of a panel: typed answers in domain words, problems as `PerchError`. */
import type { Startup } from '../../bridge/schema/domain.js';
import type { CallMethods } from './calls.js';
import type { PanelResources, PanelServer, PanelUser } from './entities.js';

/** What is wrong with a key of this kind, before and after the panel says so. */
export { applicationKey } from './problems.js';

export type {
  ChangedVariable,
  PanelActivity,
  PowerActivity,
  PanelResources,
  PanelServer,
  PanelUser,
  SocketTicket,
} from './entities.js';

interface CallOptions {
  /** Default 20 s; a panel needs up to 15 s to tell that its node is silent (PROTOCOL 3.2). */
  timeoutMs?: number;
}

/**
 * One account of one panel: a method for each call of `calls.ts`, and those that do more than send one. Reads are
 * repeated at most once after a connection that broke; writes never (PROTOCOL trap 18). Every method rejects with
 * `PerchError` and nothing else.
 */
export interface PanelApi extends CallMethods {
  /** The origin for the websocket's Origin header: scheme, host and non-default port (PROTOCOL 4.1). */
  readonly origin: string;
  /** Calls per minute that the panel allows this user, from its headers; null before any answer named it (PROTOCOL 3.4). */
  rateLimit(): number | null;
  /** How many of them are left in this minute, as far as answers told; null before any did. */
  callsLeft(): number | null;
  /** Milliseconds that the panel's clock is ahead of this computer's; null before any answer told. */
  clockAhead(): number | null;
  /**
   * Tokens per minute that it gives for one server, to all of its users; Infinity where only the limit above counts;
   * null before any answer named it (PROTOCOL 3.4).
   */
  tokenLimit(): number | null;
  /**
   * Until when calls that nobody waits for should rest, so that `freePart` (0 to 1) of the limit stays free for the
   * person, and for their browser; null = they need not.
   */
  restUntil(freePart: number): number | null;
  account(options?: CallOptions): Promise<PanelUser>;
  /** All pages. `scope` `admin-all` only does something for root admins (PROTOCOL 2.1). */
  servers(options?: { scope?: 'mine' | 'admin-all' }): Promise<PanelServer[]>;
  /** How many servers the last list lacks because the panel fails to show them (PROTOCOL 8.2.3). */
  unreadServers(): number;
  /** How many it lacks because the panel describes them in a way that Perch does not know. */
  strangeServers(): number;
  resources(identifier: string): Promise<PanelResources>;
  startup(identifier: string, currentImage?: string): Promise<Startup>;
  /** The person asks: a pause of the panel's limiter is not waited out, and the panel decides. */
  liftPause(): void;
  /** Calls `heard` after every call that succeeded; one listener, the last one. */
  onAnswer(heard: () => void): void;
  /** Calls when the panel has refused the key, whatever was asked of it. */
  onRefused(heard: () => void): void;
  close(): Promise<void>;
}
