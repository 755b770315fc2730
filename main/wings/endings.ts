/** What the end of a connection means: why it ended, and what the next attempt needs (PROTOCOL 4.1, 4.9). */
import type { Log } from '../base/ports.js';
import type { Access } from './access.js';
import type { ConnectionEnd } from './connection.js';
import { closeFailure, handshakeFailure, silentFailure, type Failure } from './failures.js';

export interface EndingsDeps {
  serverUuid: string;
  /** The panel's origin, as it was sent. */
  origin: string;
  log: Log;
  access: Pick<Access, 'forget' | 'panelsPause'>;
}

export class Endings {
  readonly #deps: EndingsDeps;
  /** The node did not know the server; after a second time in a row the next attempt is not hurried. */
  #wasUnknown = false;

  constructor(deps: EndingsDeps) {
    this.#deps = deps;
  }

  /** The node knows the server. */
  known(): void {
    this.#wasUnknown = false;
  }

  /** `deleted` where the node closed the connection because it has the server no more. */
  failureOf(end: ConnectionEnd): Failure | 'deleted' {
    const { serverUuid, log, access } = this.#deps;
    log.info('wings.ended', {
      server: serverUuid,
      how: end.kind,
      code: end.kind === 'closed' ? end.code : end.kind === 'refused' ? end.status : null,
    });
    if (end.kind === 'silent') return silentFailure;
    if (end.kind === 'refused') return this.#refused(end.status);
    if (end.code === 1001 && end.reason === 'server deleted') return 'deleted';
    const failure = closeFailure(end.code, end.reason, end.wasOpen);
    // A new connection is useless before the panel gives a token for it.
    const pause = failure.retry === 'back-off' ? access.panelsPause : null;
    return pause ?? failure;
  }

  #refused(status: number): Failure {
    const failure = handshakeFailure(status, this.#deps.origin);
    if (status !== 404) return failure;
    // The server may have moved: the address is asked for anew, at once the first time (PROTOCOL 4.9).
    this.#deps.access.forget();
    const isFirst = !this.#wasUnknown;
    this.#wasUnknown = true;
    return isFirst ? { ...failure, retry: 'back-off' } : failure;
  }
}
