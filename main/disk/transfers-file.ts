import { join } from 'node:path';
import * as z from 'zod';
import { mostTransfers, transferRecordSchema, type TransferRecord } from '../../bridge/schema/transfers.js';
import type { Log, TransferStore } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { UnusableFile } from './notices.js';
import { StoredFile } from './stored-file.js';

const version = 1;

const fileSchema = z.object({
  version: z.literal(version),
  transfers: z.array(transferRecordSchema).max(mostTransfers),
});

/** `transfers.json` in the data folder: the queue of transfers, without links. An unusable file is kept aside. */
export class TransfersFile implements TransferStore {
  readonly #file: StoredFile;
  readonly #writes = new SerialQueue();

  constructor(folder: string, log: Log, setAside: (what: UnusableFile) => void) {
    const path = join(folder, 'transfers.json');
    this.#file = new StoredFile({ path, logName: 'transfers', content: 'transfers', log, setAside });
  }

  async load(): Promise<readonly TransferRecord[]> {
    return (await this.#file.readAs(fileSchema, version))?.transfers ?? [];
  }

  save(transfers: readonly TransferRecord[]): Promise<void> {
    const text = JSON.stringify({ version, transfers });
    return this.#writes.run(() => this.#file.write(`${text}\n`));
  }
}
