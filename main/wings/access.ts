/**
 * Permission of one session to talk to its node: the token in force, its renewal, and the node's token errors
 * (PROTOCOL 4.2, 4.7, 4.8). The session itself decides about connecting.
 */
import type { PowerSignal } from '../../bridge/schema/domain.js';
import { isGranted } from '../../bridge/panel/permissions.js';
import type { SocketTicket } from '../panel/api.js';
import { Alarm } from '../base/alarm.js';
import type { Clock, Log, Random } from '../base/ports.js';
import {
  badSignatureFailure,
  foreignTokenFailure,
  noPermissionFailure,
  rejectedTokenFailure,
  silentFailure,
} from './failures.js';
import type { Failure } from './failure.js';
import { readJwtError } from './jwt-errors.js';
import type { NodeAddresses } from './node-addresses.js';
import { isUnexplained } from './notices.js';
import { Renewal } from './renewal.js';
import { holdTicket, type HeldToken } from './token.js';
import { mayBeOld, renewalIn } from './token-rights.js';

export interface AccessDeps {
  serverUuid: string;
  addresses: NodeAddresses;
  clock: Clock;
  random: Random;
  log: Log;
  /** Requests a token from the panel. Rejects with `PerchError`. */
  ticket: () => Promise<SocketTicket>;
  /** Sends `auth`, or opens a new connection if the token names another address. */
  send: (token: HeldToken) => void;
  /** The node answered a token, by acceptance or refusal. A connection that never gets this answer is closed. */
  answered: () => void;
  /** Ends this connection. */
  fail: (failure: Failure) => void;
  /** The token in force became invalid; the node sends no events until the next token. */
  voided: () => void;
  /** No token is in force. The next request goes to the panel at `retryAt` (monotonic time in ms). */
  waiting: (failure: Failure, retryAt: number) => void;
}

/** Tokens live for ten minutes and are renewed a little earlier, so two at most are valid. */
const rememberedTokens = 2;

export class Access {
  readonly #renewal: Renewal;
  readonly #expiry: Alarm;
  #held: HeldToken | null = null;
  /** The last tokens of the panel, the newest first. */
  #issued: readonly string[] = [];
  /** The node address that the panel sent last. */
  #url: string | null = null;
  #rightsDoubtedAt: number | null = null;
  /** True while the node accepts messages with the current token. */
  #isAuthorized = false;
  /** Monotonic time of the first authentication on this connection; null before. */
  #liveSince: number | null = null;
  /** True after a token for another server; a second one in a row ends the attempts. */
  #sawForeignToken = false;

