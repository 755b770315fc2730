import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { linkTexts, proxied, refuseLink, sendFile, serverIn } from '../link-answers.js';
import type { OneTimeLinks } from '../links.js';
import type { BackupFaults } from './api.js';

export interface DownloadsDeps {
  links: OneTimeLinks;
  /** Throws for a server that the node does not have. */
  server: (uuid: string) => unknown;
  archive: (uuid: string) => string;
  faults: (serverUuid: string) => BackupFaults;
  /** Address of the panel. */
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
    const refuse = (status: number, error: string): void =>
      refuseLink(response, this.deps.origin(), { status, error });
    let claims;
    try {
      claims = await links.redeem('backup', token);
    } catch {
      return refuse(500, linkTexts.unexpected);
    }
    if (claims === null || !this.#knows(claims.server_uuid)) return refuse(404, linkTexts.spent);
    const path = archive(claims.backup_uuid);
    const found = await stat(path).catch(() => null);
    if (found === null) return refuse(404, linkTexts.noBackup);
    const file = { path, name: basename(path), size: found.size };
    await sendFile(response, file, this.deps.origin(), faults(claims.server_uuid));
  }

  #knows(serverUuid: string): boolean {
    try {
      this.deps.server(serverUuid);
      return true;
    } catch {
      return false;
    }
  }
}
