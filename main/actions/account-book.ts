import type { AccountRecord, AccountRecords } from '../base/ports.js';
import { Emitter } from '../base/emitter.js';
import { SerialQueue } from '../base/serial-queue.js';

/**
 * The accounts that Perch knows, in memory and on disk. The demo's account is never written: its sandbox ends with
 * Perch, and with it the address and the key.
 */
export class AccountBook {
  readonly #records: AccountRecords;
  readonly #changes = new SerialQueue();
  readonly #changed = new Emitter<AccountRecord>();
  #all: readonly AccountRecord[] = [];

  constructor(records: AccountRecords) {
    this.#records = records;
  }

  /** To be called once, before anything else. */
  async load(): Promise<readonly AccountRecord[]> {
    this.#all = await this.#records.load();
    return this.#all;
  }

  get all(): readonly AccountRecord[] {
    return this.#all;
  }

  find(accountId: string): AccountRecord | null {
    return this.#all.find(({ id }) => id === accountId) ?? null;
  }

  /** Calls with each record that was added or is another, once it is written. */
  listen(changed: (record: AccountRecord) => void): void {
    this.#changed.listen(changed);
  }

  /** Adds a record or replaces the one with its id. When it can't be written, everything stays as it was. */
  async put(record: AccountRecord): Promise<void> {
    await this.#change((all) =>
      all.some(({ id }) => id === record.id)
        ? all.map((old) => (old.id === record.id ? record : old))
        : [...all, record],
    );
  }

  /** Changes the record as it is when its turn comes; nothing where it is gone by then. */
  async patch(accountId: string, patch: (record: AccountRecord) => Partial<AccountRecord>): Promise<void> {
    await this.#change((all) =>
      all.map((record) => (record.id === accountId ? { ...record, ...patch(record) } : record)),
    );
  }

  async remove(accountId: string): Promise<void> {
    await this.#change((all) => all.filter(({ id }) => id !== accountId));
  }

  /** One after the other: each begins with what the one before it has written. */
  #change(next: (all: readonly AccountRecord[]) => readonly AccountRecord[]): Promise<void> {
    return this.#changes.run(async () => {
      const before = this.#all;
      const records = next(before);
      await this.#records.save(records.filter(({ isDemo }) => !isDemo));
      this.#all = records;
      for (const record of records) if (!before.includes(record)) this.#changed.emit(record);
    });
  }
}
