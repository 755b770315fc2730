/**
 * Gives a whole file its name. The file says `placing` before, so a Perch that is killed in between knows at its next
 * start whether the file has its name: never a second copy, never half of a file under a final name.
 */
import { join } from 'node:path';
import type { TransferRecord } from '../../bridge/schema/transfers.js';
import { say } from '../../messages/messages.js';
import { numberedFileName } from '../base/safe-file-name.js';
import { SerialQueue } from '../base/serial-queue.js';
import { partName, type WholePart } from './attempt.js';
import type { TransferDisk } from './disk-port.js';
import { diskFailure, nameTaken } from './transfer-failures.js';
import type { QueueEvent } from './transfer-queue.js';

/** Highest number that a name gets. */
const mostNumbers = 999;

export class Placing {
  /** One at a time, so that two files of one name do not choose the same number. */
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
        if (!this.queue.isPlacing(transfer.id)) await this.disk.remove(whole.path).catch(() => undefined);
        throw error;
      }
    });
  }

  /** Goes on where an earlier run was ended, or the disk failed. Rejects as `place` does. */
  async finish(transfer: TransferRecord): Promise<void> {
    const { id, folder: wanted, placed, size } = transfer;
    const folder = await this.#onDisk(transfer, () => this.disk.folder(wanted));
    const path = join(folder, partName(transfer));
    const [part, file] = await this.#onDisk(transfer, () =>
      Promise.all([this.disk.look(path), placed === null ? null : this.disk.look(join(folder, placed))]),
    );
    const isNamed = part === null ? file?.bytes === size : file?.identity === part.identity;
    if (isNamed) {
      await this.removePart(transfer);
      await this.#named(id);
    } else if (part !== null && part.bytes === size) {
      await this.place(transfer, { folder, path, size });
    } else {
      await this.removePart(transfer);
      await this.queue.saved({ kind: 'lost', id });
    }
  }

  /** Removes the temporary file. False = its folder can't be reached. Never rejects. */
  async removePart(transfer: TransferRecord): Promise<boolean> {
    try {
      const folder = await this.disk.folder(transfer.folder);
      await this.disk.remove(join(folder, partName(transfer)));
      return true;
    } catch {
      return false;
    }
  }

  async #place(transfer: TransferRecord, { folder, path, size }: WholePart): Promise<void> {
    const { id, ifTaken } = transfer;
    const replaces = ifTaken === 'replace';
    for (let number = 1; number <= mostNumbers; number++) {
      const file = numberedFileName(transfer.file, number, say('transfers.backup-file'));
      const target = join(folder, file);
      if (!replaces && (await this.#onDisk(transfer, () => this.disk.look(target))) !== null) continue;
      await this.queue.saved({ kind: 'whole', id, file, size });
      if (!this.queue.isPlacing(id)) throw new Error('cancelled');
      if (await this.#onDisk(transfer, () => this.disk.place(path, target, { replaces })))
        return this.#named(id);
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
