/**
 * One attempt of a transfer: a new link, the content under a temporary name, and the check of size and checksum.
 *
 * A node sends no part of a file (PROTOCOL 2.16.13), so every attempt begins at the first byte. While a person pauses,
 * the connection stays open and unread.
 */
import { join } from 'node:path';
import type { TransferRecord, TransferSource } from '../../bridge/schema/transfers.js';
import type { Download } from '../base/network-ports.js';
import type { PartFile, TransferDisk } from './disk-port.js';
import { GzipCheck } from './gzip-check.js';
import { Interruptible } from './interruptible.js';
import type { Pacer } from './pacer.js';
import { PartWriter } from './part-writer.js';
import { diskFailure, refusedDownload, wrongChecksum, wrongSize } from './transfer-failures.js';

/** Bytes of a refusal that are read. */
const refusalBytes = 4096;

export interface AttemptDeps {
  readonly disk: TransferDisk;
  readonly pacer: Pacer;
  /**
   * Asks for a new link and opens it; the signal ends the content as well. Rejects with `PerchError` of the panel, or
   * `HttpFailure` of the node.
   */
  readonly download: (source: TransferSource, signal: AbortSignal) => Promise<Download>;
  /** `bytes` = all that have arrived. Called for each part. */
  readonly arrived: (bytes: number) => void;
}

/** A whole content under its temporary name. */
export interface WholePart {
  readonly folder: string;
  readonly path: string;
  readonly size: number;
}

/** The hidden temporary name of a transfer, beside the file or folder that it becomes. */
export function partName({ id, source }: Pick<TransferRecord, 'id' | 'source'>): string {
  return becomesFolder(source) ? `.${id}.perch-folder` : archiveName({ id });
}

/** Whether a download becomes a folder of this computer. */
export function becomesFolder(source: TransferSource): boolean {
  return source.kind === 'folder' && source.as === 'folder';
}

/** The hidden temporary name of a content that is one file: also of the archive of a folder. */
export function archiveName({ id }: Pick<TransferRecord, 'id'>): string {
  return `.${id}.perch-part`;
}

export class Attempt extends Interruptible {
  constructor(
    private readonly deps: AttemptDeps,
    private readonly transfer: TransferRecord,
  ) {
    super();
  }

  /** Rejects with `TransferBroke`, `PerchError` or `HttpFailure`; the temporary file is gone then. */
  async run(): Promise<WholePart> {
    const { disk } = this.deps;
    const { folder: wanted } = this.transfer;
    const folder = await onDisk(wanted, () => disk.folder(wanted));
    const path = join(folder, archiveName(this.transfer));
    await onDisk(wanted, () => disk.remove(path));
    const part = await onDisk(wanted, () => disk.create(path));
    try {
      return { folder, path, size: await this.#filled(part) };
    } catch (error) {
      // A folder that can't be reached keeps it; the next start of Perch or the next attempt removes it.
      await disk.remove(path).catch(() => undefined);
      throw error;
    }
  }

  /** Fills and closes the file. Resolves with the number of bytes. */
  async #filled(part: PartFile): Promise<number> {
    const writer = new PartWriter(part);
    try {
      return await this.#fill(writer);
    } finally {
      await writer.idle();
      await part.close();
    }
  }

  async #fill(writer: PartWriter): Promise<number> {
    const { source, folder, sha1 } = this.transfer;
    const download = await this.orAborted(this.deps.download(source, this.signal));
    try {
      if (download.status !== 200)
        throw refusedDownload(source.kind, download.status, await beginning(download.body));
      const size = this.#expected(download.bytes);
      const got = await this.#copy(checked(download.body, source), size, writer);
      const found = await onDisk(folder, () => writer.end());
      if (size !== null && got !== size) throw wrongSize();
      if (sha1 !== null && found !== sha1.toLowerCase()) throw wrongChecksum();
      await this.pass();
      return got;
    } finally {
      download.close();
    }
  }

  /** The size that the content must have; null = nobody says. */
  #expected(announced: number | null): number | null {
    const { size, source } = this.transfer;
    // A game may have written to the file since it was listed.
    if (source.kind === 'file' || source.kind === 'folder') return announced;
    if (size !== null && announced !== null && size !== announced) throw wrongSize();
    return size ?? announced;
  }

  async #copy(body: Download['body'], size: number | null, writer: PartWriter): Promise<number> {
    const { pacer, arrived } = this.deps;
    const { folder } = this.transfer;
    let got = 0;
    for await (const part of body) {
      got += part.length;
      if (size !== null && got > size) throw wrongSize();
      arrived(got);
      await onDisk(folder, () => writer.add(part));
      await pacer.take(part.length);
      await this.pass();
    }
    return got;
  }
}

/** Runs work on the disk. Rejects with `TransferBroke` instead of the disk's own errors. */
export async function onDisk<T>(folder: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw diskFailure(error, folder);
  }
}

/** The content; that of an archive is checked by its own checksum, because the panel sends none. */
function checked(body: Download['body'], { kind }: TransferSource): Download['body'] {
  return kind === 'archive' || kind === 'folder' ? new GzipCheck().passing(body) : body;
}

async function beginning(body: Download['body']): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    parts.push(Buffer.from(part));
    bytes += part.length;
    if (bytes >= refusalBytes) break;
  }
  return Buffer.concat(parts).subarray(0, refusalBytes).toString('utf8');
}