  constructor(private readonly deps: AccessDeps) {
    this.#expiry = new Alarm(deps.clock);
    this.#renewal = new Renewal({
      ...deps,
      fetch: () => this.#fetch(),
      send: (token) => {
        if (!this.#refuseForeign(token)) deps.send(token);
      },
      failed: (failure, retryAt) => this.#renewalFailed(failure, retryAt),
    });
  }

  get liveSince(): number | null {
    return this.#liveSince;
  }

  /** The failure that blocks a new connection until some time; null = a token is held or may be requested. */
  get tokensPause(): Failure | null {
    return this.#renewal.pause(this.#held !== null);
  }

  /**
   * Whether a message that needs `permission` may be sent now.
   * False if permissions may have been withdrawn since the token was issued. The session may still read events, but
   * the user's actions go through the panel (REST) until a newer token is in force.
   */
  may(permission: string): boolean {
    const held = this.#inForce;
    if (this.#liveSince === null || held === null || mayBeOld(held, this.#rightsDoubtedAt)) return false;
    return isGranted(held.permissions, permission);
  }

  /** The token for a new connection: the held token while it is valid for long enough, otherwise a new one. */
  async obtain(): Promise<HeldToken> {
    const held = this.#held;
    return held !== null && this.deps.clock.now() < held.reusableUntil ? held : this.#fetch();
  }

  /**
   * The address failed repeatedly. Drops the token if it is this session's turn to ask the panel for the node's
   * current address.
   */
  doubtAddress(): void {
    const held = this.#held;
    if (held !== null && this.deps.addresses.isDoubtful(held.url, held.receivedAt)) this.forget();
  }

  /**
   * The node closed the socket without a close frame, as Pelican does when permissions change. The token may list old
   * permissions.
   */
  doubtRights(): void {
    this.#rightsDoubtedAt = this.deps.clock.now();
  }

  /** Removes this session's tokens from the node's text, because a broken or hostile node may repeat a token. */
  withoutTokens(text: string): string {
    return this.#issued.reduce((rest, token) => rest.replaceAll(token, '***'), text);
  }

  /** Skips the pause before the next token request. */
  hurry(): void {
    this.#renewal.hurry();
  }

  /** Keeps a token for the next connection. Returns false, and ends the connection, for a token of another server. */
  hold(token: HeldToken): boolean {
    if (this.#refuseForeign(token)) return false;
    this.#held = token;
    return true;
  }

  /** The socket is open: sends the first token. */
  opened(token: HeldToken): void {
    this.#renewal.offer(token);
  }

  /** Handles `auth success`. Returns the token now in force. */
  accepted(): HeldToken | null {
    const held = this.#renewal.accepted();
    if (held === null) return null;
    this.#held = held;
    this.#isAuthorized = true;
    const facts = { now: this.deps.clock.now(), doubtedAt: this.#rightsDoubtedAt, random: this.deps.random };
    this.#expiry.set(renewalIn(held, facts), () => this.expiring());
    return held;
  }

  /** Marks the connection as live. Returns true only for the first call on a connection. */
  goLive(): boolean {
    if (this.#liveSince !== null) return false;
    this.#liveSince = this.deps.clock.now();
    return true;
  }

  expiring(): void {
    this.#renewal.request('ending');
  }

  /** The token in force is invalid. Runs once per event, so a repeated call must be cheap and change nothing. */
  ended(reason: 'expired' | 'denied'): void {
    if (this.#liveSince === null) return;
    const wasAuthorized = this.#isAuthorized;
    this.#isAuthorized = false;
    this.#held = null;
    if (wasAuthorized) this.deps.voided();
    this.#renewal.request(reason);
  }

  jwtError(text: string): void {
    const { isSent } = this.#renewal;
    const { kind, means } = readJwtError(text, { isFirst: this.#liveSince === null, isSent });
    const reason = kind === 'denied' ? 'denied' : 'expired';
    if (means === 'no-permission') {
      this.forget();
      this.deps.fail(noPermissionFailure);
    } else if (means === 'wrong-server') this.#foreignToken();
    else if (means === 'rejected') this.#rejected(rejectedTokenFailure(kind), reason);
    else if (means === 'ended') this.ended(reason);
  }

  /** True if this `daemon error` answers a token: Wings reports a bad signature in this way (PROTOCOL trap 27). */
  daemonError(text: string, signal: PowerSignal | null): boolean {
    const isOfToken = this.#liveSince === null || (signal === null && isUnexplained(text));
    if (!this.#renewal.isSent || !isOfToken) return false;
    this.#rejected(badSignatureFailure, 'denied');
    return true;
  }

  /** The node dropped the token message because of its rate limit. */
  throttled(): void {
    this.#renewal.dropped();
  }

  /** An event of this server came: the token belongs to this server (PROTOCOL trap 25). */
  proven(): void {
    this.#sawForeignToken = false;
  }

  /** Drops the token and its address. */
  forget(): void {
    this.#held = null;
  }

  /** The connection ended. The token stays for the next connection. */
  disconnected(): void {
    this.#expiry.clear();
    this.#renewal.cancel();
    this.#isAuthorized = false;
    this.#liveSince = null;
  }

  async #fetch(): Promise<HeldToken> {
    const held = holdTicket(await this.deps.ticket(), this.deps.clock.now());
    if (this.#url !== null) this.deps.addresses.told(this.#url, held.url);
    this.#url = held.url;
    this.#issued = [held.token, ...this.#issued].slice(0, rememberedTokens);
    return held;
  }

  /** The token that the node accepts now. */
  get #inForce(): HeldToken | null {
    const held = this.#isAuthorized ? this.#held : null;
    return held !== null && this.deps.clock.now() < held.expiresAt ? held : null;
  }

  /** The node rejected the sent token. The token before stays in force (PROTOCOL 4.8); a first token is discarded. */
  #rejected(failure: Failure, reason: 'expired' | 'denied'): void {
    if (this.#liveSince === null) {
      this.#held = null;
      this.deps.answered();
    }
    this.#renewal.rejected(failure, reason);
  }

  #refuseForeign({ serverUuid }: HeldToken): boolean {
    const isForeign = serverUuid !== null && serverUuid.toLowerCase() !== this.deps.serverUuid.toLowerCase();
    if (isForeign) this.#foreignToken();
    return isForeign;
  }

  #foreignToken(): void {
    const isFirst = !this.#sawForeignToken;
    this.#sawForeignToken = true;
    this.forget();
    this.deps.fail(foreignTokenFailure(isFirst));
  }

  #renewalFailed(failure: Failure, retryAt: number | null): void {
    this.deps.log.info('wings.renewal-failed', { code: failure.problem.code });
    // The node never authenticated and never answered, so a new connection may work better.
    const isMute = this.#liveSince === null && failure === silentFailure;
    if (retryAt === null || isMute) return this.deps.fail(failure);
    if (this.#inForce === null) this.deps.waiting(failure, retryAt);
  }
}
