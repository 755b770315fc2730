import type { Backup, BackupList } from '../../bridge/schema/backups.js';
import { backupRequests } from './backup-calls.js';
import type { Transport } from './transport.js';

/** Most pages that Perch reads: a thousand backups of one server. */
const mostPages = 20;

/** Reads all pages of a server's backups, newest first. */
export async function readBackupList(
  transport: Pick<Transport, 'ask'>,
  identifier: string,
): Promise<Omit<BackupList, 'limit'>> {
  const found = new Map<string, Backup>();
  let used = 0;
  for (let number = 1; number <= mostPages; number++) {
    const page = await transport.ask(backupRequests.backupPage(identifier, number));
    for (const backup of page.backups) found.set(backup.id, backup);
    used = page.used;
    if (page.count === 0 || number >= page.totalPages) break;
  }
  return { backups: [...found.values()].sort((a, b) => b.createdAt - a.createdAt), used };
}
