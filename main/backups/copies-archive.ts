/**
 * Looks into a copy: a list of its files, and one file of it. The archive is hostile: a server's user chose the names,
 * and the host made the bytes.
 *
 * Nothing is unpacked but the one file, under a name of its own in a folder that the user chose. Bytes are decompressed in
 * threads of Node as they are read, so neither memory nor main's thread feels the size of an archive.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { open, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { oneLine } from '../../bridge/console/plain-line.js';
import { newProblem, PerchError } from '../../bridge/errors.js';
import type { ArchivedFile } from '../../bridge/schema/backup-copies.js';
import { say, sentence } from '../../messages/messages.js';
import { numberedFileName, safeFileName } from '../base/safe-file-name.js';
import type { PartFile } from '../transfers/disk-port.js';
import { diskFailure } from '../transfers/transfer-failures.js';
import { systemDisk } from '../transfers/transfer-disk.js';

interface ArchiveLimits {
  readonly entries: number;
  /** UTF-16 units of all paths together. */
  readonly text: number;
  /** Most bytes after decompression, for each byte of the archive, and at least for small ones. */
  readonly ratio: number;
  readonly leastBytes: number;
}

const usual: ArchiveLimits = { entries: 50_000, text: 3_000_000, ratio: 200, leastBytes: 2 ** 30 };
/** Characters of a longer path are none of a real file system. */
const longestPath = 4096;
const mostNumbers = 999;
/** First bytes of gzip and zstd. */
const packed = [Buffer.from([0x1f, 0x8b]), Buffer.from([0x28, 0xb5, 0x2f, 0xfd])];

/** Warnings of the parser about archives that are not whole. */
const fatal: ReadonlySet<string> = new Set(['TAR_BAD_ARCHIVE', 'TAR_ENTRY_INVALID', 'TAR_ABORT']);

export interface ArchiveList {
  readonly files: ArchivedFile[];
  /** True if there are more files than a list may have. */
  readonly isCut: boolean;
  /** Number of files whose names lead elsewhere or can't be shown. */
  readonly leftOut: number;
}

/** Rejects with `PerchError` if the file is no whole archive, or unpacks to too much. */
export async function filesIn(archive: string, limits = usual): Promise<ArchiveList> {
  const files: ArchivedFile[] = [];
  let [text, leftOut, seen, isCut] = [0, 0, 0, false];
  await walk(archive, limits, (entry) => {
    const path = safePath(entry.path);
    const kind = kindOf(entry);
    seen += 1;
    text += path?.length ?? 0;
    isCut = seen > limits.entries || text > limits.text;
    if (isCut) return 'over';
    if (kind === 'folder') return null;
    if (path === null) leftOut += 1;
    else files.push({ path, bytes: kind === 'file' ? entry.size : 0, kind });
    return null;
  });
  return { files, isCut, leftOut };
}

/**
 * Saves one file into a folder and returns its name there, which is never that of another file. Links can't be saved.
 * Rejects with `PerchError`.
 */
export async function saveFileOf(
  archive: string,
  path: string,
  folder: string,
  limits = usual,
): Promise<string> {
  const part = join(folder, `.${randomUUID()}.perch-part`);
  try {
    const file = await systemDisk.create(part);
    try {
      await unpack(archive, path, file, limits);
      await file.sync();
    } finally {
      await file.close();
    }
    return await place(part, folder, path);
  } catch (error) {
    await systemDisk.remove(part).catch(() => undefined);
    throw error instanceof PerchError ? error : diskFailure(error, folder);
  }
}

async function unpack(archive: string, path: string, file: PartFile, limits: ArchiveLimits): Promise<void> {
  let wasFound = false;
  await walk(archive, limits, (entry) => {
    if (wasFound || kindOf(entry) !== 'file' || safePath(entry.path) !== path) return null;
    wasFound = true;
    return write(entry, file);
  });
  if (!wasFound) throw new PerchError(newProblem('not-found', sentence('remote.no-archived-file', { path })));
}

async function write(entry: ReadEntry, file: PartFile): Promise<void> {
  for await (const chunk of entry) await file.write(chunk);
}

/** The file gets its name, or the next free number. */
async function place(part: string, folder: string, path: string): Promise<string> {
  const other = say('transfers.backup-file');
  const name = safeFileName(basename(path), { ending: '', other });
  for (let number = 1; number <= mostNumbers; number++) {
    const file = numberedFileName(name, number, other);
    if (await systemDisk.place(part, join(folder, file), { replaces: false })) return file;
  }
  throw new PerchError(newProblem('conflict', sentence('remote.name-taken', { name })));
}

/**
 * Visits the entries. `null` = go on with the next one, `over` = enough; a promise is awaited, and is the end as well.
 */
async function walk(
  archive: string,
  { ratio, leastBytes }: ArchiveLimits,
  visit: (entry: ReadEntry) => Promise<void> | 'over' | null,
): Promise<void> {
  const most = Math.max(leastBytes, (await stat(archive)).size * ratio);
  const parser = new Parser({ brotli: false, zstd: false });
  let [isOver, bytes] = [false, 0];
  let failure: unknown = null;
  let read: { readonly entry: ReadEntry; readonly over: Promise<void> } | null = null;
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
      read = { entry, over: wanted.then(finish, fail) };
    } else {
      isOver ||= wanted === 'over';
      entry.resume();
    }
  });
  parser.on('warn', (code: string) => {
    if (fatal.has(code)) fail(damaged());
  });
  parser.on('error', () => fail(damaged()));

  async function feed(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of source) {
      if (bytes === 0 && isPacked(chunk)) fail(damaged());
      bytes += chunk.length;
      if (bytes > most) fail(new PerchError(newProblem('protocol', sentence('remote.archive-too-big'))));
      if (!isOver && !parser.write(chunk) && !isOver) await once(parser, 'drain');
      if (isOver) return;
    }
    parser.end();
  }

  const file = await open(archive);
  await pipeline(file.createReadStream(), createGunzip(), feed).catch((error: unknown) => {
    // The rest of the archive is not read on purpose.
    if (!isOver) fail(isOfArchive(error) ? damaged() : error);
  });
  await endOf(read, failure);
  if (failure !== null) throw failure;
}

/** Content that will not come must not keep its reader waiting. */
async function endOf(
  read: { readonly entry: ReadEntry; readonly over: Promise<void> } | null,
  failure: unknown,
): Promise<void> {
  if (failure !== null) read?.entry.destroy(failure);
  await read?.over;
}

/** The parser would unpack such content once more. */
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
function kindOf({ header }: ReadEntry): 'file' | 'folder' | 'link' {
  const { typeKey } = header;
  if (['0', '', '7'].includes(typeKey)) return 'file';
  return ['5', 'D'].includes(typeKey) ? 'folder' : 'link';
}

/** The path from the server's folder; null for one that leads elsewhere or can't be shown. */
function safePath(path: string): string | null {
  const plain = path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  const isUsual =
    plain.length <= longestPath && oneLine(plain, longestPath) === plain && !/^[a-z]:|\\/i.test(plain);
  return isUsual && plain.split('/').every((name) => !['', '.', '..'].includes(name)) ? plain : null;
}
