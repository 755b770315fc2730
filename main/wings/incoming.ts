/** What the node sends on the socket: each frame goes to the part of the session that it concerns (PROTOCOL 4.5). */
import type { Log } from '../base/ports.js';
import type { Access } from './access.js';
import { wordForLog } from '../base/redact.js';
import type { Frame } from './frames.js';
import { refusesMessages } from './jwt-errors.js';
import type { Outgoing } from './outgoing.js';
import type { ServerEvents } from './server-events.js';

/** These come whatever the node thinks of the token; everything else only while it accepts it (PROTOCOL 4.7). */
const withoutToken: readonly string[] = ['auth success', 'jwt error', 'daemon error', 'throttled'];

export interface IncomingDeps {
  log: Log;
  access: Access;
  outgoing: Outgoing;
  events: ServerEvents;
  /** A token was accepted: the first one of the connection, or a new one. */
  authenticated: () => void;
  /** A transfer to another node begins, goes on or ends. */
  transferred: (status: string) => void;
  /** The server is gone from this node. */
  deleted: () => void;
}

export class Incoming {
  readonly #deps: IncomingDeps;

  constructor(deps: IncomingDeps) {
    this.#deps = deps;
  }

  frame({ event, args }: Frame): void {
    const { access, events, outgoing } = this.#deps;
    const text = args.join('');
    if (!withoutToken.includes(event)) outgoing.passed();
    switch (event) {
      case 'auth success':
        return this.#deps.authenticated();
      case 'jwt error':
        // First: a connection that is given up for it takes along what waits.
        if (refusesMessages(text)) outgoing.refused();
        return access.jwtError(text);
      case 'token expiring':
        return access.expiring();
      case 'token expired':
        return access.ended('expired');
      case 'daemon error':
        return this.#daemonError(text);
      case 'throttled':
        return this.#throttled(text);
      case 'deleted':
        return this.#deps.deleted();
      case 'transfer status':
        return this.#deps.transferred(text);
      default:
        access.proven();
        events.handle(event, text);
    }
  }

  #daemonError(text: string): void {
    const { access, events, outgoing } = this.#deps;
    const signal = outgoing.recentSignal;
    if (access.daemonError(text, signal)) return;
    outgoing.passed();
    events.daemonError(text, signal);
  }

  /** Newer nodes lose what comes too fast, and say so once (PROTOCOL 4.10). */
  #throttled(event: string): void {
    const { access, log, outgoing } = this.#deps;
    log.warn('wings.throttled', { event: wordForLog(event) });
    if (event === 'auth' || event === 'global') access.throttled();
    outgoing.throttled(event);
  }
}
