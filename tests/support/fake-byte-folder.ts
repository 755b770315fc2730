import type { ByteFolder, FolderEntry } from '../../main/files/byte-folder.js';

/** Folder in memory whose reads and writes a spec can let fail. */
export class FakeByteFolder implements ByteFolder {
  readonly files = new Map<string, Uint8Array>();
  refusesReads = false;
  /** Writes that still work; the computer seems to stop after them. */
  writesLeft = Infinity;
  /** Wall-clock time of writes. */
  now = (): number => 0;
  readonly #times = new Map<string, number>();
  sizeOf = (bytes: Uint8Array): number => bytes.length;

  /** Names of the contents. */
  contents(): string[] {
    return [...this.files.keys()].filter((name) => /\/[\da-f]{64}$/.test(name));
  }

  /** Names of the lists of revisions. */
  lists(): string[] {
    return [...this.files.keys()].filter((name) => name.endsWith('.json'));
  }

  async read(name: string): Promise<Uint8Array | null> {
    if (this.refusesReads) throw new Error('EIO');
    return this.files.get(name) ?? null;
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    if (this.writesLeft <= 0) throw new Error('ENOSPC');
    this.writesLeft -= 1;
    this.files.set(name, bytes);
    this.#times.set(name, this.now());
  }

  async remove(name: string): Promise<void> {
    for (const known of this.files.keys())
      if (known === name || known.startsWith(`${name}/`)) this.files.delete(known);
  }

  async list(name: string): Promise<FolderEntry[]> {
    const found = new Map<string, FolderEntry>();
    const start = name === '' ? '' : `${name}/`;
    for (const [known, bytes] of this.files) {
      if (!known.startsWith(start)) continue;
      const [entry = ''] = known.slice(start.length).split('/');
      const modifiedAt = this.#times.get(known) ?? 0;
      found.set(entry, { name: entry, bytes: this.sizeOf(bytes), modifiedAt });
    }
    return [...found.values()];
  }

  async setAside(name: string): Promise<string> {
    const bytes = this.files.get(name);
    this.files.delete(name);
    const aside = `${name}.damaged-1`;
    if (bytes !== undefined) this.files.set(aside, bytes);
    this.#times.set(aside, this.#times.get(name) ?? 0);
    return `/${aside}`;
  }
}
