import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import type { BackupFaults } from './api.js';
import type { BackupLinks } from './links.js';

export interface DownloadsDeps {
  links: BackupLinks;
  /** Throws for a server that the node does not have. */
  server: (uuid: string) => unknown;
  archive: (uuid: string) => string;
  faults: (serverUuid: string) => BackupFaults;
  /** Address of the panel, the only one whose pages may read the answer. */
  origin: () => string;
}

/** `GET /download/backup?token=` of a node: sends a whole archive once; a wanted range is ignored (PROTOCOL 2.16.13). */
export class BackupDownloads {
  constructor(private readonly deps: DownloadsDeps) {}

  /** Whether the request is for this route. Answers it if so. */
  serves(request: IncomingMessage, response: ServerResponse): boolean {
    const url = new URL(request.url ?? '', 'http://node');
    if (request.method !== 'GET' || url.pathname !== '/download/backup') return false;
    this.#answer(url.searchParams.get('token') ?? '', response).catch(() => response.destroy());
    return true;
  }

  async #answer(token: string, response: ServerResponse): Promise<void> {
    const { links, archive, faults } = this.deps;
    const { downloadStatus } = faults(serverIn(token));
    if (downloadStatus !== null) return proxied(response, downloadStatus);
    let claims;
    try {
      claims = await links.redeem(token);
    } catch {
      const id = randomUUID();
      const error = 'An unexpected error was encountered while processing this request';
      return this.#refuse(response, 500, { error, request_id: id }, id);
    }
    if (claims === null || !this.#knows(claims.server_uuid)) {
      return this.#refuse(response, 404, { error: 'The requested resource was not found on this server.' });
    }
    const path = archive(claims.backup_uuid);
    const found = await stat(path).catch(() => null);
    if (found === null) {
      return this.#refuse(response, 404, { error: 'The requested backup was not found on this server.' });
    }
    response.writeHead(200, {
      ...this.#common(),
      'content-disposition': `attachment; filename="${basename(path)}"`,
      'content-length': String(found.size),
      'content-type': 'application/octet-stream',
    });
    await send(path, response, faults(claims.server_uuid));
  }

  #knows(serverUuid: string): boolean {
    try {
      this.deps.server(serverUuid);
      return true;
    } catch {
      return false;
    }
  }

  #refuse(response: ServerResponse, status: number, body: object, id = randomUUID()): void {
    const text = JSON.stringify(body);
    response
      .writeHead(status, {
        ...this.#common(id),
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(text)),
      })
      .end(text);
  }

  #common(id = randomUUID()): Record<string, string> {
    return {
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers':
        'Accept, Accept-Encoding, Authorization, Cache-Control, Content-Type, Content-Length, Origin, X-Real-IP, X-CSRF-Token',
      'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE, OPTIONS',
      'access-control-allow-origin': this.deps.origin(),
      'access-control-max-age': '7200',
      'x-request-id': id,
    };
  }
}

/** Server of a token, as far as it can be read; what a proxy would know from the address. */
function serverIn(token: string): string {
  try {
    return String(decodeJwt(token)['server_uuid']);
  } catch {
    return '';
  }
}

function proxied(response: ServerResponse, status: number): void {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`;
  response
    .writeHead(status, { server: 'nginx', 'content-type': 'text/html' })
    .end(`<html><head><title>${title}</title></head></html>`);
}

/** Sends the file with back-pressure; breaks the connection where a fault says so. */
async function send(path: string, response: ServerResponse, faults: BackupFaults): Promise<void> {
  const { cutAt, downloadRate, garbled } = faults;
  const file = createReadStream(path, cutAt === null ? {} : { end: cutAt - 1 });
  const paced = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let isFirst = true;
    for await (const chunk of chunks) {
      if (isFirst && garbled) chunk[0] = 255 - (chunk[0] ?? 0);
      isFirst = false;
      yield chunk;
      if (downloadRate !== null) await pause((chunk.length / downloadRate) * 1000);
    }
  };
  await pipeline(file, paced, response, { end: cutAt === null });
  if (cutAt !== null) response.socket?.destroySoon();
}
