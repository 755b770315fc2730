import request from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import type { Download, DownloadRequest, Trust } from '../base/network-ports.js';
import { connector } from './connector.js';
import type { Dialer } from './dialer.js';
import { failureOf } from './http-failures.js';

/** Ms without a byte after which a node counts as silent. Time without a reader does not count. */
const silenceMs = 60_000;
/** Bytes that a download reads ahead of its reader. */
const readAheadBytes = 1_048_576;

export interface DownloadDeps {
  readonly dialer: Dialer;
  readonly trust: Trust;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Opens one download on a connection of its own.
 * Errors of undici hold no address, and `failureOf` keeps their code only, so the link stays secret.
 */
export async function openDownload(
  { dialer, trust, headers }: DownloadDeps,
  { url, signal }: DownloadRequest,
): Promise<Download> {
  const agent = new Agent({
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
    connect: connector(dialer, trust),
  });
  const close = (): void => void agent.destroy().catch(() => undefined);
  try {
    const { origin, pathname, search } = new URL(url);
    const answer = await request.call(agent, {
      origin,
      path: `${pathname}${search}`,
      method: 'GET',
      headers: { ...headers },
      highWaterMark: readAheadBytes,
      signal,
    });
    // The body is also destroyed without a reader, where nobody would hear its error.
    answer.body.on('error', () => undefined);
    return {
      status: answer.statusCode,
      bytes: lengthOf(answer.headers['content-length']),
      body: chunksOf(answer.body),
      close,
    };
  } catch (error) {
    close();
    throw failureOf(error);
  }
}

function lengthOf(header: string | string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : null;
}

async function* chunksOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw failureOf(error);
  }
}
