/** The `Network` port: undici for HTTP and `ws` for websockets, both on one dialer. */
import type { Duplex } from 'node:stream';
import type { Dialer } from './dialer.js';
import { failureOf } from './http-failures.js';
import { takenOf } from './proxies.js';
import { sockets } from './socket.js';
import type { UndiciHttp } from './undici-http.js';
import type { RouteTaken } from '../../bridge/schema/proxy.js';
import {
  HttpFailure,
  type Download,
  type DownloadRequest,
  type Http,
  type HttpRequest,
  type HttpResponse,
  type Network,
  type OpenDownload,
  type OpenSocket,
  type PresentedCertificate,
  type SendUpload,
  type Socket,
  type Trust,
} from '../base/network-ports.js';

export class UndiciNetwork implements Network {
  readonly #own: Readonly<Record<string, string>>;
  readonly #https = new Set<LateHttp>();
  readonly #sockets = new Set<Socket>();
  /** Downloads and uploads. */
  readonly #transfers = new Set<AbortController>();
  readonly #streams = new Set<Duplex>();

  /** `userAgent` goes with every request, so that panel logs name Perch. */
  constructor(
    private readonly dialer: Dialer,
    userAgent: string,
  ) {
    this.#own = { 'user-agent': userAgent };
  }

  http(trust: Trust): Http {
    const http = new LateHttp({
      dialer: this.dialer,
      trust,
      own: this.#own,
      closed: () => this.#https.delete(http),
    });
    this.#https.add(http);
    return http;
  }

  sockets(trustOf: (host: string) => Trust): OpenSocket {
    const open = sockets(this.dialer, trustOf);
    return (url, headers, events) => {
      const socket = open(
        url,
        { ...this.#own, ...headers },
        {
          open: () => events.open(),
          message: (text) => events.message(text),
          pong: (mark) => events.pong(mark),
          refused: (status, answered) => events.refused(status, answered),
          closed: (code, reason, failure) => {
            this.#sockets.delete(socket);
            events.closed(code, reason, failure);
          },
        },
      );
      this.#sockets.add(socket);
      return socket;
    };
  }

  downloads(trustOf: (host: string) => Trust): OpenDownload {
    return (request) => this.#download(request, trustOf);
  }

  uploads(trustOf: (host: string) => Trust): SendUpload {
    return async (request) => {
      const { sendUpload } = await import('./undici-upload.js');
      const { deps, signal, forget } = this.#transfer(request, trustOf);
      return sendUpload(deps, { ...request, signal }).finally(forget);
    };
  }

  async stream(place: string): Promise<Duplex> {
    try {
      const socket = await this.dialer.dialPlain(new URL(`https://${place}`));
      this.#streams.add(socket);
      return socket.once('close', () => this.#streams.delete(socket));
    } catch (error) {
      throw failureOf(error);
    }
  }

  async routeTo(url: string): Promise<RouteTaken[]> {
    return (await this.dialer.ways(new URL(url))).map(takenOf);
  }

  changed(): void {
    this.dialer.networkChanged();
  }

  rerouted(): void {
    this.dialer.networkChanged();
    for (const http of this.#https) http.renew();
    for (const socket of this.#sockets) socket.close();
    for (const transfer of this.#transfers) transfer.abort();
    for (const stream of this.#streams) stream.destroy();
  }

  async certificateOf(url: string): Promise<PresentedCertificate> {
    const address = new URL(url);
    if (address.protocol !== 'https:')
      throw new HttpFailure('unreachable', 'only https has certificates', { reason: 'no-tls' });
    try {
      return await this.dialer.certificateOf(address);
    } catch (error) {
      throw failureOf(error);
    }
  }

  /** A transfer takes hours, so one through an old proxy is cut; whoever wants the file begins again. */
  #transfer(request: DownloadRequest, trustOf: (host: string) => Trust) {
    const trust = trustOf(hostOf(request.url));
    const rerouted = new AbortController();
    this.#transfers.add(rerouted);
    return {
      deps: { dialer: this.dialer, trust, headers: this.#own },
      signal: AbortSignal.any([request.signal, rerouted.signal]),
      forget: (): void => void this.#transfers.delete(rerouted),
    };
  }

  async #download(request: DownloadRequest, trustOf: (host: string) => Trust): Promise<Download> {
    const { openDownload } = await import('./undici-download.js');
    const { deps, signal, forget } = this.#transfer(request, trustOf);
    try {
      const { close, ...download } = await openDownload(deps, { ...request, signal });
      return {
        ...download,
        close: () => {
          forget();
          close();
        },
      };
    } catch (error) {
      forget();
      throw error;
    }
  }
}

/** The host, without the rest of the address, which is a secret. */
function hostOf(url: string): string {
  if (!URL.canParse(url)) throw new HttpFailure('unreachable', 'no address');
  return new URL(url).host;
}

interface LateHttpDeps {
  readonly dialer: Dialer;
  readonly trust: Trust;
  /** Headers of every request. */
  readonly own: Readonly<Record<string, string>>;
  readonly closed: () => void;
}

/** An `Http` that loads undici with the first request, to keep undici out of start-up. */
class LateHttp implements Http {
  #http: Promise<UndiciHttp> | null = null;

  constructor(private readonly deps: LateHttpDeps) {}

  async send(wanted: HttpRequest): Promise<HttpResponse> {
    const headers = { ...this.deps.own, ...wanted.headers };
    return (await this.#read()).send({ ...wanted, headers });
  }

  renew(): void {
    void this.#http?.then((http) => http.renew());
  }

  async close(): Promise<void> {
    this.deps.closed();
    await (await this.#read()).close();
  }

  #read(): Promise<UndiciHttp> {
    this.#http ??= import('./undici-http.js').then(
      ({ UndiciHttp }) => new UndiciHttp(this.deps.dialer, this.deps.trust),
    );
    return this.#http;
  }
}
