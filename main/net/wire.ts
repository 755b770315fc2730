/** The TCP connection below a websocket, which can be reset. */
import { connect, isIP, type createConnection, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';

type Done = (error: Error | null, socket?: Socket) => void;

/**
 * Opened apart from TLS: only a plain socket can be reset, and one that is merely destroyed leaves the system to deliver
 * what was queued, up to minutes later.
 */
export class Wire {
  readonly #isSecure: boolean;
  #plain: Socket | null = null;

  constructor(isSecure: boolean) {
    this.#isSecure = isSecure;
  }

  /** What the request of a handshake takes as `createConnection`; with a callback, which the types do not know. */
  readonly open = ((options: ConnectionOptions, done: Done): void =>
    this.#open(options, done)) as unknown as typeof createConnection;

  reset(): void {
    const plain = this.#plain;
    // A reset of one that does not stand yet would wait for it.
    if (plain === null || plain.connecting) plain?.destroy();
    else plain.resetAndDestroy();
  }

  #open(options: ConnectionOptions, done: Done): void {
    // The path is that of the request; here it would name a socket in the file system.
    const target = { ...options, path: undefined };
    const host = options.host ?? 'localhost';
    const plain = connect({ ...target, host, port: Number(target.port) });
    this.#plain = plain;
    const failed = (error: Error): void => done(error);
    plain.once('error', failed);
    plain.once('connect', () => {
      plain.off('error', failed);
      done(null, this.#isSecure ? secured(plain, host, target) : plain);
    });
  }
}

function secured(plain: Socket, host: string, options: ConnectionOptions): Socket {
  // An address is no name to ask for (RFC 6066).
  const servername = isIP(host) === 0 ? host : '';
  const secure = connectTls({ servername, ...options, host, socket: plain });
  plain.on('error', (error) => secure.destroy(error));
  return secure;
}
