/** What the end of a connection means: why it ended, and what the next attempt needs (PROTOCOL 4.1, 4.9). */
import type { Clock, Log } from '../base/ports.js';
import type { Access } from './access.js';
import type { ConnectionEnd } from './connection.js';
import { closeFailure, handshakeFailure, silentFailure, type Failure } from './failures.js';

export interface EndingsDeps {
  serverUuid: string;
  /** The panel's origin, as it was sent. */
  origin: string;
  log: Log;
  clock: Clock;
  access: Pick<Access, 'forget' | 'tokensPause' | 'doubtAddress' | 'doubtRights'>;
}

/** From then on the address is doubted. */
const unopened = { times: 2, ms: 30_000 };

export class Endings {
  readonly #deps: EndingsDeps;
  /** The node did not know the server; after a second time in a row the next attempt is not hurried. */
  #wasUnknown = false;
  /** Connections in a row that led to no node, and since when. */
  #unopened = { times: 0, since: 0 };

  constructor(deps: EndingsDeps) {
    this.#deps = deps;
  }

  /** The node knows the server. */
  known(): void {
    this.#wasUnknown = false;
    this.#unopened.times = 0;
  }

  /** `deleted` where the node closed the connection because it has the server no more. */
  failureOf(end: ConnectionEnd): Failure | 'deleted' {
    const { serverUuid, log, access } = this.#deps;
    log.info('wings.ended', {
      server: serverUuid,
      how: end.kind,
      code: end.kind === 'closed' ? end.code : end.kind === 'refused' ? end.status : null,
    });
    if (!end.wasOpen) this.#notOpened();
    if (end.kind === 'silent') return silentFailure;
    if (end.kind === 'refused') return this.#refused(end.status);
    if (end.code === 1006 && end.wasOpen) access.doubtRights();
    if (end.code === 1001 && end.reason === 'server deleted') return 'deleted';
    const failure = closeFailure(end.code, end.cause, end.wasOpen);
    // A new connection is useless before the panel gives a token for it.
    const pause = failure.retry === 'back-off' ? access.tokensPause : null;
    return pause ?? failure;
  }

  #notOpened(): void {
    const now = this.#deps.clock.now();
    if (this.#unopened.times === 0) this.#unopened.since = now;
    this.#unopened.times += 1;
    const isDoubtful = this.#unopened.times >= unopened.times || now - this.#unopened.since >= unopened.ms;
    if (isDoubtful) this.#deps.access.doubtAddress();
  }

  #refused(status: number): Failure {
    const failure = handshakeFailure(status, this.#deps.origin);
    if (status !== 404) return failure;
    // The server may have moved: the address is asked for anew, at once the first time (PROTOCOL 4.9), and then by one of the
    // node's servers at a time.
    const isFirst = !this.#wasUnknown;
    this.#wasUnknown = true;
    if (isFirst) this.#deps.access.forget();
    else this.#deps.access.doubtAddress();
    return isFirst ? { ...failure, retry: 'back-off' } : failure;
  }
}
