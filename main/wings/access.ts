/**
 * Whether this session may speak to its node: the token in force, its renewal, and the node's objections
 * (PROTOCOL 4.2, 4.7, 4.8). Whether there is a connection at all is the session's business.
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
  type Failure,
} from './failures.js';
import { answersAuth, classifyJwtError } from './jwt-errors.js';
import type { NodeAddresses } from './node-addresses.js';
import { isUnexplained } from './notices.js';
import { Renewal } from './renewal.js';
import { holdTicket, type HeldToken } from './token.js';

/** Many sockets are cut at once: their new tokens are spread. */
const rereadRights = { firstMs: 5000, spreadMs: 55_000 };

export interface AccessDeps {
  serverUuid: string;
  addresses: NodeAddresses;
  clock: Clock;
  random: Random;
  log: Log;
  /** Asks the panel; rejects with `PerchError`. */
  ticket: () => Promise<SocketTicket>;
  /** Sends `auth`, or connects elsewhere where the token is for another address. */
  send: (token: HeldToken) => void;
  /** The node has answered, although with a refusal: the connection stays for the next token. */
  answered: () => void;
  /** This connection is of no more use. */
  fail: (failure: Failure) => void;
  /** The token in force is void: from now on the node tells nothing. */
  voided: () => void;
  /** No token is in force; the next one is asked for at `retryAt`. */
  waiting: (failure: Failure, retryAt: number) => void;
}

export class Access {
  readonly #deps: AccessDeps;
  readonly #clock: Clock;
  readonly #renewal: Renewal;
  readonly #expiry: Alarm;
  #held: HeldToken | null = null;
  /** What the panel named last. */
  #url: string | null = null;
  #rightsDoubtedAt: number | null = null;
  /** The node accepts what is sent now. */
  #isAuthorized = false;
  /** When this connection was first authenticated; null before. */
  #liveSince: number | null = null;
  /** A token of another server was seen; a second one ends the attempts. */
  #sawForeignToken = false;

