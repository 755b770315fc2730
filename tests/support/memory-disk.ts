import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FileFacts, PartFile, TransferDisk } from '../../main/transfers/disk-port.js';
import type { LocalFiles } from '../../main/transfers/local-files.js';

interface StoredBytes {
  readonly identity: string;
  readonly modifiedAt: number;
  bytes: Uint8Array;
}

/** A disk in memory that outlives the processes of Perch, and can be full or unplugged. */
export class MemoryDisk {
  readonly files = new Map<string, StoredBytes>();
  readonly folders = new Set<string>();
  /** Bytes that still fit. */
  free = Infinity;
  /** Id of the transfer whose part got each final name. */
  readonly named: { readonly id: string; readonly path: string }[] = [];
  /** Bytes of one read of a file: few, so that a kill can come in between. */
  readBytes = 16;
  /** False = names can't be given by hard links (FAT). */
  hasLinks = true;
  #puts = 0;

  put(path: string, bytes: Uint8Array): void {
    this.#puts += 1;
    this.files.set(path, { identity: String(this.#puts), modifiedAt: this.#puts * 1000, bytes });
  }

  /** A second name of a file. */
  link(from: string, to: string): void {
    const file = this.files.get(from);
    if (file !== undefined) this.files.set(to, file);
  }

  names(folder: string): string[] {
    return [...this.files.keys()]
      .filter((path) => dirname(path) === folder)
      .map((path) => path.slice(folder.length + 1));
  }

  /** The disk as one process uses it; `turn` comes before and after each change. */
  seenBy(turn: () => Promise<void>): TransferDisk {
    const change = async <T>(path: string, run: () => T): Promise<T> => {
      await turn();
      this.#demandFolder(dirname(path));
      const result = run();
      await turn();
      return result;
    };
    return {
      folder: async (path) => {
        await turn();
        this.#demandFolder(path);
        return path;
      },
      walk: async (sources, most) => {
        await turn();
        return this.#walk(sources, most);
      },
      create: (path) =>
        change(path, () => {
          if (this.files.has(path)) throw failure('EEXIST');
          this.put(path, new Uint8Array());
          return this.#part(path, turn);
        }),
      open: async (path) => {
        await turn();
        this.#demandFolder(dirname(path));
        const { bytes } = this.files.get(path) ?? missing();
        return {
          bytes: bytes.length,
          isSame: () => Promise.resolve(this.files.get(path)?.bytes === bytes),
          read: async (into, from) => {
            await turn();
            const { bytes } = this.files.get(path) ?? missing();
            const part = bytes.subarray(from, from + this.readBytes);
            into.set(part.subarray(0, into.length));
            return Math.min(part.length, into.length);
          },
          close: () => Promise.resolve(),
        };
      },
      look: async (path) => {
        await turn();
        this.#demandFolder(dirname(path));
        return this.#facts(path);
      },
      place: async (from, to, { replaces }) => {
        if (!replaces && this.files.has(to)) return false;
        const file = this.files.get(from);
        if (file === undefined) throw failure('ENOENT');
        const name = (): void => {
          this.named.push({ id: from.slice(dirname(from).length + 2).replace('.perch-part', ''), path: to });
          this.files.set(to, file);
        };
        if (replaces || !this.hasLinks) {
          await change(to, () => {
            name();
            this.files.delete(from);
          });
        } else {
          await change(to, name);
          await change(from, () => this.files.delete(from));
        }
        return true;
      },
      placeFolder: async (from, to, { mayBeEmpty }) => {
        const isEmpty = this.folders.has(to) && this.names(to).length === 0;
        if (this.files.has(to) || (this.folders.has(to) && !(mayBeEmpty && isEmpty))) return false;
        await change(to, () => this.folders.add(to));
        await change(to, () => this.#moveFolder(from, to));
        return true;
      },
      removeFolder: (path) => change(path, () => this.#dropFolder(path)),
      remove: (path) =>
        change(path, () => {
          this.free += this.#links(path) === 1 ? (this.files.get(path)?.bytes.length ?? 0) : 0;
          this.files.delete(path);
        }),
    };
  }

  /** Unpacks archives of the fake node: one file each. */
  async unpack(
    archive: string,
    into: string,
    turn: () => Promise<void>,
  ): Promise<{ files: number; bytes: number; leftOut: number }> {
    await turn();
    this.folders.add(into);
    const text = gunzipSync(this.files.get(archive)?.bytes ?? missing()).toString();
    const files = JSON.parse(text) as [string, number[]][];
    for (const [path, content] of files) {
      await turn();
      this.put(join(into, path.split('/').slice(3).join('+')), new Uint8Array(content));
    }
    await turn();
    return { files: files.length, bytes: text.length, leftOut: 1 };
  }

  /** Whether the fake node packed only this folder. */
  holdsOnly(archive: string, folder: string): boolean {
    const text = gunzipSync(this.files.get(archive)?.bytes ?? missing()).toString();
    const files = JSON.parse(text) as [string, number[]][];
    return files.every(([path]) => path.split('/')[2] === folder);
  }

  #walk(sources: readonly string[], most: number): LocalFiles {
    const files = sources.flatMap((source) =>
      [...this.files]
        .filter(([path]) => path === source || path.startsWith(`${source}/`))
        .map(([path, { bytes, modifiedAt }]) => ({
          folder: dirname(path),
          file: basename(path),
          below: path
            .slice(dirname(source).length + 1)
            .split('/')
            .slice(0, -1),
          bytes: bytes.length,
          modifiedAt,
        })),
    );
    return { files: files.slice(0, most), leftOut: 0, isCut: files.length > most };
  }

  #moveFolder(from: string, to: string): void {
    for (const name of this.names(from)) {
      const file = this.files.get(join(from, name));
      if (file !== undefined) this.files.set(join(to, name), file);
    }
    this.#dropFolder(from);
  }

  #dropFolder(folder: string): void {
    for (const name of this.names(folder)) this.files.delete(join(folder, name));
    this.folders.delete(folder);
    this.files.delete(folder);
  }

  #links(path: string): number {
    const identity = this.files.get(path)?.identity;
    return [...this.files.values()].filter((file) => file.identity === identity).length;
  }

  #facts(path: string): FileFacts | null {
    if (this.folders.has(path)) return { bytes: 0, identity: path };
    const file = this.files.get(path);
    return file === undefined ? null : { bytes: file.bytes.length, identity: file.identity };
  }

  #demandFolder(folder: string): void {
    if (!this.folders.has(folder)) throw failure('ENOENT');
  }

  #part(path: string, turn: () => Promise<void>): PartFile {
    return {
      write: async (bytes) => {
        await turn();
        const file = this.files.get(path);
        if (file === undefined) throw failure('EIO');
        const fits = bytes.subarray(0, Math.max(0, Math.min(bytes.length, this.free)));
        this.free -= fits.length;
        file.bytes = Buffer.concat([file.bytes, fits]);
        if (fits.length < bytes.length) throw failure('ENOSPC');
      },
      sync: turn,
      close: turn,
    };
  }
}

function missing(): never {
  throw failure('ENOENT');
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
