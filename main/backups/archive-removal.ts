import { toProblem, type Problem } from '../../bridge/errors.js';
import type { FileBackupRecord } from '../../bridge/schema/file-backups.js';
import { BackOff } from '../base/back-off.js';
import type { Disposables } from '../base/disposables.js';
import type { Clock } from '../base/ports.js';
import { ownArchive, possibleArchives } from '../archives/node-archives.js';
import type { FileBackupPanel, FileEntry } from './file-backup-panel.js';

export interface ArchiveRemovalDeps {
  readonly clock: Pick<Clock, 'after'>;
  readonly disposables: Disposables;
  /** Throws `PerchError` if the panel has not listed the server. */
  readonly panel: () => Pick<FileBackupPanel, 'list' | 'remove'>;
  readonly isStopped: () => boolean;
  /** An attempt failed; the next attempt comes later. */
  readonly failed: (why: Problem) => void;
}

const firstMs = 20_000;
const longestMs = 600_000;

/**
 * Removes an archive from the server, and looks whether it is gone, as often as that takes. Never rejects.
 *
 * Resolves with an archive that stays because somebody else may have made it; null = none stays.
 */
export async function removeArchive(
  record: FileBackupRecord,
  { clock, disposables, panel, isStopped, failed }: ArchiveRemovalDeps,
): Promise<FileEntry | null> {
  const pauses = new BackOff({ firstMs, longestMs });
  while (!isStopped()) {
    try {
      const entries = await panel().list();
      const archive = ownArchive(entries, record);
      if (archive === null) return possibleArchives(entries, record)[0] ?? null;
      await panel().remove([archive.name]);
      // A panel also confirms the deletion of a missing file.
      if (ownArchive(await panel().list(), record) === null) return null;
    } catch (error) {
      const why = toProblem(error);
      if (why.code === 'not-found') return null;
      failed(why);
    }
    await new Promise<void>((resolve) => disposables.add(clock.after(pauses.next(), resolve)));
  }
  return null;
}
