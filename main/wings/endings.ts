/** Decides why a connection ended and how the next attempt must differ (PROTOCOL 4.1, 4.9). */
import type { Clock, Log } from '../base/ports.js';
import type { Access } from './access.js';
import type { ConnectionEnd } from './connection.js';
import { closeFailure, handshakeFailure, silentFailure } from './failures.js';
import type { Failure } from './failure.js';

/** Meaning of an ended connection for the token and its address. */
type TokenMemory = Pick<Access, 'forget' | 'tokensPause' | 'doubtAddress' | 'doubtRights'>;

export interface EndingsDeps {
  serverUuid: string;
  /** The panel's origin, as sent in the `Origin` header. */
  origin: string;
  log: Log;
  clock: Clock;
}

/** After this many failed connections in a row, or this time (ms), the address may be wrong. */
const unopened = { times: 2, ms: 30_000 };

export class Endings {
  /** True after the node answered 404. Only the first 404 in a row is retried quickly. */
  #wasUnknown = false;
  /** Failed connections in a row, and monotonic time of the first. */
  #unopened = { times: 0, since: 0 };

  constructor(
    private readonly deps: EndingsDeps,
    private readonly access: TokenMemory,
  ) {}

  /** The node accepted the session, so it knows the server. */
  known(): void {
    this.#wasUnknown = false;
    this.#unopened.times = 0;
  }

  /**
   * The failure for an ended connection. `deleted` if the node closed the connection because it no longer has the
   * server.
   */
  failureOf(end: ConnectionEnd): Failure | 'deleted' {
    const { serverUuid, log } = this.deps;
    const access = this.access;
    log.info('wings.ended', {
      server: serverUuid,
      how: end.kind,
      code: end.kind === 'closed' ? end.code : end.kind === 'refused' ? end.status : null,
    });
    if (!end.wasOpen) this.#notOpened();
    if (end.kind === 'silent') return silentFailure;
    if (end.kind === 'refused') return this.#refused(end);
    if (end.code === 1006 && end.wasOpen) access.doubtRights();
    if (end.code === 1001 && end.reason === 'server deleted') return 'deleted';
    const failure = closeFailure(end.code, end.cause, end.wasOpen);
    // A new connection is useless until the panel issues a token.
    const pause = failure.retry === 'back-off' ? access.tokensPause : null;
    return pause ?? failure;
  }

  #notOpened(): void {
    const now = this.deps.clock.now();
    if (this.#unopened.times === 0) this.#unopened.since = now;
    this.#unopened.times += 1;
    const isDoubtful = this.#unopened.times >= unopened.times || now - this.#unopened.since >= unopened.ms;
    if (isDoubtful) this.access.doubtAddress();
  }

  #refused({ status, by }: Extract<ConnectionEnd, { kind: 'refused' }>): Failure {
    const failure = handshakeFailure({ status, by, origin: this.deps.origin });
    if (status !== 404) return failure;
    // The server may have moved to another node. The first time Perch asks the panel for the address at once
    // (PROTOCOL 4.9); later only one server of the node asks at a time.
    const isFirst = !this.#wasUnknown;
    this.#wasUnknown = true;
    if (isFirst) this.access.forget();
    else this.access.doubtAddress();
    return isFirst ? { ...failure, retry: 'back-off' } : failure;
  }
}
