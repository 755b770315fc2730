import type { Backup, BackupList } from '../../bridge/schema/backups.js';
import { backupRequests } from './backup-calls.js';
import { endAt } from '../base/last-page.js';
import type { Transport } from './transport.js';

/** Most pages that Perch reads: a thousand backups of one server. */
const mostPages = 20;

/** Reads all pages of a server's backups, newest first; backups without a time come last. */
export async function readBackupList(
  transport: Pick<Transport, 'ask'>,
  identifier: string,
): Promise<Omit<BackupList, 'limit'>> {
  const found = new Map<string, Backup>();
  let used: number | null = null;
  let unread = 0;
  for (let number = 1; number <= mostPages; number++) {
    const page = await transport.ask(backupRequests.backupPage(identifier, number));
    const before = found.size;
    for (const backup of page.backups) found.set(backup.id, backup);
    used = page.used;
    const end = endAt({ ...page, number, brought: found.size - before });
    if (end !== 'repeats') unread += page.unread;
    if (end !== null) break;
  }
  const backups = [...found.values()].sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
  return {
    backups,
    used: used ?? backups.filter(({ state }) => state !== 'failed').length,
    ...(unread === 0 ? {} : { unread }),
  };
}
