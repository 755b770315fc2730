import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { buildConnector } from 'undici';

/** Connections for undici, each opened by `dial` with the origin. */
export function connector(dial: (origin: URL) => Promise<Duplex>): buildConnector.connector {
  return ({ protocol, host = '' }, done) => {
    dial(new URL(`${protocol}//${host}`)).then(
      // Of a socket undici needs what every duplex stream has.
      (stream) => done(null, stream as Socket),
      (error: Error) => done(error, null),
    );
  };
}
