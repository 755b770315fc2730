import Agent from 'undici/lib/dispatcher/agent.js';
import type { Download, DownloadRequest, Trust } from '../base/network-ports.js';
import { connector } from './connector.js';
import type { Dialer } from './dialer.js';
import { DownloadBody } from './download-body.js';
import { DownloadConnection } from './download-connection.js';
import { failureOf } from './http-failures.js';

/** Ms without a byte after which a node counts as silent. Time without a reader does not count. */
const silenceMs = 60_000;

export interface DownloadDeps {
  readonly dialer: Dialer;
  readonly trust: Trust;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Opens one download on a connection of its own.
 * Errors of undici hold no address, and `failureOf` keeps their code only, so the link stays secret.
 */
export function openDownload(
  { dialer, trust, headers }: DownloadDeps,
  { url, signal }: DownloadRequest,
): Promise<Download> {
  const { origin, pathname, search } = new URL(url);
  const agent = new Agent({
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
    connect: connector(async (origin) => {
      const connection = new DownloadConnection();
      const { socket } = await dialer.dial(origin, trust, connection.onread);
      return connection.carry(socket);
    }),
  });
  const close = (): void => {
    signal.removeEventListener('abort', close);
    agent.destroy().catch(() => undefined);
  };
  signal.addEventListener('abort', close);
  if (signal.aborted) close();
  return new Promise((resolve, reject) => {
    let body: DownloadBody | null = null;
    agent.dispatch(
      { origin, path: `${pathname}${search}`, method: 'GET', headers: { ...headers } },
      {
        onRequestStart: () => undefined,
        onResponseStart: (tap, status, { 'content-length': length }) => {
          body = new DownloadBody(tap);
          resolve({ status, bytes: lengthOf(length), body, close });
        },
        onResponseData: (_tap, part) => body?.push(part),
        onResponseEnd: () => body?.end(null),
        onResponseError: (_tap, error) => {
          if (body !== null) return body.end(error);
          close();
          reject(failureOf(error));
        },
      },
    );
  });
}

function lengthOf(header: string | string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : null;
}
