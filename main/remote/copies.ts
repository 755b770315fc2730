import { placeOf } from '../../bridge/alerts/alert-settings.js';
import { backupChoicesOf, backupPolicyOf, changedBackupRules } from '../../bridge/backups/backup-rules.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { BackupCopy } from '../../bridge/schema/backup-copies.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { sentence } from '../../messages/messages.js';
import type { Backups } from '../backups/backups.js';
import type { Copies } from '../backups/copies.js';
import { stillWanted, type Call } from './call.js';
import { backupNamed } from './named-backups.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';
import { shownServer } from './shown-server.js';

export interface RemoteCopiesDeps extends SettledDeps {
  readonly copies: Pick<Copies, 'of' | 'archiveOf'>;
  readonly backups: Pick<Backups, 'read'>;
  readonly settings: {
    readonly current: Settings;
    update(change: (now: Settings) => Partial<Settings>): Promise<unknown>;
  };
}

/** The copies of a server; none while the folder can't be read. */
export function copiesOf(
  { copies }: { readonly copies: Pick<Copies, 'of'> },
  serverId: string,
): Promise<BackupCopy[]> {
  return copies.of(serverId).catch(() => []);
}

/** Changes which backups of a server are copied, and to which folder. */
export async function copyBackups(
  deps: RemoteCopiesDeps,
  { name, fetch, folder }: RemoteInput<'copyBackups'>,
  call: Call<'copyBackups'>,
): Promise<RemoteOutput<'copyBackups'>> {
  if (call.client.kind === 'program') {
    throw new RemoteError(newFailure('refused', sentence('remote.not-for-programs')));
  }
  const server = await settledServer(deps, name);
  stillWanted(call);
  const { settings } = deps;
  const scope = { kind: 'server', id: server.id } as const;
  await settings.update((now) => ({
    ...(folder === null ? {} : { copiesFolder: folder }),
    ...(fetch === null
      ? {}
      : {
          backupRules: changedBackupRules(now, scope, { ...backupChoicesOf(now.backupRules, scope), fetch }),
        }),
  }));
  const place = placeOf(settings.current, { serverId: server.id, accountId: server.accountId });
  return {
    server: shownServer(server, deps),
    fetch: backupPolicyOf(settings.current.backupRules, place).fetch,
    folder: settings.current.copiesFolder,
    copies: await copiesOf(deps, server.id),
  };
}

/** Lists the files of a copy, or saves one file. */
export async function copiedFiles(
  deps: RemoteCopiesDeps,
  { name, backup: word, save }: RemoteInput<'copiedFiles'>,
  call: Call<'copiedFiles'>,
): Promise<RemoteOutput<'copiedFiles'>> {
  if (call.client.kind === 'program') {
    throw new RemoteError(newFailure('refused', sentence('remote.not-for-programs')));
  }
  const server = await settledServer(deps, name);
  const copy = await copyNamed(deps, server.id, word);
  const archive = await deps.copies.archiveOf(server.id, copy.id);
  stillWanted(call);
  // Its parser is loaded only here.
  const { filesIn, saveFileOf } = await import('../backups/copies-archive.js');
  const shown = { server: shownServer(server, deps), copy };
  if (save === null) return { ...shown, ...(await filesIn(archive)), saved: null };
  const saved = await saveFileOf(archive, save.path, { folder: save.folder });
  return { ...shown, files: [], isCut: false, leftOut: 0, saved };
}

/** The copy that `word` means. The panel is asked for a backup's name only. */
async function copyNamed(deps: RemoteCopiesDeps, serverId: string, word: string): Promise<BackupCopy> {
  const copies = await deps.copies.of(serverId);
  const lower = word.toLowerCase();
  const [byId, other] = copies.filter(({ id }) => lower.length >= 4 && id.startsWith(lower));
  if (byId !== undefined && other === undefined) return byId;
  const { id } = backupNamed(word, await deps.backups.read(serverId));
  const found = copies.find((copy) => copy.id === id);
  if (found !== undefined) return found;
  throw new RemoteError(newFailure('no-server', sentence('remote.no-copy'), sentence('remote.no-copy-next')));
}
