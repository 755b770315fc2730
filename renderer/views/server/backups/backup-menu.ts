/** Menu of one backup. */
import type { Backup } from '../../../../bridge/schema/backups.js';
import { useBlock } from '../../../../bridge/panel/permission-words.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import { say } from '../../../../messages/messages.js';
import type { MenuItem } from '../../../ui/menus/menu.js';
import { copyEntries, type CopyActs } from './copy-menu.js';
import { isOnlyCopy, type RowCopy } from './row-copies.js';
import { deleteBlock, downloadBlock, restoreBlock } from './backup-words.js';

/** Actions of the menu's entries. */
export interface BackupActs extends CopyActs {
  restore(backup: Backup): void;
  download(backup: Backup): void;
  setLock(backup: Backup, locked: boolean): void;
  rename(backup: Backup): void;
  copy(text: string): void;
  delete(backup: Backup): void;
}

export function backupMenu(
  server: Server,
  backup: Backup,
  { copy, acts }: { copy: RowCopy | null; acts: BackupActs },
): MenuItem[] {
  const { locked, sha1 } = backup;
  const { use, remove } = copyEntries(backup, copy, acts);
  if (isOnlyCopy(copy)) return [...use, { kind: 'line' }, ...remove];
  const changing = useBlock(server, 'backup.delete');
  return [
    {
      kind: 'action',
      label: say('backups.restore'),
      icon: 'restore',
      testid: 'backup-restore',
      blocked: restoreBlock(server, backup),
      run: () => acts.restore(backup),
    },
    {
      kind: 'action',
      label: say('backups.download'),
      icon: 'save',
      testid: 'backup-download',
      blocked: downloadBlock(server, backup),
      run: () => acts.download(backup),
    },
    ...use,
    { kind: 'line' },
    {
      kind: 'action',
      label: say(locked ? 'backups.unlock' : 'backups.lock'),
      icon: locked ? 'unlock' : 'lock',
      testid: 'backup-lock',
      blocked: changing,
      run: () => acts.setLock(backup, !locked),
    },
    ...(canRename(server)
      ? [
          {
            kind: 'action',
            label: say('backups.rename'),
            icon: 'edit',
            testid: 'backup-rename',
            blocked: changing,
            run: () => acts.rename(backup),
          } as const,
        ]
      : []),
    {
      kind: 'action',
      label: say('backups.copy-checksum'),
      icon: 'copy',
      testid: 'backup-checksum',
      blocked: sha1 === null ? say('backups.no-checksum') : null,
      run: () => acts.copy(sha1 ?? ''),
    },
    { kind: 'line' },
    ...remove,
    {
      kind: 'action',
      label: say('backups.delete'),
      icon: 'trash',
      testid: 'backup-delete',
      danger: true,
      blocked: deleteBlock(server, backup),
      run: () => acts.delete(backup),
    },
  ];
}

/** Only Pelican renames backups, and only Pelican keeps a server's description apart from its name (PROTOCOL 8.2.2). */
function canRename({ naming }: Server): boolean {
  return naming.description !== 'with-name';
}
