/**
 * One attempt of a transfer: a new link, the content under a temporary name, and the check of size and checksum.
 *
 * A node sends no part of a file (PROTOCOL 2.16.13), so every attempt begins at the first byte. While a person pauses,
 * the connection stays open and unread.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { TransferRecord, TransferSource } from '../../bridge/schema/transfers.js';
import type { Download } from '../base/network-ports.js';
import type { PartFile, TransferDisk } from './disk-port.js';
import { Gate } from './gate.js';
import type { Pacer } from './pacer.js';
import { diskFailure, refusedDownload, wrongChecksum, wrongSize } from './transfer-failures.js';

/** Bytes that are written together. */
const batchBytes = 2_097_152;
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

/** The hidden temporary name of a transfer, beside the file that it becomes. */
export function partName({ id }: Pick<TransferRecord, 'id'>): string {
  return `.${id}.perch-part`;
}

export class Attempt {
  readonly gate = new Gate();
  readonly #abort = new AbortController();
  readonly #aborted: Promise<never>;

  constructor(
    private readonly deps: AttemptDeps,
    private readonly transfer: TransferRecord,
  ) {
    const { signal } = this.#abort;
    this.#aborted = new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    });
    this.#aborted.catch(() => undefined);
  }

  get isAborted(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Ends the attempt at once; `run` then rejects, after the temporary file is gone. */
  abort(): void {
    this.#abort.abort();
  }

  /** Rejects with `TransferBroke`, `PerchError` or `HttpFailure`; the temporary file is gone then. */
  async run(): Promise<WholePart> {
    const { disk } = this.deps;
    const { folder: wanted } = this.transfer;
    const folder = await onDisk(wanted, () => disk.folder(wanted));
    const path = join(folder, partName(this.transfer));
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

  /** Closes the file in any case. */
  async #filled(part: PartFile): Promise<number> {
    try {
      return await this.#fill(part);
    } finally {
      await part.close();
    }
  }

  /** Resolves with the number of bytes. */
  async #fill(part: PartFile): Promise<number> {
    const { signal } = this.#abort;
    const { source, folder } = this.transfer;
    const download = await this.#orAborted(this.deps.download(source, signal));
    try {
      if (download.status !== 200) throw refusedDownload(download.status, await beginning(download.body));
      const size = this.#expected(download.bytes);
      const sha1 = createHash('sha1');
      const got = await this.#copy(download.body, size, sha1, part);
      if (size !== null && got !== size) throw wrongSize();
      const { sha1: wanted } = this.transfer;
      if (wanted !== null && sha1.digest('hex') !== wanted.toLowerCase()) throw wrongChecksum();
      await onDisk(folder, () => part.sync());
      await this.#pass();
      return got;
    } finally {
      download.close();
    }
  }

  /** The size that the content must have; null = nobody says. */
  #expected(announced: number | null): number | null {
    const { size } = this.transfer;
    if (size !== null && announced !== null && size !== announced) throw wrongSize();
    return size ?? announced;
  }

  /** Writes one batch while the next one arrives, so neither the network nor the disk waits for the other. */
  async #copy(
    body: Download['body'],
    size: number | null,
    hash: { update(part: Uint8Array): unknown },
    part: PartFile,
  ): Promise<number> {
    const { pacer, arrived } = this.deps;
    let got = 0;
    let batch: Uint8Array[] = [];
    let waiting = 0;
    let written: Promise<void> = Promise.resolve();
    const write = async (): Promise<void> => {
      await written;
      const parts = batch;
      [batch, waiting] = [[], 0];
      written = onDisk(this.transfer.folder, () => part.write(parts));
      // Heard at the next `await written`.
      written.catch(() => undefined);
    };
    try {
      for await (const chunk of body) {
        got += chunk.length;
        if (size !== null && got > size) throw wrongSize();
        hash.update(chunk);
        batch.push(chunk);
        waiting += chunk.length;
        arrived(got);
        if (waiting >= batchBytes) await write();
        await pacer.take(chunk.length);
        await this.#pass();
      }
      await write();
    } finally {
      // The file must not be closed under a write.
      await written;
    }
    return got;
  }

  async #pass(): Promise<void> {
    const closed = this.gate.pass();
    if (closed !== null) await this.#orAborted(closed);
    this.#abort.signal.throwIfAborted();
  }

  #orAborted<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined);
    return Promise.race([work, this.#aborted]);
  }
}

async function onDisk<T>(folder: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw diskFailure(error, folder);
  }
}

async function beginning(body: Download['body']): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= refusalBytes) break;
  }
  return Buffer.concat(parts).subarray(0, refusalBytes).toString('utf8');
}
