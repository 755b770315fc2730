import { Readable } from 'node:stream';
import Agent from 'undici/lib/dispatcher/agent.js';
import type { UploadAnswer, UploadRequest } from '../base/network-ports.js';
import { connector } from './connector.js';
import { failureOf } from './http-failures.js';
import type { DownloadDeps } from './undici-download.js';

/**
 * Ms for which a node may take no bytes, or send no answer to a complete request. A content that pauses does not count.
 */
const silenceMs = 120_000;
/** Bytes of an answer that are kept. */
const answerBytes = 4096;

/**
 * Sends one upload on a connection of its own.
 * Errors of undici hold no address, and `failureOf` keeps their code only, so the link stays secret.
 */
export async function sendUpload(
  { dialer, trust, headers }: DownloadDeps,
  { url, signal, type, bytes, content }: UploadRequest,
): Promise<UploadAnswer> {
  const { origin, pathname, search } = new URL(url);
  const agent = new Agent({
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
    connect: connector(async (to) => (await dialer.dial(to, trust)).socket),
  });
  const close = (): void => void agent.destroy().catch(() => undefined);
  signal.addEventListener('abort', close);
  if (signal.aborted) close();
  const own = { 'content-type': type, 'content-length': String(bytes) };
  const watched = new Watched(content);
  // Takes one part ahead.
  const body = Readable.from(watched);
  try {
    return await new Promise((resolve, reject) => {
      const parts: Buffer[] = [];
      let [status, kept] = [0, 0];
      agent.dispatch(
        { origin, path: `${pathname}${search}`, method: 'POST', headers: { ...headers, ...own }, body },
        {
          onRequestStart: () => undefined,
          onResponseStart: (_tap, code) => void (status = code),
          onResponseData: (_tap, part) => {
            if (kept < answerBytes) parts.push(Buffer.from(part));
            kept += part.length;
          },
          onResponseEnd: () =>
            resolve({ status, text: Buffer.concat(parts).subarray(0, answerBytes).toString('utf8') }),
          onResponseError: (_tap, error) => reject(watched.failure ?? failureOf(error)),
        },
      );
    });
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}

/** Remembers the error of a content, which undici reports as a failure of the connection. */
class Watched implements AsyncIterable<Uint8Array> {
  failure: unknown = null;

  constructor(private readonly content: AsyncIterable<Uint8Array>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      yield* this.content;
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}
