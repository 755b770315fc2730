/**
 * A tar.gz whose length is known before its first byte, because nothing in it is compressed: gzip has blocks for that.
 *
 * An upload tells its length first, and the large files of servers (jars, regions of worlds) are compressed already. So
 * Perch writes nothing to this computer's disk, and memory does not grow with the archive.
 */
import { crc32 } from 'node:zlib';
import { Header, Pax } from 'tar';

export interface TarFile {
  /** From the folder into which the archive is unpacked, with "/" between the names. */
  readonly path: string;
  readonly bytes: number;
  /** In ms since the epoch. */
  readonly modifiedAt: number;
}

const tarBlock = 512;
/** Bytes of zeros at the end of a tar. */
const tarEnd = 1024;
/** Most bytes of a block of gzip that is not compressed. */
const blockBytes = 65_535;
const blockHead = 5;
const gzipHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
const gzipTail = 8;
/** Blocks of gzip that are handed on together. */
const blocksAtOnce = 4;

/** Length of the archive, in bytes. */
export function storedBytes(files: readonly TarFile[]): number {
  const tar = files.reduce((sum, file) => sum + entryBytes(file), tarEnd);
  return gzipHead.length + Math.ceil(tar / blockBytes) * blockHead + tar + gzipTail;
}

/** Most bytes that a further file adds to an archive. */
export function addedBytes(file: TarFile): number {
  const tar = entryBytes(file);
  return tar + Math.ceil(tar / blockBytes) * blockHead;
}

/** Length of an archive of no files, in bytes. */
export const emptyBytes = storedBytes([]);

/**
 * The archive, in parts with memory of their own. `content` = exactly the bytes of the file. The archive rejects with
 * the error of `content`.
 */
export async function* storedArchive<T extends TarFile>(
  files: readonly T[],
  content: (file: T) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const tar = files.reduce((sum, file) => sum + entryBytes(file), tarEnd);
  let [sum, taken, left] = [0, 0, tar];
  let batch = newBatch(left);
  let filled = 0;
  let inBlock = 0;
  yield gzipHead;
  for await (const part of tarOf(files, content)) {
    sum = crc32(part, sum);
    taken += part.length;
    for (let from = 0; from < part.length;) {
      if (inBlock === 0) {
        inBlock = Math.min(blockBytes, left);
        filled = writeBlockHead(batch, filled, { bytes: inBlock, isLast: inBlock === left });
      }
      const piece = part.subarray(from, from + inBlock);
      batch.set(piece, filled);
      filled += piece.length;
      from += piece.length;
      inBlock -= piece.length;
      left -= piece.length;
      if (filled < batch.length) continue;
      yield batch;
      batch = newBatch(left);
      filled = 0;
    }
  }
  if (left !== 0) throw new Error('a file had another length');
  const tail = Buffer.alloc(gzipTail);
  tail.writeUInt32LE(sum, 0);
  tail.writeUInt32LE(taken % 2 ** 32, 4);
  yield tail;
}

/** Memory for the next blocks, of which the last may be shorter. */
function newBatch(left: number): Buffer {
  const bytes = Math.min(left, blocksAtOnce * blockBytes);
  return Buffer.allocUnsafeSlow(bytes + Math.ceil(bytes / blockBytes) * blockHead);
}

function writeBlockHead(into: Buffer, at: number, block: { bytes: number; isLast: boolean }): number {
  into.writeUInt8(block.isLast ? 1 : 0, at);
  into.writeUInt16LE(block.bytes, at + 1);
  into.writeUInt16LE(blockBytes - block.bytes, at + 3);
  return at + blockHead;
}

async function* tarOf<T extends TarFile>(
  files: readonly T[],
  content: (file: T) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (const file of files) {
    yield headOf(file);
    yield* content(file);
    yield Buffer.alloc(padding(file.bytes));
  }
  yield Buffer.alloc(tarEnd);
}

function entryBytes(file: TarFile): number {
  return headOf(file).length + file.bytes + padding(file.bytes);
}

function padding(bytes: number): number {
  return (tarBlock - (bytes % tarBlock)) % tarBlock;
}

/**
 * The header. A header before it has the values that do not fit the old form: long names, non-ASCII letters, large
 * sizes.
 */
function headOf({ path, bytes, modifiedAt }: TarFile): Buffer {
  const known = { path, size: bytes, mtime: new Date(modifiedAt) };
  const block = Buffer.alloc(tarBlock);
  const isShort = !new Header({ ...known, mode: 0o644, type: 'File' }).encode(block);
  return isShort ? block : Buffer.concat([new Pax(known).encode(), block]);
}
