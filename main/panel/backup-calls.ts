/** Requests about the backups of a server (PROTOCOL 2.16). */
import { PerchError, newProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { read, serverPath, write } from './call.js';
import { backupItem, backupsAnswer, linkAnswer } from './wire/backups.js';

/** Most backups of a page (PROTOCOL 2.16.2). */
const pageSize = 50;

/** Path of one backup. The id comes from a panel or a window, so characters that could change the path are rejected. */
function backupPath(identifier: string, backup: string, rest = ''): string {
  if (!/^[\w-]{1,64}$/.test(backup)) {
    throw new PerchError(
      newProblem('not-found', sentence('panel.no-backup-id'), sentence('panel.load-backups')),
    );
  }
  return serverPath(identifier, `/backups/${backup}${rest}`);
}

/** Calls with a method of the same name and arguments on `PanelApi`. */
export const backupRequests = {
  backup: (identifier: string, backup: string) =>
    read(backupPath(identifier, backup), sentence('panel.what.backup'), backupItem, {
      subject: 'backup',
      permission: 'backup.read',
    }),

  /** An empty name lets the panel choose one. The wish for a lock counts only with `backup.delete`. */
  createBackup: (
    identifier: string,
    { name, ignored, locked }: { name: string; ignored: readonly string[]; locked: boolean },
  ) =>
    write('POST', serverPath(identifier, '/backups'), {
      body: { ignored: ignored.join('\n'), is_locked: locked, name },
      what: sentence('panel.what.backup-create'),
      permission: 'backup.create',
      usesNode: true,
      unsure: sentence('panel.maybe-backup'),
      throttled: 'backup-throttled',
      answer: backupItem,
    }),

  /** Locks an unlocked backup and unlocks a locked one. */
  toggleBackupLock: (identifier: string, backup: string) =>
    write('POST', backupPath(identifier, backup, '/lock'), {
      what: sentence('panel.what.backup-lock'),
      permission: 'backup.delete',
      subject: 'backup',
      answer: backupItem,
    }),

  renameBackup: (identifier: string, backup: string, name: string) =>
    write('PUT', backupPath(identifier, backup, '/rename'), {
      body: { name },
      what: sentence('panel.what.backup-rename'),
      permission: 'backup.delete',
      subject: 'backup',
      answer: backupItem,
    }),

  deleteBackup: (identifier: string, backup: string) =>
    write('DELETE', backupPath(identifier, backup), {
      what: sentence('panel.what.backup-delete'),
      permission: 'backup.delete',
      subject: 'backup',
      usesNode: true,
      unsure: sentence('panel.maybe-backup'),
    }),

  restoreBackup: (identifier: string, backup: string, truncate: boolean) =>
    write('POST', backupPath(identifier, backup, '/restore'), {
      body: { truncate },
      what: sentence('panel.what.backup-restore'),
      permission: 'backup.restore',
      subject: 'backup',
      usesNode: true,
      unsure: sentence('panel.maybe-restore'),
      throttled: 'restore-throttled',
      hasOwnLimit: true,
    }),

  /** Address of the archive on the node: a secret that is good for one download within 15 minutes (PROTOCOL 2.16.13). */
  backupLink: (identifier: string, backup: string) =>
    read(backupPath(identifier, backup, '/download'), sentence('panel.what.backup-link'), linkAnswer, {
      subject: 'backup',
      permission: 'backup.download',
    }),

  /** One page of the list, the oldest backups first. `PanelApi.backups` reads all pages. */
  backupPage: (identifier: string, page: number) =>
    read(
      serverPath(identifier, `/backups?per_page=${pageSize}&page=${page}`),
      sentence('panel.what.backups'),
      backupsAnswer,
      { subject: 'server', permission: 'backup.read' },
    ),
};
