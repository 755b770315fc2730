import type { buildConnector } from 'undici';
import type { Trust } from '../base/network-ports.js';
import type { Dialer } from './dialer.js';

/** Connections for undici that the dialer opens. */
export function connector(dialer: Dialer, trust: Trust): buildConnector.connector {
  return ({ protocol, host = '' }, done) => {
    dialer.dial(new URL(`${protocol}//${host}`), trust).then(
      ({ socket }) => done(null, socket),
      (error: Error) => done(error, null),
    );
  };
}
