import { join } from 'node:path';
import * as z from 'zod';
import { editedRecordSchema, mostEditedFiles, type EditedRecord } from '../../bridge/schema/edited-files.js';
import type { EditedStore, Log } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { UnusableFile } from './notices.js';
import { StoredFile } from './stored-file.js';

const version = 1;

const fileSchema = z.object({
  version: z.literal(version),
  files: z.array(editedRecordSchema).max(mostEditedFiles),
});

/** `edited-files.json` in the data folder: files that are edited in other programs. An unusable list is kept aside. */
export class EditedFilesFile implements EditedStore {
  readonly #file: StoredFile;
  readonly #writes = new SerialQueue();

  constructor(folder: string, log: Log, setAside: (what: UnusableFile) => void) {
    const path = join(folder, 'edited-files.json');
    this.#file = new StoredFile({ path, logName: 'edited-files', content: 'edited', log, setAside });
  }

  async load(): Promise<readonly EditedRecord[]> {
    return (await this.#file.readAs(fileSchema, version))?.files ?? [];
  }

  save(files: readonly EditedRecord[]): Promise<void> {
    const text = JSON.stringify({ version, files });
    return this.#writes.run(() => this.#file.write(`${text}\n`));
  }
}
