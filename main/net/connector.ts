import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { buildConnector } from 'undici';

/** Connections for undici, each opened by `dial` with the origin. */
export function connector(dial: (origin: URL) => Promise<Duplex>): buildConnector.connector {
  return ({ protocol, host = '' }, done) => {
    dial(new URL(`${protocol}//${host}`)).then(
      // undici uses only the duplex stream of a socket.
      (stream) => done(null, stream as Socket),
      (error: Error) => done(error, null),
    );
  };
}
