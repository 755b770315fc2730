import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { Backup, BackupList } from '../../bridge/schema/backups.js';
import { sentence } from '../../messages/messages.js';

/** Shortest beginning of an id that stands for the id. */
const leastOfId = 4;
const mostCandidates = 10;

/** The backup that `word` means: its id, the beginning of its id, or its name. Throws for none and for several. */
export function backupNamed(word: string, { backups }: BackupList): Backup {
  const lower = word.toLowerCase();
  const meanings: ((backup: Backup) => boolean)[] = [
    ({ id }) => id === lower,
    ({ name }) => name === word,
    ({ id }) => lower.length >= leastOfId && id.startsWith(lower),
    ({ name }) => name.toLowerCase() === lower,
  ];
  for (const fits of meanings) {
    const found = backups.filter(fits);
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    if (found.length > 1) throw refusal('remote.ambiguous-backup', word, found);
  }
  throw refusal('remote.no-backup', word, backups);
}

function refusal(
  id: 'remote.ambiguous-backup' | 'remote.no-backup',
  name: string,
  backups: readonly Backup[],
): RemoteError {
  const failure = newFailure('no-server', sentence(id, { name }), sentence('remote.no-backup-next'));
  const candidates = backups.slice(0, mostCandidates).map((backup) => `${backup.name} (${backup.id})`);
  return new RemoteError({ ...failure, candidates });
}
