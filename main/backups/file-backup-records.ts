import type { FileBackupRecord } from '../../bridge/schema/file-backups.js';
import type { Memory } from '../../bridge/schema/memory.js';
import { toProblem } from '../../bridge/errors.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import type { Log } from '../base/ports.js';

type Kept = Pick<Memory, 'fileBackups'>;

export interface FileBackupMemory {
  readonly current: Kept;
  update(change: (now: Kept) => Kept): Promise<unknown>;
}

/** Archives that Perch has to remove from servers, from one run of Perch to the next. */
export class FileBackupRecords {
  constructor(
    private readonly memory: FileBackupMemory,
    private readonly log: Log,
  ) {}

  get all(): readonly FileBackupRecord[] {
    return this.memory.current.fileBackups;
  }

  /** Rejects if the disk does not keep the record: then nobody may make the backup that the record describes. */
  async keep(record: FileBackupRecord): Promise<void> {
    await this.memory.update(({ fileBackups }) => ({
      fileBackups: [...fileBackups.filter(({ id }) => id !== record.id), record].slice(-mostKept.fileBackups),
    }));
  }

  /** Never rejects. A record that stays costs a look at the server in the next run. */
  async forget(record: string): Promise<void> {
    await this.memory
      .update(({ fileBackups }) => ({ fileBackups: fileBackups.filter(({ id }) => id !== record) }))
      .catch((error: unknown) =>
        this.log.warn('file-backups.not-forgotten', { code: toProblem(error).code }),
      );
  }
}
