import type { World } from '../../records.js';
import type { BackupReports, MadeBackup } from '../../wings/api.js';
import type { ActivityLog } from '../activity-log.js';

/** Ends of backups and restorations, as nodes report them. */
export class PanelBackupReports implements BackupReports {
  constructor(
    private readonly world: World,
    private readonly activity: ActivityLog,
    private readonly now: () => number,
  ) {}

  backupEnded(uuid: string, made: MadeBackup | null): boolean {
    const backup = this.world.backups.get(uuid);
    if (backup === undefined || backup.deletedAt !== null || backup.completedAt !== null) return false;
    Object.assign(backup, {
      successful: made !== null,
      checksum: made === null ? null : `sha1:${made.checksum}`,
      bytes: made?.bytes ?? 0,
      completedAt: new Date(this.now()).toISOString(),
      // A failed backup loses its lock, so that it can be deleted.
      locked: backup.locked && made !== null,
    });
    this.world.saveBackup(backup);
    this.#record(backup.serverUuid, made === null ? 'fail' : 'complete', backup.name);
    return true;
  }

  restorationEnded(uuid: string, succeeded: boolean): void {
    const backup = this.world.backups.get(uuid);
    const server = this.world.servers.get(backup?.serverUuid ?? '');
    if (backup === undefined || server === undefined) return;
    if (server.status === 'restoring_backup') server.status = null;
    this.world.saveServer(server);
    this.#record(server.uuid, succeeded ? 'restore-complete' : 'restore-failed', backup.name);
  }

  #record(serverUuid: string, what: string, name: string): void {
    this.activity.record(serverUuid, {
      event: `server:backup.${what}`,
      userUuid: null,
      properties: { name },
    });
  }
}
