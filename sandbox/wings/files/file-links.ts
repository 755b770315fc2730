import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, posix } from 'node:path';
import { NodeRefusal, type PanelLink } from '../api.js';
import type { BackupFaults } from '../backups/api.js';
import { linkHeaders, linkTexts, proxied, refuseLink, sendFile, serverIn } from '../link-answers.js';
import type { OneTimeLinks } from '../links.js';
import type { Files } from './files.js';

/** Largest file of an upload; a setting of real nodes. */
const uploadMb = 100;

export interface FileLinksDeps {
  links: OneTimeLinks;
  files: Files;
  /** Throws for a server that the node does not have. */
  server: (uuid: string) => unknown;
  faults: (serverUuid: string) => BackupFaults;
  panel: Pick<PanelLink, 'url' | 'acted'>;
}

/** `GET /download/file` and `POST /upload/file` of a node, with a token that is good once (PROTOCOL 2.17). */
export class FileLinks {
  constructor(private readonly deps: FileLinksDeps) {}

  /** Whether the request is for one of the routes. Answers it if so. */
  serves(request: IncomingMessage, response: ServerResponse): boolean {
    const url = new URL(request.url ?? '', 'http://node');
    const token = url.searchParams.get('token') ?? '';
    const work = this.#workOf(request, url, token, response);
    work?.().catch(() => response.destroy());
    return work !== null;
  }

  #workOf(
    request: IncomingMessage,
    url: URL,
    token: string,
    response: ServerResponse,
  ): (() => Promise<void>) | null {
    if (request.method === 'GET' && url.pathname === '/download/file')
      return () => this.#download(token, response);
    if (url.pathname !== '/upload/file') return null;
    if (request.method === 'OPTIONS')
      return async () => void response.writeHead(204, linkHeaders(this.deps.panel.url)).end();
    const directory = url.searchParams.get('directory') ?? '/';
    return request.method === 'POST' ? () => this.#upload(token, directory, request, response) : null;
  }

  async #download(token: string, response: ServerResponse): Promise<void> {
    const { links, files, faults, panel } = this.deps;
    const { downloadStatus } = faults(serverIn(token));
    if (downloadStatus !== null) return proxied(response, downloadStatus);
    const claims = await links.redeem('file', token).catch(() => 'bad' as const);
    if (claims === 'bad') return this.#refuse(response, 500, linkTexts.unexpected);
    if (claims === null || !this.#knows(claims.server_uuid))
      return this.#refuse(response, 404, linkTexts.spent);
    try {
      const path = await files.forDownload(claims.server_uuid, claims.file_path);
      if (path === null) return this.#refuse(response, 404, linkTexts.spent);
      const file = { path, name: basename(path), size: (await stat(path)).size };
      await sendFile(response, file, panel.url, faults(claims.server_uuid));
    } catch (cause) {
      if (response.headersSent) throw cause;
      this.#refuse(response, 500, linkTexts.unexpected);
    }
  }

  async #upload(
    token: string,
    directory: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = await bytesOf(request);
    const claims = await this.deps.links.redeem('upload', token).catch(() => 'bad' as const);
    if (claims === 'bad') return this.#refuse(response, 500, linkTexts.unexpected);
    if (claims === null || !this.#knows(claims.server_uuid))
      return this.#refuse(response, 404, linkTexts.spent);
    const uploaded = await filesIn(body, request.headers['content-type'] ?? '');
    if (uploaded.length === 0) return this.#refuse(response, 400, 'No files were found on the request body.');
    const large = uploaded.find(({ content }) => content.length > uploadMb * 1024 * 1024);
    if (large !== undefined) {
      const text = `File ${large.name} is larger than the maximum file upload size of ${uploadMb} MB.`;
      return this.#refuse(response, 400, text);
    }
    try {
      await this.#store(claims, directory, uploaded);
    } catch (cause) {
      if (!(cause instanceof NodeRefusal)) throw cause;
      return refuseLink(response, this.deps.panel.url, {
        status: cause.status,
        error: cause.message,
        named: true,
      });
    }
    response.writeHead(200, { ...linkHeaders(this.deps.panel.url), 'content-length': '0' }).end();
  }

  async #store(
    { server_uuid: serverUuid, user_uuid: userUuid }: { server_uuid: string; user_uuid: string },
    directory: string,
    uploaded: readonly Upload[],
  ): Promise<void> {
    for (const { name, content } of uploaded) {
      await this.deps.files.write(serverUuid, posix.join('/', directory, name), content);
      const properties = { directory, file: name };
      this.deps.panel.acted({ serverUuid, userUuid, event: 'file.uploaded', properties });
    }
  }

  #knows(serverUuid: string): boolean {
    try {
      this.deps.server(serverUuid);
      return true;
    } catch {
      return false;
    }
  }

  #refuse(response: ServerResponse, status: number, error: string): void {
    refuseLink(response, this.deps.panel.url, { status, error });
  }
}

interface Upload {
  name: string;
  content: Buffer;
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Files of the field `files`; of a path only the last part counts. */
async function filesIn(body: Buffer, contentType: string): Promise<Upload[]> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => null);
  const found = (form?.getAll('files') ?? []).filter((each) => typeof each !== 'string');
  return Promise.all(
    found.map(async (file) => ({
      name: posix.basename(file.name),
      content: Buffer.from(await file.arrayBuffer()),
    })),
  );
}
