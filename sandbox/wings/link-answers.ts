/** Answers of a node to its signed links (PROTOCOL 2.16.13, 2.17). */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { STATUS_CODES, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import type { BackupFaults } from './backups/api.js';

export const linkTexts = {
  unexpected: 'An unexpected error was encountered while processing this request',
  spent: 'The requested resource was not found on this server.',
  noBackup: 'The requested backup was not found on this server.',
};

/** `origin` = address of the panel, the only one whose pages may read the answer. */
export function linkHeaders(origin: string, id: string = randomUUID()): Record<string, string> {
  return {
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers':
      'Accept, Accept-Encoding, Authorization, Cache-Control, Content-Type, Content-Length, Origin, X-Real-IP, X-CSRF-Token',
    'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE, OPTIONS',
    'access-control-allow-origin': origin,
    'access-control-max-age': '7200',
    'x-request-id': id,
  };
}

/** `named` = whether the answer has the id of the request. */
export function refuseLink(
  response: ServerResponse,
  origin: string,
  { status, error, named = status === 500 }: { status: number; error: string; named?: boolean },
): void {
  const id = randomUUID();
  const text = JSON.stringify({ error, ...(named ? { request_id: id } : {}) });
  response
    .writeHead(status, {
      ...linkHeaders(origin, id),
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(text)),
    })
    .end(text);
}

/** Answer of a proxy in front of the node. */
export function proxied(response: ServerResponse, status: number): void {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`;
  response
    .writeHead(status, { server: 'nginx', 'content-type': 'text/html' })
    .end(`<html><head><title>${title}</title></head></html>`);
}

/** Server of a token, as far as the token is readable; a proxy would know the server from the address. */
export function serverIn(token: string): string {
  try {
    return String(decodeJwt(token)['server_uuid']);
  } catch {
    return '';
  }
}

/** Sends a whole file; a wanted range is ignored. */
export async function sendFile(
  response: ServerResponse,
  file: { path: string; name: string; size: number },
  origin: string,
  faults: BackupFaults,
): Promise<void> {
  response.writeHead(200, {
    ...linkHeaders(origin),
    'content-disposition': `attachment; filename=${quoted(file.name)}`,
    'content-length': String(file.size),
    'content-type': 'application/octet-stream',
  });
  await send(file.path, response, faults);
}

/** As Go quotes a string; Node refuses other bytes in a header. */
function quoted(name: string): string {
  return Buffer.from(JSON.stringify(name)).toString('latin1');
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
