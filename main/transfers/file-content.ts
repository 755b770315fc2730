import type { ReadFile, TransferDisk } from './disk-port.js';
import type { Pacer } from './pacer.js';
import { changedLocally, unreadableLocally } from './upload-failures.js';

/** Bytes that are read from the disk at a time. */
const partBytes = 262_144;

export interface ReadingDeps {
  readonly pacer: Pick<Pacer, 'take'>;
  /** Resolves when nobody pauses. Rejects after an abort. */
  readonly pass: () => Promise<void>;
  /** `bytes` = those of the part that was read. */
  readonly read: (bytes: number) => void;
}

/** A file of this computer as it was when somebody looked at it: its path, and its size then. */
export interface KnownFile {
  readonly place: string;
  readonly bytes: number;
}

/** The bytes of a known file. Rejects with `TransferBroke` if the file is another one now. */
export async function* fileContent(
  { place, bytes }: KnownFile,
  { disk, ...deps }: ReadingDeps & { readonly disk: Pick<TransferDisk, 'open'> },
): AsyncGenerator<Uint8Array> {
  const file = await reading(place, () => disk.open(place));
  try {
    if (file.bytes !== bytes) throw changedLocally();
    yield* contentOf(file, place, deps);
    if (!(await file.isSame())) throw changedLocally();
  } finally {
    await file.close();
  }
}

/** The bytes of an open file, each part in memory of its own. `name` = the file in words. */
export async function* contentOf(
  file: ReadFile,
  name: string,
  { pacer, pass, read: told }: ReadingDeps,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.bytes;) {
    await pass();
    const part = Buffer.allocUnsafe(Math.min(partBytes, file.bytes - at));
    const read = await reading(name, () => file.read(part, at));
    if (read === 0) throw changedLocally();
    await pacer.take(read);
    yield part.subarray(0, read);
    at += read;
    told(read);
  }
}

/** Reads from the disk of this computer. Rejects with `TransferBroke`. */
export async function reading<T>(name: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw unreadableLocally(name, error);
  }
}
