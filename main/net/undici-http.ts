/** The `Http` port on undici: one connection pool per panel, no redirects, no cookies, a size limit on answers. */
import type { Dispatcher } from 'undici';
import request from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import { connector } from './connector.js';
import {
  HttpFailure,
  type Http,
  type HttpRequest,
  type HttpResponse,
  type Trust,
} from '../base/network-ports.js';
import type { Dialer } from './dialer.js';
import { failureOf } from './http-failures.js';

/** Answers of nginx, Apache and Go to a plain HTTP request on a TLS port. */
const wantsTls =
  /plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL-enabled|HTTP request to an HTTPS server/i;

export class UndiciHttp implements Http {
  readonly #newAgent: () => Agent;
  #agent: Agent;

  constructor(dialer: Dialer, trust: Trust) {
    this.#newAgent = () =>
      new Agent({
        // The time limit of the whole request (`timeoutMs`) covers a server that sends nothing.
        headersTimeout: 0,
        bodyTimeout: 0,
        connect: connector(async (origin) => (await dialer.dial(origin, trust)).socket),
      });
    this.#agent = this.#newAgent();
  }

  async send(wanted: HttpRequest): Promise<HttpResponse> {
    try {
      return await this.#exchange(wanted);
    } catch (error) {
      throw failureOf(error);
    }
  }

  async #exchange(wanted: HttpRequest): Promise<HttpResponse> {
    // `request` instead of `fetch`: no redirect is followed, so the API key stays with this origin, and no `Origin`
    // header is added.
    const { origin, pathname, search } = new URL(wanted.url);
    const response = await request.call(this.#agent, {
      origin,
      path: `${pathname}${search}`,
      method: wanted.method,
      headers: wanted.headers,
      body: wanted.body ?? null,
      signal: AbortSignal.timeout(wanted.timeoutMs),
    });
    const headers = flat(response.headers);
    if (Number(headers['content-length'] ?? 0) > wanted.maxBytes) {
      response.body.destroy();
      throw new HttpFailure('too-large', `more than ${wanted.maxBytes} bytes announced`);
    }
    const bytes = await readAll(response.body, wanted.maxBytes);
    const { statusCode: status } = response;
    if (wanted.keepsBytes === true && status >= 200 && status < 300)
      return { status, headers, body: '', bytes };
    const body = new TextDecoder().decode(bytes);
    if (status === 400 && origin.startsWith('http:') && wantsTls.test(body))
      throw new HttpFailure('unreachable', 'plain text on a TLS port', { reason: 'tls-only' });
    return { status, headers, body };
  }

  /** New requests use new connections; running requests finish on the old connections. */
  renew(): void {
    const before = this.#agent;
    this.#agent = this.#newAgent();
    before.close().catch(() => undefined);
  }

  /** Aborts all running requests, for example of a removed account. */
  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

async function readAll(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the body and its connection.
    if (size > maxBytes) throw new HttpFailure('too-large', `more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
