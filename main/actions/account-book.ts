import type { AccountRecord, AccountRecords } from '../base/ports.js';
import { Emitter } from '../base/emitter.js';
import { SerialQueue } from '../base/serial-queue.js';

/**
 * The accounts, in memory and on disk.
 *
 * The demo's account is never written: its address and key are gone when its sandbox ends with Perch.
 */
export class AccountBook {
  readonly #changes = new SerialQueue();
  readonly #changed = new Emitter<AccountRecord>();
  #all: readonly AccountRecord[] = [];

  constructor(private readonly records: AccountRecords) {}

  /** Reads the accounts. Call once, before all other methods. */
  async load(): Promise<readonly AccountRecord[]> {
    this.#all = await this.records.load();
    return this.#all;
  }

  get all(): readonly AccountRecord[] {
    return this.#all;
  }

  find(accountId: string): AccountRecord | null {
    return this.#all.find(({ id }) => id === accountId) ?? null;
  }

  /** Emits each record that was added or changed, after it is written. */
  listen(changed: (record: AccountRecord) => void): void {
    this.#changed.listen(changed);
  }

  /** Adds a record, or replaces the record with its id. If writing fails, nothing changes. */
  async put(record: AccountRecord): Promise<void> {
    await this.#change((all) =>
      all.some(({ id }) => id === record.id)
        ? all.map((old) => (old.id === record.id ? record : old))
        : [...all, record],
    );
  }

  /** Changes the latest version of a record. No-op if the record is gone. */
  async patch(accountId: string, patch: (record: AccountRecord) => Partial<AccountRecord>): Promise<void> {
    await this.#change((all) =>
      all.map((record) => (record.id === accountId ? { ...record, ...patch(record) } : record)),
    );
  }

  async remove(accountId: string): Promise<void> {
    await this.#change((all) => all.filter(({ id }) => id !== accountId));
  }

  /** Runs changes one after the other. Each change starts from the result of the previous change. */
  #change(next: (all: readonly AccountRecord[]) => readonly AccountRecord[]): Promise<void> {
    return this.#changes.run(async () => {
      const before = this.#all;
      const records = next(before);
      await this.records.save(records.filter(({ isDemo }) => !isDemo));
      this.#all = records;
      for (const record of records) if (!before.includes(record)) this.#changed.emit(record);
    });
  }
}
