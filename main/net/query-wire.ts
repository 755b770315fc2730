/** The `QueryWire` port: datagrams, and connections through the dialer, so that proxies hold (CONNECTIONS "Queries"). */
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { bareHost } from '../../bridge/panel/bare-host.js';
import {
  QueryFailure,
  type ByteStream,
  type Datagrams,
  type QueryPlace,
  type QueryWire,
} from '../base/query-ports.js';
import type { Proxies, Trust } from '../base/network-ports.js';
import { unlessAborted } from '../base/unless-aborted.js';
import { isClosedAddress, isLoopbackAddress } from './closed-addresses.js';
import { openDatagrams, type IpAddress } from './datagrams.js';
import { Dialer } from './dialer.js';
import { queryFailureOf } from './query-failures.js';
import { QueryNames } from './query-names.js';

/** Bytes of one connection; the longest answer of a protocol is half of it. */
const mostBytes = 262_144;
const getMs = 6000;

/** Queries use no TLS. */
const noTrust: Trust = { agreed: () => null, outgrown: () => undefined };

export class DialedQueryWire implements QueryWire {
  readonly #dialer: Dialer;
  /** For places that may be this computer. */
  readonly #dialerHere: Dialer;

  constructor(
    proxies: Proxies,
    private readonly names = new QueryNames(),
  ) {
    this.#dialer = new Dialer(
      proxies,
      undefined,
      lookupBy((host) => this.#elsewhere(host)),
    );
    this.#dialerHere = new Dialer(
      proxies,
      undefined,
      lookupBy((host) => names.addressesOf(host)),
    );
  }

  async datagrams(place: QueryPlace, signal: AbortSignal): Promise<Datagrams> {
    const url = urlOf(place);
    if (!(await this.#isDirect(url))) throw new QueryFailure('no-udp', 'through a proxy');
    const addresses = await unlessAborted(signal, () => this.#addressesOf(place, url));
    let failure = new QueryFailure('unknown-host');
    // The second address matters if the computer cannot reach the first, for example over IPv6.
    for (const address of addresses.slice(0, 4)) {
      try {
        return await openDatagrams(address, place.port, signal);
      } catch (error) {
        failure = queryFailureOf(error);
      }
    }
    throw failure;
  }

  async stream(place: QueryPlace, signal: AbortSignal): Promise<ByteStream> {
    const url = urlOf(place);
    const dialing = this.#dialerFor(place).dialPlain(url);
    try {
      return streamOf(await unlessAborted(signal, () => dialing), signal);
    } catch (error) {
      // A connection that comes too late is of no use.
      dialing.then(
        (socket) => socket.destroy(),
        () => undefined,
      );
      throw queryFailureOf(error);
    }
  }

  async get(place: QueryPlace, path: string, signal: AbortSignal): Promise<string> {
    const url = urlOf(place);
    // Looked up here as well, because undici reports a failed look-up without its kind.
    if (await this.#isDirect(url)) await unlessAborted(signal, () => this.#addressesOf(place, url));
    const { UndiciHttp } = await import('./undici-http.js');
    const http = new UndiciHttp(this.#dialerFor(place), noTrust);
    const request = {
      method: 'GET',
      // `url.host` leaves the port 443 out.
      url: `http://${url.hostname}:${place.port}${path}`,
      headers: {},
      timeoutMs: getMs,
      maxBytes: mostBytes,
    } as const;
    try {
      const { status, body } = await unlessAborted(signal, () => http.send(request));
      if (status !== 200) throw new QueryFailure('nonsense', `status ${status}`);
      return body;
    } catch (error) {
      throw queryFailureOf(error);
    } finally {
      void http.close();
    }
  }

  async addressOf(place: QueryPlace): Promise<string | null> {
    try {
      const url = urlOf(place);
      const [first] = (await this.#isDirect(url)) ? await this.#addressesOf(place, url) : [];
      return first?.address ?? null;
    } catch {
      return null;
    }
  }

  async minecraftService(host: string): Promise<QueryPlace | null> {
    const url = urlOf({ host, port: 25_565, mayBeHere: true });
    return (await this.#isDirect(url))
      ? this.names.serviceOf('_minecraft._tcp', bareHost(url.hostname))
      : null;
  }

  networkChanged(): void {
    this.names.forget();
    this.#dialer.networkChanged();
    this.#dialerHere.networkChanged();
  }

  #dialerFor({ mayBeHere }: QueryPlace): Dialer {
    return mayBeHere === true ? this.#dialerHere : this.#dialer;
  }

  #addressesOf({ mayBeHere }: QueryPlace, url: URL): Promise<readonly IpAddress[]> {
    const host = bareHost(url.hostname);
    return mayBeHere === true ? this.names.addressesOf(host) : this.#elsewhere(host);
  }

  async #elsewhere(host: string): Promise<readonly IpAddress[]> {
    const found = await this.names.addressesOf(host);
    if (found.some(({ address }) => isLoopbackAddress(address))) throw new QueryFailure('closed');
    return found;
  }

  async #isDirect(url: URL): Promise<boolean> {
    const [way] = await this.#dialer.ways(url);
    return way === 'direct';
  }
}

/** The place as an address of the dialer. Panels hold any text instead of a host. */
function urlOf({ host, port, mayBeHere }: QueryPlace): URL {
  const text = `https://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  if ((isIP(host) === 0 && !/^[^\s/?#@:\\[\]]{1,253}$/.test(host)) || !URL.canParse(text))
    throw new QueryFailure('unknown-host', 'no host');
  const url = new URL(text);
  // The URL has the usual notation: `127.1` became `127.0.0.1`.
  const address = bareHost(url.hostname);
  if (isClosedAddress(address)) throw new QueryFailure('closed');
  if (mayBeHere !== true && isLoopbackAddress(address)) throw new QueryFailure('closed');
  return url;
}

/** Fits `net.connect`, which asks for all addresses. */
function lookupBy(addressesOf: (host: string) => Promise<readonly IpAddress[]>): LookupFunction {
  return (host, _options, done) =>
    void addressesOf(host).then(
      (addresses) => done(null, [...addresses]),
      (error: Error) => done(error, []),
    );
}

function streamOf(socket: Socket, signal: AbortSignal): ByteStream {
  if (signal.aborted) socket.destroy();
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  const pieces: AsyncIterator<Uint8Array, undefined> = socket[Symbol.asyncIterator]();
  let bytes = 0;
  return {
    send: (content) => void socket.write(content),
    receive: async () => {
      try {
        const next: IteratorResult<Uint8Array, undefined> = await pieces.next();
        if (next.value === undefined) return null;
        bytes += next.value.length;
        if (bytes > mostBytes) throw new QueryFailure('nonsense', 'too many bytes');
        return next.value;
      } catch (error) {
        throw queryFailureOf(error);
      }
    },
  };
}
