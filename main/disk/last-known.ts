import { join } from 'node:path';
import * as z from 'zod';
import { knownServerSchema, type KnownServer } from '../../bridge/schema/known-server.js';
import type { LastKnown, Log } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import { StoredFile } from './stored-file.js';

const version = 1;
/** A server takes some KiB. Servers beyond this number are only read from the panel. */
const mostServers = 5000;

const fileSchema = z.object({ version: z.literal(version), servers: z.array(knownServerSchema) });

/** `last-known.json` in the data folder. An unusable file is set aside without a notice. */
export class LastKnownFile implements LastKnown {
  readonly #file: StoredFile;
  readonly #writes = new SerialQueue();

  constructor(
    folder: string,
    private readonly log: Log,
  ) {
    this.#file = new StoredFile({
      path: join(folder, 'last-known.json'),
      logName: 'last-known',
      content: 'lastKnown',
      log,
    });
  }

  async load(): Promise<readonly KnownServer[]> {
    return (await this.#file.readAs(fileSchema, version))?.servers ?? [];
  }

  save(servers: readonly KnownServer[]): Promise<void> {
    const text = JSON.stringify({ version, servers: servers.slice(0, mostServers) });
    return this.#writes.run(async () => {
      try {
        await this.#file.write(`${text}\n`);
      } catch (error) {
        this.log.warn('last-known.not-written', { message: String(error) });
      }
    });
  }
}
