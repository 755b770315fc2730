import type { EditedRecord } from '../../bridge/schema/edited-files.js';
import { mostTextBytes } from '../../bridge/schema/texts.js';
import type { EditedStore } from '../../main/base/ports.js';
import type { CopyContent, CopyFacts, EditedDisk, LocalCopy } from '../../main/files/edited-disk.js';

/** Local copies in memory, and the writes of programs to them. */
export class FakeEditedDisk implements EditedDisk {
  /** By id of the copy. */
  readonly copies = new Map<string, Buffer>();
  /** Ids of copies beside which a program keeps files of its own. */
  readonly others = new Set<string>();
  refusesWrites = false;
  refusesReads = false;
  /** False for a system that reports no changes. */
  reports = true;
  readonly #watchers = new Map<string, () => void>();
  #writes = 0;
  readonly #stamps = new Map<string, number>();

  get watched(): number {
    return this.#watchers.size;
  }

  pathOf({ id, name }: LocalCopy): string {
    return `/edited/${id}/${name}`;
  }

  async write({ id }: Pick<LocalCopy, 'id'>, bytes: Uint8Array): Promise<void> {
    if (this.refusesWrites) throw new Error('ENOSPC');
    this.save(id, Buffer.from(bytes));
  }

  /** A program writes this content. */
  save(id: string, content: Buffer | string): void {
    this.copies.set(id, Buffer.from(content));
    this.#stamps.set(id, (this.#writes += 1));
    if (this.reports) this.#watchers.get(id)?.();
  }

  /** A program removes the copy, as one does that is about to put another file there. */
  take(id: string): void {
    this.copies.delete(id);
    if (this.reports) this.#watchers.get(id)?.();
  }

  async look({ id }: LocalCopy): Promise<CopyFacts | null> {
    const content = this.copies.get(id);
    if (content === undefined) return null;
    const writes = this.#stamps.get(id) ?? 0;
    return { bytes: content.length, stamp: String(writes), modifiedAt: writes };
  }

  async read({ id }: LocalCopy): Promise<CopyContent | null> {
    if (this.refusesReads) throw new Error('EIO');
    const content = this.copies.get(id) ?? null;
    return content !== null && content.length > mostTextBytes ? 'too-large' : content;
  }

  async hasOthers({ id }: LocalCopy): Promise<boolean> {
    return this.others.has(id);
  }

  watch({ id }: LocalCopy, changed: () => void): () => void {
    this.#watchers.set(id, changed);
    return () => void this.#watchers.delete(id);
  }

  async remove(id: string): Promise<void> {
    this.copies.delete(id);
    this.others.delete(id);
  }
}

/** The list of edited files in memory. */
export class FakeEditedStore implements EditedStore {
  records: readonly EditedRecord[] = [];
  refuses = false;

  async load(): Promise<readonly EditedRecord[]> {
    return this.records;
  }

  async save(records: readonly EditedRecord[]): Promise<void> {
    if (this.refuses) throw new Error('ENOSPC');
    this.records = records;
  }
}
