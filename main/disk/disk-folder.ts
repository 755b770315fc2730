import { lstat, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** A folder in the data folder with files of bytes, readable for this user alone. */
export class DiskFolder {
  constructor(private readonly root: string) {}

  async read(name: string): Promise<Uint8Array | null> {
    return readFile(this.#path(name)).catch(orMissing(null));
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const path = this.#path(name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFileAtomic(path, Buffer.from(bytes), { mode: 0o600 });
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true, recursive: true });
  }

  async list(name: string): Promise<{ name: string; bytes: number; modifiedAt: number }[]> {
    const names = await readdir(this.#path(name)).catch(orMissing([]));
    const found = names.map(async (entry) => {
      const { size, mtimeMs } = await lstat(join(this.#path(name), entry));
      return { name: entry, bytes: size, modifiedAt: mtimeMs };
    });
    return Promise.all(found);
  }

  async setAside(name: string): Promise<string> {
    const taken = new Set((await this.list(dirname(name))).map((entry) => entry.name));
    let number = 1;
    while (taken.has(`${basename(name)}.damaged-${number}`)) number += 1;
    const aside = `${this.#path(name)}.damaged-${number}`;
    await rename(this.#path(name), aside);
    return aside;
  }

  #path(name: string): string {
    return join(this.root, name);
  }
}

/** Value for a missing file; other errors stay errors. */
function orMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return value;
    throw error;
  };
}
