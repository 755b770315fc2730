/**
 * Walks through an archive (tar.gz), which is hostile: a server's user chose the names, and the host made the bytes.
 *
 * Bytes are decompressed in threads of Node as they are read, so neither memory nor main's thread feels the size of an
 * archive.
 */
import { once } from 'node:events';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { oneLine } from '../../bridge/console/plain-line.js';
import { newProblem, PerchError } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';

export interface ArchiveLimits {
  readonly entries: number;
  /** UTF-16 units of all paths together. */
  readonly text: number;
  /** Most bytes after decompression, for each byte of the archive, and at least for small ones. */
  readonly ratio: number;
  readonly leastBytes: number;
}

export const usualLimits: ArchiveLimits = {
  entries: 50_000,
  text: 3_000_000,
  ratio: 200,
  leastBytes: 2 ** 30,
};
/** Characters of a longer path are none of a real file system. */
const longestPath = 4096;
/** First bytes of gzip and zstd. */
const packed = [Buffer.from([0x1f, 0x8b]), Buffer.from([0x28, 0xb5, 0x2f, 0xfd])];

/** Warnings of the parser about archives that are not whole. */
const fatal: ReadonlySet<string> = new Set(['TAR_BAD_ARCHIVE', 'TAR_ENTRY_INVALID', 'TAR_ABORT']);

/** An archive of no files has fewer bytes. */
const blankBytes = 65_536;
/** Larger pieces cost main's thread fewer turns. */
const unpackedAtOnce = 256 * 1024;

interface Walk {
  readonly limits: ArchiveLimits;
  /**
   * `null` = visit the next entry; `over` = stop; a promise = await it, then stop. With `taken` the visitor reads the
   * entry's content to its end, while the walk visits the next entries.
   */
  readonly visit: (entry: ReadEntry) => Promise<void> | { readonly taken: Promise<void> } | 'over' | null;
  /** Ends the walk without a failure. */
  readonly signal?: AbortSignal;
  /** Share of the archive that was read, 0 to 1. */
  readonly read?: (share: number) => void;
}

/** Visits the entries. Rejects with `PerchError` if the file is no whole archive, or unpacks to too much. */
export async function walk(archive: string, { limits, signal, read: told, visit }: Walk): Promise<void> {
  const { size } = await stat(archive);
  const most = Math.max(limits.leastBytes, size * limits.ratio);
  const parser = new Parser({ brotli: false, zstd: false });
  let [isOver, bytes] = [false, 0];
  // A node packs a folder without files to an archive of zeros, which the parser takes for none.
  let isBlank = true;
  let failure: unknown = null;
  const reading = new Map<ReadEntry, Promise<void>>();
  const finish = (): void => {
    isOver = true;
    parser.emit('drain');
  };
  const fail = (error: unknown): void => {
    failure ??= error;
    finish();
  };
  parser.on('entry', (entry: ReadEntry) => {
    const wanted = isOver ? null : visit(entry);
    if (wanted instanceof Promise) {
      reading.set(entry, wanted.then(finish, fail));
    } else if (wanted !== null && wanted !== 'over') {
      const over = wanted.taken.catch((error: unknown) => {
        if (!isOver) fail(error);
      });
      reading.set(entry, over);
      void over.then(() => reading.delete(entry));
    } else {
      isOver ||= wanted === 'over';
      entry.resume();
    }
  });
  parser.on('warn', (code: string) => {
    if (fatal.has(code) && !isBlank) fail(damaged());
  });
  parser.on('error', () => fail(damaged()));

  async function feed(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of source) {
      if (signal?.aborted === true) return finish();
      told?.(packedBytes.bytesRead / size);
      if (bytes === 0 && isPacked(chunk)) fail(damaged());
      isBlank &&= bytes < blankBytes && chunk.every((byte) => byte === 0);
      bytes += chunk.length;
      if (bytes > most) fail(new PerchError(newProblem('protocol', sentence('remote.archive-too-big'))));
      if (!isOver && !parser.write(chunk) && !isOver) await once(parser, 'drain');
      if (isOver) return;
    }
    parser.end();
  }

  const file = await open(archive);
  const packedBytes = file.createReadStream();
  await pipeline(packedBytes, createGunzip({ chunkSize: unpackedAtOnce }), feed).catch((error: unknown) => {
    // The rest of the archive is not read on purpose.
    if (!isOver) fail(isOfArchive(error) ? damaged() : error);
  });
  if (bytes === 0 && !isOver) fail(damaged());
  if (isOver) for (const entry of reading.keys()) endContent(entry, failure ?? new Error('the walk is over'));
  await Promise.all(reading.values());
  if (failure !== null) throw failure;
}

/**
 * Tells the reader of an entry that the rest of its content will not come. A reader that begins after the end gets only
 * errors, and without an error would wait forever.
 */
function endContent(entry: ReadEntry, reason: unknown): void {
  // The entry throws an error that nobody listens to.
  entry.on('error', () => undefined);
  entry.destroy(reason);
}

/** The parser would unpack such content a second time. */
function isPacked(chunk: Buffer): boolean {
  return packed.some((magic) => chunk.subarray(0, magic.length).equals(magic));
}

function damaged(): PerchError {
  return new PerchError(newProblem('protocol', sentence('remote.bad-archive')));
}

/** Whether zlib found fault with the bytes. */
function isOfArchive(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

/** By the letters of the format: files are `0`, of old programs none, and `7`; folders `5` and `D`. */
export function kindOf({ header }: ReadEntry): 'file' | 'folder' | 'link' {
  const { typeKey } = header;
  if (['0', '', '7'].includes(typeKey)) return 'file';
  return ['5', 'D'].includes(typeKey) ? 'folder' : 'link';
}

/** The path from the server's folder; null for one that leads elsewhere or can't be shown. */
export function safePath(path: string): string | null {
  const plain = path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  const isUsual =
    plain.length <= longestPath && oneLine(plain, longestPath) === plain && !/^[a-z]:|\\/i.test(plain);
  return isUsual && plain.split('/').every((name) => !['', '.', '..'].includes(name)) ? plain : null;
}
