import { join } from 'node:path';
import * as z from 'zod';
import { mostTransfers, transferRecordSchema, type TransferRecord } from '../../bridge/schema/transfers.js';
import { isNewer, parseJson } from '../base/json.js';
import type { Log, TransferStore } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { SetAside } from './notices.js';
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

  constructor(folder: string, log: Log, setAside: (what: SetAside) => void) {
    const path = join(folder, 'transfers.json');
    this.#file = new StoredFile({ path, logName: 'transfers', content: 'transfers', log, setAside });
  }

  async load(): Promise<readonly TransferRecord[]> {
    const text = await this.#file.read();
    if (text === null) return [];
    const file = fileSchema.safeParse(parseJson(text));
    if (file.success) return file.data.transfers;
    await this.#file.keepAside(text, isNewer(text, version) ? 'newer' : 'damaged');
    return [];
  }

  save(transfers: readonly TransferRecord[]): Promise<void> {
    const text = JSON.stringify({ version, transfers });
    return this.#writes.run(() => this.#file.write(`${text}\n`));
  }
}
