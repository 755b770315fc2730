/** The `Network` port over undici: one pool of connections per panel, no redirects, no cookies, bounded answers. */
import type { Dispatcher } from 'undici';
import request from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import { certificateOf } from './certificates.js';
import { failureOf } from './http-failures.js';
import {
  HttpFailure,
  type Http,
  type HttpRequest,
  type HttpResponse,
  type Network,
  type TrustedCertificate,
} from '../base/ports.js';

export class UndiciNetwork implements Network {
  http(trusted: TrustedCertificate | null): Http {
    return new UndiciHttp(trusted);
  }

  certificateOf(url: string): Promise<TrustedCertificate> {
    return certificateOf(url);
  }
}

const connectTimeoutMs = 10_000;

class UndiciHttp implements Http {
  readonly #trusted: TrustedCertificate | null;
  readonly #agent: Agent;

  constructor(trusted: TrustedCertificate | null) {
    this.#trusted = trusted;
    this.#agent = new Agent({
      // A silent server is cut off by the time limit of the whole request.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: connectTimeoutMs, ...(trusted === null ? {} : pin(trusted)) },
    });
  }

  async send(wanted: HttpRequest): Promise<HttpResponse> {
    try {
      return await this.#exchange(wanted);
    } catch (error) {
      const failure = failureOf(error, this.#trusted !== null);
      throw failure.kind === 'tls-untrusted' ? await withFingerprint(failure, wanted.url) : failure;
    }
  }

  async #exchange(wanted: HttpRequest): Promise<HttpResponse> {
    // `request`, not `fetch`: it follows no redirect, so the key stays with this origin, and adds no Origin header.
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
    return { status: response.statusCode, headers, body: await readAll(response.body, wanted.maxBytes) };
  }

  /** Aborts what is under way: nothing waits for an account that was removed. */
  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

/**
 * Trusts exactly one certificate, whatever its name and issuer (PLATFORM, "Security"). Verification stays on:
 * without it the check below would never be called.
 */
function pin(trusted: TrustedCertificate) {
  return {
    ca: trusted.pem,
    // Certificates that are not self-signed have no issuer in `ca`; the certificate itself is the anchor.
    allowPartialTrustChain: true,
    checkServerIdentity: (_host: string, certificate: { fingerprint256: string }) =>
      certificate.fingerprint256 === trusted.fingerprint ? undefined : new CertificateChanged(),
  };
}

class CertificateChanged extends Error {
  readonly code = 'ERR_TLS_CERT_ALTNAME_INVALID';
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

async function readAll(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the body and with it the connection.
    if (size > maxBytes) throw new HttpFailure('too-large', `more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** Adds what a person has to compare before agreeing; not for dates, because agreeing would not help there. */
async function withFingerprint(failure: HttpFailure, url: string): Promise<HttpFailure> {
  if (failure.reason === 'certificate-expired') return failure;
  try {
    const { fingerprint } = await certificateOf(url);
    return new HttpFailure(failure.kind, failure.message, fingerprint, failure.reason);
  } catch {
    return failure;
  }
}
