import { join } from 'node:path';
import * as z from 'zod';
import { pinnedHostSchema, sftpKeySchema } from '../../bridge/schema/sftp.js';
import { isNewer, parseJson } from '../base/json.js';
import type { AccountRecord, AccountRecords, Log } from '../base/ports.js';
import type { UnusableFile } from './notices.js';
import { StoredFile } from './stored-file.js';

const version = 1;

const trustedSchema = z.object({
  pem: z.string(),
  fingerprint: z.string(),
  agreedAt: z.number().optional(),
});

/** Only these fields are written; other properties of an object are dropped. None of them is a key. */
const recordSchema = z.object({
  id: z.string().min(1).max(100),
  label: z.string().max(300),
  panelUrl: z.url({ protocol: /^https?$/ }).max(2000),
  keyStorage: z.enum(['keychain', 'memory']),
  isDemo: z.boolean(),
  awaitsKey: z.boolean().optional(),
  unencryptedSince: z.number().optional(),
  username: z.string().max(300).optional(),
  allServers: z.boolean().optional(),
  trusted: trustedSchema.nullable(),
  // Files of older versions lack this field.
  trustedNodes: z.array(trustedSchema.extend({ host: z.string() })).default([]),
  sftp: sftpKeySchema
    .extend({
      publicKey: z.string().regex(/^ssh-ed25519 [A-Za-z0-9+/]{68}$/),
      isPending: z.boolean().optional(),
    })
    .optional(),
  sftpHosts: z.array(pinnedHostSchema).max(1000).optional(),
  keyRenewal: z.object({ name: z.string().max(500), old: z.string().max(100), at: z.number() }).optional(),
});

const fileSchema = z.object({ version: z.literal(version), accounts: z.array(z.unknown()) });

export interface AccountRecordsFileDeps {
  /** The data folder; created if it does not exist. */
  folder: string;
  log: Log;
  setAside?: (what: UnusableFile) => void;
}

/**
 * `accounts.json` in the data folder: the known panels, never their keys.
 * A damaged file is kept aside, and its intact records are used. Perch leaves a file alone that can't be read, and the
 * user sees a problem.
 */
export class AccountRecordsFile implements AccountRecords {
  readonly #file: StoredFile;
  #isRead = false;

  constructor({ folder, log, setAside = () => undefined }: AccountRecordsFileDeps) {
    this.#file = new StoredFile({
      path: join(folder, 'accounts.json'),
      logName: 'accounts',
      content: 'accounts',
      unreadable: 'refuse',
      log,
      setAside,
    });
  }

  async load(): Promise<AccountRecord[]> {
    const text = await this.#file.read();
    const { records, isWhole } = text === null ? { records: [], isWhole: true } : parse(text);
    if (text !== null && !isWhole) {
      const whole = isNewer(text, version) ? 'newer' : 'damaged';
      await this.#file.keepAside(text, records.length > 0 ? 'parts' : whole);
    }
    this.#isRead = true;
    return records;
  }

  async save(records: readonly AccountRecord[]): Promise<void> {
    // Reads the file first, because a damaged file must be kept aside before the write.
    if (!this.#isRead) await this.load();
    const accounts = records.map((record) => recordSchema.parse(record));
    await this.#file.write(`${JSON.stringify({ version, accounts }, null, 2)}\n`);
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
