/**
 * One attempt of an upload of many files: archives that are packed while they are sent, and that the node unpacks.
 *
 * An archive has a hidden name in the folder that gets the files, and is removed as soon as its files are there. The queue
 * knows how many archives are done, so an attempt after a broken connection, or the next start of Perch, continues
 * there.
 */
import { newProblem, toProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { Interruptible, type Doing } from './interruptible.js';
import type { TransferDisk } from './disk-port.js';
import { fileContent } from './file-content.js';
import { multipart } from './multipart.js';
import type { PackedArchive } from './packed-archives.js';
import { packedFiles, pathsDigest, type PackedFile } from './packed-files.js';
import { archivesPrefix, bytesOf, PackedThere } from './packed-there.js';
import { needsSftp } from './folder-way.js';
import { sendFolder, sendingPermissions } from './sftp-folder-upload.js';
import type { FilesThereDeps } from './files-there.js';
import { broke } from './transfer-failures.js';
import type { PackedRecord, QueuedTransfer } from './transfer-kinds.js';
import type { TransferPanel, TransferPanelOf } from './transfer-panel.js';
import type { QueueEvent } from './transfer-queue.js';
import type { SentFile, UploadAttemptDeps } from './upload-attempt.js';
import { partlyOnNode, refusedUpload, tooLarge, unreadableLocally } from './upload-failures.js';
import { mayHide } from './upload-naming.js';

export interface PackedUploadDeps extends Omit<UploadAttemptDeps, 'naming' | 'disk'> {
  readonly disk: Pick<TransferDisk, 'open' | 'walk'>;
  readonly clock: FilesThereDeps['clock'];
  readonly panelOf: TransferPanelOf;
  /** Largest upload that the node takes, in MB of 1024 KB; null = unknown. */
  readonly limitOf: (serverId: string) => number | null;
  /** The transfer as the queue has it now. */
  readonly find: (id: string) => QueuedTransfer | undefined;
  readonly saved: (event: QueueEvent) => Promise<void>;
}

/** Permissions without which an archive could not be sent, looked at, unpacked or removed. */
export const packingPermissions = ['file.read', 'file.create', 'file.delete'];

export class PackedUpload extends Interruptible {
  #doing: Doing | null = null;
  /** Bytes of files in the previous archives. */
  #before = 0;

  constructor(
    private readonly deps: PackedUploadDeps,
    private readonly one: PackedRecord,
  ) {
    super();
  }

  override get doing(): Doing | null {
    return this.#doing;
  }

  /** Resolves when the server has all files. Rejects with `TransferBroke`, `PerchError` or `HttpFailure`. */
  async run(): Promise<SentFile> {
    const files = await this.#files();
    if (this.one.by === 'sftp') await this.#sendSftp(files);
    else {
      await this.#sendPacked(files).catch(async (error: unknown) => {
        if (this.isAborted || !this.#mayChange(error) || !(await this.#isUntouched(files))) throw error;
        // A full server needs the room for the files.
        await this.#server.removeArchives(await this.#server.entries());
        await this.deps.noted(this.one.id, { by: 'sftp' });
        await this.#sendSftp(files);
      });
    }
    return { size: files.reduce((sum, { bytes }) => sum + bytes, 0), isNamed: true };
  }

  async #sendPacked(files: readonly PackedFile[]): Promise<void> {
    const { serverId } = this.one.source;
    for (const permission of packingPermissions) this.#panel.demand(permission);
    const limit = this.deps.limitOf(serverId);
    try {
      await this.#send(files, limit);
    } catch (error) {
      const told = this.deps.limitOf(serverId);
      if (told === null || told === limit || this.isAborted) throw error;
      // The node has named its limit by refusing an archive.
      await this.#send(files, told);
    }
  }

  /** Whether the files can go over SFTP instead. What archives have brought already would be in the way. */
  #mayChange(error: unknown): boolean {
    const { id, source } = this.one;
    const isFresh = (this.deps.find(id)?.sent?.count ?? 0) === 0;
    const isOn = this.deps.sftp.isOn(source.serverId) && mayHide(this.#panel);
    return isFresh && isOn && needsSftp(toProblem(error));
  }

  /**
   * Whether an archive that was not unpacked has brought nothing. Nodes ask for room first, but may run out of it
   * later.
   */
  async #isUntouched(files: readonly PackedFile[]): Promise<boolean> {
    return this.deps.find(this.one.id)?.sent?.isUnpacking !== true || (await this.#server.isAgreed(files));
  }

  async #sendSftp(files: readonly PackedFile[]): Promise<void> {
    const { find, noted, sftp } = this.deps;
    const { id, addedAt, source } = this.one;
    const { paths: of } = source;
    // Before gigabytes are sent that could not move to their places.
    for (const permission of sendingPermissions) this.#panel.demand(permission);
    let sent = 0;
    const read = (bytes: number): void => this.deps.arrived((sent += bytes));
    // Ends on its own after an abort, so that no write happens during the removal.
    await sendFolder(sftp, {
      id,
      serverId: source.serverId,
      folder: source.path,
      files: files.map((file) => ({ ...file, isSame: file.modifiedAt < addedAt })),
      replaced: new Set(source.replaced),
      isMoving: find(id)?.sent?.of === of,
      moving: () => noted(id, { sent: { of, count: 0, isUnpacking: true } }),
      content: (file) =>
        fileContent(file, {
          disk: this.deps.disk,
          pacer: this.deps.pacer,
          pass: () => this.pass(),
          read,
        }),
      skipped: ({ bytes }) => read(bytes),
      pass: () => this.pass(),
      signal: this.signal,
    });
  }

  get #panel(): TransferPanel {
    return this.deps.panelOf(this.one.source.serverId);
  }

  get #server(): PackedThere {
    const { clock } = this.deps;
    const orAborted = <T>(work: Promise<T>): Promise<T> => this.orAborted(work);
    return new PackedThere({ clock, panel: this.#panel, signal: this.signal, orAborted }, this.one);
  }

  /** The chosen files in their present state: the same files as when the person agreed to the replacements. */
  async #files(): Promise<readonly PackedFile[]> {
    const { folder, file, source } = this.one;
    const { files, isCut } = await packedFiles(this.deps.disk, { folder, names: source.names }).catch(
      (error: unknown) => {
        throw unreadableLocally(file, error);
      },
    );
    if (!isCut && pathsDigest(files) === source.paths) return files;
    throw broke('person', newProblem('conflict', sentence('transfers.changed-folder')));
  }

  async #send(files: readonly PackedFile[], limit: number | null): Promise<void> {
    const { archivesDigest, archivesOf, isAbove } = await import('./packed-archives.js');
    if (limit !== null && isAbove(files, limit)) throw tooLarge(limit);
    const { id } = this.one;
    const archives = archivesOf(files, limit);
    const of = archivesDigest(archives);
    const known = this.deps.find(id)?.sent;
    const begun = known?.of === of ? known : { of, count: 0, isUnpacking: false };
    this.#before = 0;
    for (const [at, archive] of archives.entries()) {
      if (at >= begun.count) {
        await this.#bring(archive, { of, count: at, isUnpacking: at === begun.count && begun.isUnpacking });
        await this.deps.saved({
          kind: 'noted',
          id,
          note: { sent: { of, count: at + 1, isUnpacking: false } },
        });
      }
      this.#before += archive.files.reduce((sum, { bytes }) => sum + bytes, 0);
      this.deps.arrived(this.#before);
    }
  }

  /** Puts the files of one archive on the server, and removes the archive. */
  async #bring(archive: PackedArchive, sent: NonNullable<QueuedTransfer['sent']>): Promise<void> {
    const { path: folder } = this.one.source;
    const name = `${archivesPrefix(this.one)}${sent.count}-${archive.digest.slice(0, 8)}.tar.gz`;
    await this.pass();
    if (!sent.isUnpacking || !(await this.#server.hasAll(archive.files))) {
      await this.#sendArchive(name, archive);
      if (!sent.isUnpacking) await this.#server.demandAgreed(archive.files);
      this.#doing = 'unpacking-there';
      const note = { sent: { ...sent, isUnpacking: true } };
      await this.deps.saved({ kind: 'noted', id: this.one.id, note });
      await this.orAborted(this.#unpack(name));
      this.#doing = null;
      await this.pass();
    }
    await this.#panel.remove(folder, [name]);
  }

  /** The archive under its hidden name, whole. An archive of the same files that an earlier attempt left there counts. */
  async #sendArchive(name: string, archive: PackedArchive): Promise<void> {
    const { upload } = this.deps;
    const { id, source } = this.one;
    const { length } = archive;
    const entries = await this.#server.entries();
    if (bytesOf(entries, name) === length) return;
    // Archives that earlier attempts made of the files in their state then.
    await this.#server.removeArchives(entries);
    const { type, head, tail } = multipart(name, `perch-${id}`);
    const form = {
      folder: source.path,
      type,
      bytes: head.length + length + tail.length,
      content: this.#content(archive, head, tail),
    };
    const answer = await this.orAborted(upload(source, form, this.signal));
    if (answer.status !== 200) throw refusedUpload(answer.status, answer.text);
    await this.pass();
    if (bytesOf(await this.#server.entries(), name) === length) return;
    await this.#panel.remove(source.path, [name]);
    throw partlyOnNode();
  }

  async *#content(archive: PackedArchive, head: Uint8Array, tail: Uint8Array): AsyncGenerator<Uint8Array> {
    let sent = this.#before;
    yield head;
    yield* archive.packed((file) =>
      fileContent(file, {
        disk: this.deps.disk,
        pacer: this.deps.pacer,
        pass: () => this.pass(),
        read: (bytes) => this.deps.arrived((sent += bytes)),
      }),
    );
    yield tail;
  }

  async #unpack(name: string): Promise<void> {
    try {
      await this.#panel.unpack(this.one.source.path, name);
    } catch (error) {
      const problem = toProblem(error);
      if (problem.maybeDone === true) {
        throw broke('mismatch', newProblem('timeout', sentence('transfers.unpack-unsure')), error);
      }
      // The node is full, or protects a file.
      throw problem.code === 'conflict' ? broke('person', problem, error) : error;
    }
  }
}
