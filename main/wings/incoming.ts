/** Routes each frame from the node to the part of the session that handles it (PROTOCOL 4.5). */
import type { Log } from '../base/ports.js';
import type { Access } from './access.js';
import { wordForLog } from '../base/redact.js';
import type { Frame } from './frames.js';
import { refusesMessages } from './jwt-errors.js';
import type { Outgoing } from './outgoing.js';
import type { FrameEvents } from './server-events.js';

/** Events that the node sends with or without a valid token; all others need a valid token (PROTOCOL 4.7). */
const withoutToken: readonly string[] = ['auth success', 'jwt error', 'daemon error', 'throttled'];

export interface IncomingDeps {
  log: Log;
  access: Access;
  outgoing: Outgoing;
  events: FrameEvents;
  /** The node accepted a token: the first token of the connection or a renewed one. */
  authenticated: () => void;
  /** A transfer to another node starts, progresses or ends. */
  transferred: (status: string) => void;
  /** The node no longer has the server. */
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
        // Before `jwtError`, which may end the connection and drop the queued messages.
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

  /** Newer nodes drop messages above their rate limit and report this once (PROTOCOL 4.10). */
  #throttled(event: string): void {
    const { access, log, outgoing } = this.#deps;
    log.warn('wings.throttled', { event: wordForLog(event) });
    if (event === 'auth' || event === 'global') access.throttled();
    outgoing.throttled(event);
  }
}
