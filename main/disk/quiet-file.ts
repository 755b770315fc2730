import { join } from 'node:path';
import * as z from 'zod';
import { mostQuietRecords, quietRecordSchema, type QuietRecord } from '../../bridge/schema/quiet-backups.js';
import type { Log, QuietStore } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { UnusableFile } from './notices.js';
import { StoredFile } from './stored-file.js';

const version = 1;

const fileSchema = z.object({
  version: z.literal(version),
  servers: z.array(quietRecordSchema).max(mostQuietRecords),
});

/** `quiet-backups.json` in the data folder: what Perch owes to servers. An unusable file is kept aside. */
export class QuietFile implements QuietStore {
  readonly #file: StoredFile;
  readonly #writes = new SerialQueue();

  constructor(folder: string, log: Log, setAside: (what: UnusableFile) => void) {
    const path = join(folder, 'quiet-backups.json');
    this.#file = new StoredFile({ path, logName: 'quiet-backups', content: 'quiet', log, setAside });
  }

  async load(): Promise<readonly QuietRecord[]> {
    return (await this.#file.readAs(fileSchema, version))?.servers ?? [];
  }

  save(servers: readonly QuietRecord[]): Promise<void> {
    const text = JSON.stringify({ version, servers });
    return this.#writes.run(() => this.#file.write(`${text}\n`));
  }
}
