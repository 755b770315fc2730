/** The `Network` port: undici for HTTP, `ws` for websockets, and one dialer below both. */
import type { Dialer } from './dialer.js';
import { failureOf } from './http-failures.js';
import { sockets } from './socket.js';
import {
  HttpFailure,
  type Http,
  type HttpRequest,
  type HttpResponse,
  type Network,
  type OpenSocket,
  type PresentedCertificate,
  type Trust,
} from '../base/ports.js';

export class UndiciNetwork implements Network {
  readonly #dialer: Dialer;

  constructor(dialer: Dialer) {
    this.#dialer = dialer;
  }

  http(trust: Trust): Http {
    return new LateHttp(this.#dialer, trust);
  }

  sockets(trustOf: (host: string) => Trust): OpenSocket {
    return sockets(this.#dialer, trustOf);
  }

  changed(): void {
    this.#dialer.networkChanged();
  }

  async certificateOf(url: string): Promise<PresentedCertificate> {
    const address = new URL(url);
    if (address.protocol !== 'https:')
      throw new HttpFailure('unreachable', 'only https has certificates', { reason: 'no-tls' });
    try {
      return await this.#dialer.certificateOf(address);
    } catch (error) {
      throw failureOf(error);
    }
  }
}

/** undici is read with the first request, and that waits for the window that Perch starts with. */
class LateHttp implements Http {
  readonly #dialer: Dialer;
  readonly #trust: Trust;
  #http: Promise<Http> | null = null;

  constructor(dialer: Dialer, trust: Trust) {
    this.#dialer = dialer;
    this.#trust = trust;
  }

  async send(wanted: HttpRequest): Promise<HttpResponse> {
    return (await this.#read()).send(wanted);
  }

  async close(): Promise<void> {
    await (await this.#read()).close();
  }

  #read(): Promise<Http> {
    this.#http ??= import('./undici-http.js').then(
      ({ UndiciHttp }) => new UndiciHttp(this.#dialer, this.#trust),
    );
    return this.#http;
  }
}
