/**
 * One attempt of an upload: a new link, and the file in one request under a temporary name. A file above the limit of the
 * node goes over SFTP, if Perch has an SFTP key.
 *
 * A node writes the file only after the complete request, and takes no part of a file (PROTOCOL 2.17.12), so every
 * attempt begins at the first byte. While a person pauses, the connection stays open and idle.
 */
import { join } from 'node:path';
import { folderOf, joined, lastPart } from '../../bridge/files/file-paths.js';
import type { TransferSource } from '../../bridge/schema/transfers.js';
import type { UploadAnswer } from '../base/network-ports.js';
import { partName } from './attempt.js';
import { sendOverSftp, type SftpDoor } from './sftp-upload.js';
import type { UploadRecord } from './transfer-kinds.js';
import type { TransferNote } from './transfer-queue.js';
import type { ReadFile, TransferDisk } from './disk-port.js';
import { contentOf, reading } from './file-content.js';
import { Interruptible } from './interruptible.js';
import { fitsForm, multipart } from './multipart.js';
import type { UploadForm } from './node-links.js';
import type { Pacer } from './pacer.js';
import type { UploadNaming } from './upload-naming.js';
import { changedLocally, isTooLarge, oddName, refusedUpload, unhidden } from './upload-failures.js';

export interface UploadAttemptDeps {
  readonly disk: Pick<TransferDisk, 'open'>;
  readonly pacer: Pacer;
  /**
   * Asks for a new link and sends the form to a folder of the server. Rejects with `PerchError` of the panel, or
   * `HttpFailure` of the node.
   */
  readonly upload: (
    source: TransferSource,
    form: UploadForm & { readonly folder: string },
    signal: AbortSignal,
  ) => Promise<UploadAnswer>;
  readonly sftp: SftpDoor;
  /** Keeps the findings of the attempt. */
  readonly noted: (id: string, note: TransferNote) => Promise<void>;
  readonly naming: Pick<UploadNaming, 'mayHide' | 'isThere'>;
  /** `bytes` = all that were sent. Called for each part. */
  readonly arrived: (bytes: number) => void;
}

export interface SentFile {
  readonly size: number;
  /** True if the node has the file under its own name. */
  readonly isNamed: boolean;
}

export class UploadAttempt extends Interruptible {
  constructor(
    private readonly deps: UploadAttemptDeps,
    private readonly transfer: UploadRecord,
  ) {
    super();
  }

  /** Resolves when the node has the whole file. Rejects with `TransferBroke`, `PerchError` or `HttpFailure`. */
  async run(): Promise<SentFile> {
    const { disk, naming, noted } = this.deps;
    const { source, folder, file } = this.transfer;
    const isHidden = naming.mayHide(this.transfer);
    const name = isHidden ? partName(this.transfer) : lastPart(source.path);
    if (!isHidden) {
      const { id, size, by } = this.transfer;
      // A node empties the earlier file as soon as SFTP opens the name, and a cut would leave half of the new one there.
      if (by === 'sftp') throw unhidden();
      if (await this.orAborted(naming.isThere(this.transfer))) return { size: size ?? 0, isNamed: true };
      await noted(id, { isOwnName: true });
    }
    const open = await reading(file, () => disk.open(join(folder, file)));
    try {
      if (this.transfer.by === 'sftp' || !(await this.#sendForm(open, name, isHidden)))
        await this.#sendSftp(open, name);
      if (!(await open.isSame())) throw changedLocally();
      await this.pass();
      return { size: open.bytes, isNamed: !isHidden };
    } finally {
      await open.close();
    }
  }

  /** Sends the file through a link. False = only SFTP can take the file, which is above the limit of the node. */
  async #sendForm(open: ReadFile, name: string, isHidden: boolean): Promise<boolean> {
    const { sftp, upload, noted } = this.deps;
    const { id, source } = this.transfer;
    if (!fitsForm(name)) throw oddName();
    const { type, head, tail } = multipart(name, `perch-${id}`);
    const form = {
      folder: folderOf(source.path),
      type,
      bytes: head.length + open.bytes + tail.length,
      content: this.#form(open, head, tail),
    };
    const { status, text } = await this.orAborted(upload(source, form, this.signal));
    if (status === 200) return true;
    if (!isTooLarge(status, text) || !sftp.isOn(source.serverId)) throw refusedUpload(status, text);
    if (!isHidden) throw unhidden();
    await noted(id, { by: 'sftp' });
    return false;
  }

  async #sendSftp(open: ReadFile, name: string): Promise<void> {
    const { serverId, path } = this.transfer.source;
    const target = joined(folderOf(path), name);
    const content = this.#content(open);
    await sendOverSftp(this.deps.sftp, {
      serverId,
      path: target,
      content,
      pass: () => this.pass(),
      signal: this.signal,
      orAborted: (work) => this.orAborted(work),
    });
  }

  async *#form(file: ReadFile, head: Uint8Array, tail: Uint8Array): AsyncGenerator<Uint8Array> {
    yield head;
    yield* this.#content(file);
    yield tail;
  }

  #content(file: ReadFile): AsyncGenerator<Uint8Array> {
    let sent = 0;
    return contentOf(file, this.transfer.file, {
      pacer: this.deps.pacer,
      pass: () => this.pass(),
      read: (bytes) => this.deps.arrived((sent += bytes)),
    });
  }
}
