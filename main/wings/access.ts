/**
 * Permission of one session to talk to its node: the token in force, its renewal, and the node's token errors
 * (PROTOCOL 4.2, 4.7, 4.8).
 * The session itself decides about connecting.
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
import { answersAuth, classifyJwtError } from './jwt-errors.js';
import type { NodeAddresses } from './node-addresses.js';
import { isUnexplained } from './notices.js';
import { Renewal } from './renewal.js';
import { holdTicket, type HeldToken } from './token.js';

/** Pelican cuts many sockets at once; the random delay (ms) spreads their token requests. */
const rereadRights = { firstMs: 5000, spreadMs: 55_000 };

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

export class Access {
  readonly #clock: Clock;
  readonly #renewal: Renewal;
  readonly #expiry: Alarm;
  #held: HeldToken | null = null;
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
    this.#clock = deps.clock;
    this.#expiry = new Alarm(deps.clock);
    this.#renewal = new Renewal({
      clock: deps.clock,
      random: deps.random,
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

  /**
   * The failure that blocks token requests until some time, for a new connection. null = a token is held or may be
   * requested.
   */
  get tokensPause(): Failure | null {
    const { awaited } = this.#renewal;
    if (awaited === null) return null;
    const { failure, at, isRejected } = awaited;
    // Either the panel named the time, or the node rejects tokens: a new connection must not request a token sooner.
    const isBinding = typeof failure.retry === 'object' || (isRejected && this.#held === null);
    return isBinding ? { problem: failure.problem, retry: { at } } : null;
  }

  /**
   * Whether a message that needs `permission` may be sent now.
   * False if permissions may have been withdrawn since the token was issued. The session may still read events, but
   * the user's actions go through the panel (REST) until a newer token is in force.
   */
  may(permission: string): boolean {
    const held = this.#held;
    if (this.#liveSince === null || !this.#isAuthorized || held === null || this.#mayBeOld(held))
      return false;
    return this.#clock.now() < held.expiresAt && isGranted(held.permissions, permission);
  }

  /** The token for a new connection: the held token while it is valid for long enough, otherwise a new one. */
  async obtain(): Promise<HeldToken> {
    return this.#reusable ?? (await this.#fetch());
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
    this.#rightsDoubtedAt = this.#clock.now();
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
    this.#expiry.set(this.#renewIn(held), () => this.expiring());
    return held;
  }

  /** Marks the connection as live. Returns true only for the first call on a connection. */
  goLive(): boolean {
    if (this.#liveSince !== null) return false;
    this.#liveSince = this.#clock.now();
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
    const kind = classifyJwtError(text);
    if (kind === 'no-permission') {
      this.forget();
      return this.deps.fail(noPermissionFailure);
    }
    if (kind === 'wrong-server') return this.#foreignToken();
    const isFirst = this.#liveSince === null;
    // A token was sent already; its own answer follows.
    if (kind === 'absent' && this.#renewal.isSent) return;
    const reason = kind === 'denied' ? 'denied' : 'expired';
    if (this.#renewal.isSent && (isFirst || answersAuth(text))) {
      // The previous token stays in force (PROTOCOL 4.8). A rejected first token is discarded.
      if (isFirst) this.#answered();
      return this.#renewal.rejected(rejectedTokenFailure(kind), reason);
    }
    if (!answersAuth(text)) this.ended(reason);
  }

  /** True if this `daemon error` answers a token: Wings reports a bad signature in this way (PROTOCOL trap 27). */
  daemonError(text: string, signal: PowerSignal | null): boolean {
    const isFirst = this.#liveSince === null;
    const isAnswer = this.#renewal.isSent && (isFirst || (signal === null && isUnexplained(text)));
    if (!isAnswer) return false;
    if (isFirst) this.#answered();
    this.#renewal.rejected(badSignatureFailure, 'denied');
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
    const held = holdTicket(await this.deps.ticket(), this.#clock.now());
    if (this.#url !== null) this.deps.addresses.told(this.#url, held.url);
    this.#url = held.url;
    return held;
  }

  get #reusable(): HeldToken | null {
    const held = this.#held;
    return held !== null && this.#clock.now() < held.reusableUntil ? held : null;
  }

  /**
   * Ms until the renewal of a token. Pelican's nodes close every socket when a subuser changes but still accept the old
   * token, so a token with possibly old permissions is renewed early (PROTOCOL 8.4).
   */
  #renewIn({ renewAt, receivedAt, permissions }: HeldToken): number {
    const usual = renewAt - this.#clock.now();
    if (!this.#mayBeOld({ receivedAt, permissions })) return usual;
    const { firstMs, spreadMs } = rereadRights;
    return Math.min(usual, firstMs + Math.round(this.deps.random() * spreadMs));
  }

  /**
   * True if the permissions of the token may be outdated. Owners and administrators (`*`) can't lose permissions in
   * this way.
   */
  #mayBeOld({ receivedAt, permissions }: Pick<HeldToken, 'receivedAt' | 'permissions'>): boolean {
    const isOlder = this.#rightsDoubtedAt !== null && receivedAt <= this.#rightsDoubtedAt;
    return isOlder && permissions !== null && !permissions.includes('*');
  }

  #answered(): void {
    this.#held = null;
    this.deps.answered();
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
    const isInForce = this.#isAuthorized && this.#held !== null && this.#clock.now() < this.#held.expiresAt;
    if (!isInForce) this.deps.waiting(failure, retryAt);
  }
}