  constructor(deps: AccessDeps) {
    this.#deps = deps;
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

  /** Why there is no token for a new connection before some time; null where there is one, or it may be asked for. */
  get tokensPause(): Failure | null {
    const { awaited } = this.#renewal;
    if (awaited === null) return null;
    const { failure, at, isRejected } = awaited;
    // The time is the panel's, or a node refuses its tokens: then another connection is no reason to ask for one more.
    const isBinding = typeof failure.retry === 'object' || (isRejected && this.#held === null);
    return isBinding ? { problem: failure.problem, retry: { at } } : null;
  }

  /**
   * Whether this may be sent now. Where rights may have been withdrawn the token is good to look on, and for nothing that
   * a person sends: that goes to the panel, which knows, until a newer token is in force.
   */
  may(permission: string): boolean {
    const held = this.#held;
    if (this.#liveSince === null || !this.#isAuthorized || held === null || this.#mayBeOld(held))
      return false;
    return this.#clock.now() < held.expiresAt && isGranted(held.permissions, permission);
  }

  /** For a new connection: the held token while it is comfortably valid, else a new one. */
  async obtain(): Promise<HeldToken> {
    return this.#reusable ?? (await this.#fetch());
  }

  /** The address does not lead to the node: the next connection may get another token, with what is right now. */
  doubtAddress(): void {
    const held = this.#held;
    if (held !== null && this.#deps.addresses.isDoubtful(held.url, held.receivedAt)) this.forget();
  }

  /** The node cut the connection without a word: rights may have changed, also where the token stays good. */
  doubtRights(): void {
    this.#rightsDoubtedAt = this.#clock.now();
  }

  /** The person asks: a token that is waited for is asked for at once. */
  hurry(): void {
    this.#renewal.hurry();
  }

  /** Holds a token for the next connection. False where it is one of another server, which ends this one. */
  hold(token: HeldToken): boolean {
    if (this.#refuseForeign(token)) return false;
    this.#held = token;
    return true;
  }

  /** The connection is open: the first token goes out. */
  opened(token: HeldToken): void {
    this.#renewal.offer(token);
  }

  /** The node said `auth success`; answers the token that is now in force. */
  accepted(): HeldToken | null {
    const held = this.#renewal.accepted();
    if (held === null) return null;
    this.#held = held;
    this.#isAuthorized = true;
    this.#expiry.set(this.#renewIn(held), () => this.expiring());
    return held;
  }

  /** True the first time on a connection. */
  goLive(): boolean {
    if (this.#liveSince !== null) return false;
    this.#liveSince = this.#clock.now();
    return true;
  }

  expiring(): void {
    this.#renewal.request('ending');
  }

  /** The token in force is void. Called once per event, so it must be cheap and change nothing the second time. */
  ended(reason: 'expired' | 'denied'): void {
    if (this.#liveSince === null) return;
    const wasAuthorized = this.#isAuthorized;
    this.#isAuthorized = false;
    this.#held = null;
    if (wasAuthorized) this.#deps.voided();
    this.#renewal.request(reason);
  }

  jwtError(text: string): void {
    const kind = classifyJwtError(text);
    if (kind === 'no-permission') {
      this.forget();
      return this.#deps.fail(noPermissionFailure);
    }
    if (kind === 'wrong-server') return this.#foreignToken();
    const isFirst = this.#liveSince === null;
    // A token is on its way already: its own answer follows.
    if (kind === 'absent' && this.#renewal.isSent) return;
    const reason = kind === 'denied' ? 'denied' : 'expired';
    if (this.#renewal.isSent && (isFirst || answersAuth(text))) {
      // The token that was in force before stays in force (PROTOCOL 4.8); a first one is of no more use.
      if (isFirst) this.#answered();
      return this.#renewal.rejected(rejectedTokenFailure(kind), reason);
    }
    if (!answersAuth(text)) this.ended(reason);
  }

  /** True where a `daemon error` was the answer to a token: that is how a bad signature is told (PROTOCOL trap 27). */
  daemonError(text: string, signal: PowerSignal | null): boolean {
    const isFirst = this.#liveSince === null;
    const isAnswer = this.#renewal.isSent && (isFirst || (signal === null && isUnexplained(text)));
    if (!isAnswer) return false;
    if (isFirst) this.#answered();
    this.#renewal.rejected(badSignatureFailure, 'denied');
    return true;
  }

  /** The node dropped the token because too much came at once. */
  throttled(): void {
    this.#renewal.dropped();
  }

  /** The node speaks of this server: proof that the token is one of it (PROTOCOL trap 25). */
  proven(): void {
    this.#sawForeignToken = false;
  }

  /** Neither token nor address are of use any more. */
  forget(): void {
    this.#held = null;
  }

  /** The connection is over. The token is kept for the next one. */
  disconnected(): void {
    this.#expiry.clear();
    this.#renewal.cancel();
    this.#isAuthorized = false;
    this.#liveSince = null;
  }

  async #fetch(): Promise<HeldToken> {
    const held = holdTicket(await this.#deps.ticket(), this.#clock.now());
    if (this.#url !== null) this.#deps.addresses.told(this.#url, held.url);
    this.#url = held.url;
    return held;
  }

  get #reusable(): HeldToken | null {
    const held = this.#held;
    return held !== null && this.#clock.now() < held.reusableUntil ? held : null;
  }

  /** Pelican's nodes cut every socket when a subuser changes and take the old token as before (PROTOCOL 8.4). */
  #renewIn({ renewAt, receivedAt, permissions }: HeldToken): number {
    const usual = renewAt - this.#clock.now();
    if (!this.#mayBeOld({ receivedAt, permissions })) return usual;
    const { firstMs, spreadMs } = rereadRights;
    return Math.min(usual, firstMs + Math.round(this.#deps.random() * spreadMs));
  }

  /** Its rights are older than their doubt. Nobody takes rights from an owner or an administrator in that way. */
  #mayBeOld({ receivedAt, permissions }: Pick<HeldToken, 'receivedAt' | 'permissions'>): boolean {
    const isOlder = this.#rightsDoubtedAt !== null && receivedAt <= this.#rightsDoubtedAt;
    return isOlder && permissions !== null && !permissions.includes('*');
  }

  #answered(): void {
    this.#held = null;
    this.#deps.answered();
  }

  #refuseForeign({ serverUuid }: HeldToken): boolean {
    const isForeign = serverUuid !== null && serverUuid.toLowerCase() !== this.#deps.serverUuid.toLowerCase();
    if (isForeign) this.#foreignToken();
    return isForeign;
  }

  #foreignToken(): void {
    const isFirst = !this.#sawForeignToken;
    this.#sawForeignToken = true;
    this.forget();
    this.#deps.fail(foreignTokenFailure(isFirst));
  }

  #renewalFailed(failure: Failure, retryAt: number | null): void {
    this.#deps.log.info('wings.renewal-failed', { code: failure.problem.code });
    // Never authenticated and no answer at all, so another connection may work better.
    const isMute = this.#liveSince === null && failure === silentFailure;
    if (retryAt === null || isMute) return this.#deps.fail(failure);
    const isInForce = this.#isAuthorized && this.#held !== null && this.#clock.now() < this.#held.expiresAt;
    if (!isInForce) this.#deps.waiting(failure, retryAt);
  }
}
