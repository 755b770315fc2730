/**
 * Gives a whole file its name. The file says `placing` before, so a Perch that is killed in between knows at its next
 * start whether the file has its name: never a second copy, never half of a file under a final name.
 */
import { join } from 'node:path';
import type { TransferRecord } from '../../bridge/schema/transfers.js';
import { say } from '../../messages/messages.js';
import { numberedFileName, safeFileName } from '../base/safe-file-name.js';
import { SerialQueue } from '../base/serial-queue.js';
import { archiveName, becomesFolder, partName, type WholePart } from './attempt.js';
import type { FileFacts, TransferDisk } from './disk-port.js';
import { diskFailure, nameTaken } from './transfer-failures.js';
import type { QueueEvent } from './transfer-queue.js';

/** Highest number that a name gets. */
const mostNumbers = 999;

export class Placing {
  /** One file at a time, so that two files of one name do not choose the same number. */
  readonly #turns = new SerialQueue();

  constructor(
    private readonly disk: TransferDisk,
    private readonly queue: {
      /** Takes an event, and resolves when the queue is on disk. */
      saved(event: QueueEvent): Promise<void>;
      /** Whether the transfer is to get its name now; false after a person cancelled it. */
      isPlacing(id: string): boolean;
    },
  ) {}

  /**
   * Rejects with `TransferBroke`, or `PerchError` if the queue can't be saved. The temporary file stays if the queue
   * knows that it is whole.
   */
  place(transfer: TransferRecord, whole: WholePart): Promise<void> {
    return this.#turns.run(async () => {
      try {
        await this.#place(transfer, whole);
      } catch (error) {
        if (!this.queue.isPlacing(transfer.id)) await this.removePart(transfer);
        throw error;
      }
    });
  }

  /** Continues where an earlier run was ended, or the disk failed. Rejects as `place` does. */
  async finish(transfer: TransferRecord): Promise<void> {
    const { id, folder: wanted, placed, size } = transfer;
    const folder = await this.#onDisk(transfer, () => this.disk.folder(wanted));
    const path = join(folder, partName(transfer));
    const [part, file] = await this.#onDisk(transfer, () =>
      Promise.all([this.disk.look(path), placed === null ? null : this.disk.look(join(folder, placed))]),
    );
    // A folder under its temporary name is whole in this stage, and its size says nothing.
    const isFolder = becomesFolder(transfer.source);
    const isNamed = part === null ? isSame(file, isFolder, size) : file?.identity === part.identity;
    if (isNamed) {
      await this.removePart(transfer);
      await this.#named(id);
    } else if (part !== null && size !== null && (isFolder || part.bytes === size)) {
      await this.place(transfer, { folder, path, size });
    } else {
      await this.removePart(transfer);
      await this.queue.saved({ kind: 'lost', id });
    }
  }

  /** Removes the temporary file or folder. False = its folder can't be reached. Never rejects. */
  async removePart(transfer: TransferRecord): Promise<boolean> {
    try {
      const folder = await this.disk.folder(transfer.folder);
      await this.disk.remove(join(folder, archiveName(transfer)));
      if (becomesFolder(transfer.source)) await this.disk.removeFolder(join(folder, partName(transfer)));
      return true;
    } catch {
      return false;
    }
  }

  async #place(transfer: TransferRecord, { folder, path, size }: WholePart): Promise<void> {
    const { id, ifTaken } = transfer;
    const isFolder = becomesFolder(transfer.source);
    const replaces = !isFolder && ifTaken === 'replace';
    const named = (file: string): Promise<boolean> => {
      const target = join(folder, file);
      // A Perch that was killed may have left its empty folder under the name.
      if (isFolder) return this.disk.placeFolder(path, target, { mayBeEmpty: transfer.placed === file });
      return this.disk.place(path, target, { replaces });
    };
    for (let number = 1; number <= mostNumbers; number++) {
      const file = numbered(transfer, number);
      const target = join(folder, file);
      const isFree =
        replaces || isFolder || (await this.#onDisk(transfer, () => this.disk.look(target))) === null;
      if (!isFree) continue;
      await this.queue.saved({ kind: 'whole', id, file, size });
      if (!this.queue.isPlacing(id)) throw new Error('cancelled');
      if (await this.#onDisk(transfer, () => named(file))) return this.#named(id);
    }
    throw nameTaken(transfer.file);
  }

  /** If that can't be saved, the next start finds the file under its name. */
  async #named(id: string): Promise<void> {
    await this.queue.saved({ kind: 'placed', id }).catch(() => undefined);
  }

  async #onDisk<T>({ folder }: TransferRecord, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw diskFailure(error, folder);
    }
  }
}

/** Whether the file with the final name is the content of a transfer whose temporary file is gone. */
function isSame(file: FileFacts | null, isFolder: boolean, size: number | null): boolean {
  return file !== null && (isFolder || file.bytes === size);
}

/** A folder has no ending, so `v1.2` becomes `v1.2 (2)`. */
function numbered({ file, source }: TransferRecord, number: number): string {
  const other = say('transfers.backup-file');
  if (!becomesFolder(source)) return numberedFileName(file, number, other);
  return number === 1 ? file : safeFileName(file, { ending: '', other, number });
}
