import { mkdir, readFile, readdir, rm, stat, watch } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { mostTextBytes } from '../../bridge/schema/texts.js';

interface LocalCopy {
  readonly id: string;
  readonly name: string;
}

/**
 * The folder `edited` in the data folder: a folder for each file that a person edits in another program, readable for
 * this user alone. The system's folder for temporary files would be emptied when the computer starts.
 */
export class EditedFolder {
  readonly #root: string;

  constructor(dataFolder: string) {
    this.#root = join(dataFolder, 'edited');
  }

  pathOf({ id, name }: LocalCopy): string {
    return join(this.#root, id, name);
  }

  async write(copy: LocalCopy, bytes: Uint8Array): Promise<void> {
    const path = this.pathOf(copy);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFileAtomic(path, Buffer.from(bytes), { mode: 0o600 });
  }

  /** Follows a link that a program put instead of the copy, as the program itself does. */
  async look(copy: LocalCopy): Promise<{ bytes: number; stamp: string; modifiedAt: number } | null> {
    const found = await stat(this.pathOf(copy)).catch(orMissing(null));
    if (found?.isFile() !== true) return null;
    const { size: bytes, mtimeMs, ctimeMs, ino } = found;
    return { bytes, stamp: `${mtimeMs} ${ctimeMs} ${ino}`, modifiedAt: mtimeMs };
  }

  /** Looks first, because a program may leave a file of any size or kind instead of the copy. */
  async read(copy: LocalCopy): Promise<Uint8Array | 'too-large' | null> {
    const facts = await this.look(copy);
    if (facts === null) return null;
    if (facts.bytes > mostTextBytes) return 'too-large';
    return readFile(this.pathOf(copy)).catch(orMissing(null));
  }

  async hasOthers({ id, name }: LocalCopy): Promise<boolean> {
    const names = await readdir(join(this.#root, id)).catch(orMissing([]));
    return names.some((other) => other !== name);
  }

  /** Watches the folder, because many programs write another file and rename it over the first. */
  watch({ id }: Pick<LocalCopy, 'id'>, changed: () => void): () => void {
    const end = new AbortController();
    void follow(join(this.#root, id), end.signal, changed);
    return () => end.abort();
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.#root, id), { force: true, recursive: true });
  }
}

/** A folder that can't be watched is no failure: the caller looks at the file from time to time as well. */
async function follow(folder: string, signal: AbortSignal, changed: () => void): Promise<void> {
  try {
    const changes = watch(folder, { persistent: false, signal })[Symbol.asyncIterator]();
    while ((await changes.next()).done !== true) changed();
  } catch {
    // The end of the watch, or a folder that is gone.
  }
}

/** Value for a missing file; other errors stay errors. */
function orMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return value;
    throw error;
  };
}
