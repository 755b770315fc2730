/** Opens every connection of Perch to panels and nodes: proxy route, time limit, trust in the certificate. */
import { connect, isIP, type LookupFunction, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { bareHost } from '../../bridge/panel/bare-host.js';
import { HttpFailure, type PresentedCertificate, type Proxies, type Trust } from '../base/network-ports.js';
import { Authorities } from './authorities.js';
import { trustRefusal, shownBy } from './certificates.js';
import { closedAddress, isClosedAddress } from './closed-addresses.js';
import { openTcp, type OpenSocket } from './open-tcp.js';
import { routesOf, type Route } from './proxies.js';
import { tunnel, type TunnelTarget } from './tunnel.js';

export interface Dialed {
  socket: Socket;
  /** The TCP socket that carries `socket`. For a connection without TLS both are the same object. */
  plain: Socket;
}

/** Time limit in ms for the proxy and TLS handshakes together. */
const dialMs = 10_000;

export class Dialer {
  constructor(
    private readonly proxies: Proxies,
    private readonly authorities = new Authorities(),
    /** Looks up names instead of the system. A proxy looks up the names of its connections itself. */
    private readonly lookup?: LookupFunction,
  ) {}

  /**
   * Connects to the host of a URL. The connection has carried no request yet. For `https:` and `wss:` the certificate
   * is already trusted. Rejects with `HttpFailure` or the system's error. `onread` gets the received bytes instead of
   * the socket's readers, as for `net.connect`. Node has no `onread` for a connection through a proxy, so there the
   * socket's readers get the bytes.
   */
  async dial(url: URL, trust: Trust, onread?: OnReadOpts): Promise<Dialed> {
    if (!isSecure(url)) {
      const open: OpenSocket = (options) =>
        this.#connect(onread === undefined ? options : { ...options, onread });
      const plain = await withinTime((signal) => this.#reach(url, signal, open));
      return { socket: plain, plain };
    }
    try {
      return await this.#believed(url, trust, onread);
    } catch (error) {
      const isUnknown = error instanceof HttpFailure && error.kind === 'tls-untrusted';
      if (!isUnknown || !this.authorities.addSystem()) throw error;
      return this.#believed(url, trust, onread);
    }
  }

  /** Connects without TLS to the host and port of an `https:` address, by the routes that lead to this address. */
  dialPlain(url: URL): Promise<Socket> {
    return withinTime((signal) => this.#reach(url, signal, this.#connect));
  }

  /**
   * Reads the certificate of a host without checking trust, so that the user can compare and pin the certificate. Sends
   * no data over this connection.
   */
  certificateOf(url: URL): Promise<PresentedCertificate> {
    return withinTime(async (signal) => {
      const { socket } = await this.#secured(url, signal);
      const certificate = shownBy(socket);
      socket.destroy();
      return certificate;
    });
  }

  #believed(url: URL, trust: Trust, onread?: OnReadOpts): Promise<Dialed> {
    return withinTime(async (signal) => {
      const dialed = await this.#secured(url, signal, onread);
      const refusal = trustRefusal(dialed.socket, url.host, trust);
      if (refusal === null) return dialed;
      dialed.socket.destroy();
      throw refusal;
    });
  }

  readonly #connect: OpenSocket = (options) =>
    connect(this.lookup === undefined ? options : { ...options, lookup: this.lookup });

  async #secured(
    url: URL,
    signal: AbortSignal,
    onread?: OnReadOpts,
  ): Promise<Dialed & { socket: TLSSocket }> {
    const options = this.#tlsOptions(url);
    let direct: TLSSocket | null = null;
    // Node uses `onread` only if TLS opens the connection itself.
    const open: OpenSocket = (to) => {
      const own = { ...to, ...options, onread };
      return (direct = connectTls(own));
    };
    const plain = await this.#reach(url, signal, onread === undefined ? this.#connect : open);
    const socket = plain === direct ? direct : connectTls({ ...options, socket: plain });
    await whenSecured(socket, signal);
    return { socket, plain };
  }

  #tlsOptions(url: URL): ConnectionOptions {
    const { host } = placeOf(url);
    return {
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      secureContext: this.authorities.context,
      ALPNProtocols: ['http/1.1'],
      // `trustRefusal` checks trust before anybody gets the socket, because the check needs pinned certificates.
      rejectUnauthorized: false,
    };
  }

  /** The routes that a connection to this URL would try now, in order. */
  async ways(url: URL): Promise<Route[]> {
    return routesOf(await this.proxies.resolve(`${url.protocol}//${url.host}`));
  }

  networkChanged(): void {
    this.proxies.forget();
  }

  /**
   * Connects by the first route that works. If no route works, throws the error of the first route: the user has to fix
   * that route.
   */
  async #reach(url: URL, signal: AbortSignal, open: OpenSocket): Promise<Socket> {
    const place = placeOf(url);
    if (isClosedAddress(place.host)) throw closedAddress();
    const failures: unknown[] = [];
    for (const way of await this.ways(url)) {
      try {
        return await (way === 'direct' ? openTcp(place, signal, open) : tunnel(way, place, signal));
      } catch (error) {
        failures.push(error);
      }
      if (signal.aborted) break;
    }
    throw failures[0];
  }
}

function whenSecured(socket: TLSSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => socket.destroy(), { once: true });
    socket.on('error', reject);
    socket.once('close', () => reject(new HttpFailure('reset', 'closed while the connection was secured')));
    socket.once('secureConnect', () => resolve());
  });
}

function isSecure({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'wss:';
}

function placeOf(url: URL): TunnelTarget {
  const port = url.port === '' ? (isSecure(url) ? 443 : 80) : Number(url.port);
  return { host: bareHost(url.hostname), port };
}

/**
 * Runs within `dialMs`. Overrunning is `unreachable`, not `timeout`: nothing was sent, and a `timeout` means that a
 * power signal may have been carried out.
 */
async function withinTime<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), dialMs);
  try {
    return await run(limit.signal);
  } catch (error) {
    const isProxy = error instanceof HttpFailure && error.proxy !== undefined;
    if (limit.signal.aborted && !isProxy) throw new HttpFailure('unreachable', 'no connection in time');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
