import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import { PerchError } from '../../bridge/errors.js';
import { parseJson } from '../base/json.js';
import type { AccountRecord, AccountRecords, Log } from '../base/ports.js';

const version = 1;

/** Exactly these fields reach the disk; whatever else an object carries is left out. No key is among them. */
const recordSchema = z.object({
  id: z.string().min(1).max(100),
  label: z.string().max(300),
  panelUrl: z.url({ protocol: /^https?$/ }).max(2000),
  keyStorage: z.enum(['keychain', 'memory']),
  isDemo: z.boolean(),
  username: z.string().max(300).optional(),
  trusted: z.object({ pem: z.string(), fingerprint: z.string() }).nullable(),
});

const fileSchema = z.object({ version: z.literal(version), accounts: z.array(z.unknown()) });

export interface AccountRecordsFileDeps {
  /** The data folder; made when it is not there. */
  folder: string;
  log: Log;
}

/**
 * `accounts.json` in the data folder: which panels Perch knows, never their keys. What can't be read is kept beside it
 * as `accounts.json.broken-<hash>` before anything is written over it; records that are whole are used all the same.
 * The name comes from the text, so that what stays damaged has one copy, not one for each start.
 */
export class AccountRecordsFile implements AccountRecords {
  readonly #deps: AccountRecordsFileDeps;
  readonly #file: string;
  #isRead = false;

  constructor(deps: AccountRecordsFileDeps) {
    this.#deps = deps;
    this.#file = join(deps.folder, 'accounts.json');
  }

  async load(): Promise<AccountRecord[]> {
    const text = await this.#read();
    const { records, isWhole } = text === null ? { records: [], isWhole: true } : parse(text);
    if (text !== null && !isWhole) await this.#keepAside(text, records.length);
    this.#isRead = true;
    return records;
  }

  async save(records: readonly AccountRecord[]): Promise<void> {
    // A file that nobody has looked at may be damaged: look first, so that it is kept aside.
    if (!this.#isRead) await this.load();
    const accounts = records.map((record) => recordSchema.parse(record));
    try {
      await mkdir(this.#deps.folder, { recursive: true });
      await writeFileAtomic(this.#file, `${JSON.stringify({ version, accounts }, null, 2)}\n`, {
        mode: 0o600,
      });
    } catch (error) {
      throw failed('write', this.#file, error);
    }
  }

  async #read(): Promise<string | null> {
    try {
      return await readFile(this.#file, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw failed('read', this.#file, error);
    }
  }

  async #keepAside(text: string, kept: number): Promise<void> {
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const aside = `${this.#file}.broken-${hash}`;
    try {
      await copyFile(this.#file, aside);
    } catch (error) {
      throw failed('keep a copy of', this.#file, error);
    }
    this.#deps.log.warn('accounts.damaged', { file: aside, accountsStillReadable: kept });
  }
}

function parse(text: string): { records: AccountRecord[]; isWhole: boolean } {
  const file = fileSchema.safeParse(parseJson(text));
  if (!file.success) return { records: [], isWhole: false };
  const seen = new Set<string>();
  const records = file.data.accounts.flatMap((item) => {
    const record = recordSchema.safeParse(item);
    if (!record.success || seen.has(record.data.id)) return [];
    seen.add(record.data.id);
    return [record.data];
  });
  return { records, isWhole: records.length === file.data.accounts.length };
}

function failed(verb: string, file: string, cause: unknown): PerchError {
  return new PerchError(
    {
      code: 'internal',
      message: `Perch could not ${verb} the list of panels (${file}).`,
      next: 'Check that the folder exists, belongs to you and is not full, then start Perch again.',
    },
    { cause },
  );
}
