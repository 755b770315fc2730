import { placeOf } from '../../bridge/alerts/alert-settings.js';
import { backupChoicesOf, backupPolicyOf, changedBackupRules } from '../../bridge/backups/backup-rules.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { BackupCopy } from '../../bridge/schema/backup-copies.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { sentence } from '../../messages/messages.js';
import type { Copies } from '../backups/copies.js';
import { stillWanted, type Call } from './call.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';
import { shownServer } from './shown-server.js';

export interface CopiesDeps extends SettledDeps {
  readonly copies: Pick<Copies, 'of'>;
  readonly settings: {
    readonly current: Settings;
    update(change: (now: Settings) => Partial<Settings>): Promise<unknown>;
  };
}

/** The copies of a server; none while the folder can't be read. */
export function copiesOf({ copies }: Pick<CopiesDeps, 'copies'>, serverId: string): Promise<BackupCopy[]> {
  return copies.of(serverId).catch(() => []);
}

/** Changes which backups of a server are copied, and to which folder. */
export async function copyBackups(
  deps: CopiesDeps,
  { name, fetch, folder }: RemoteInput<'copyBackups'>,
  call: Call<'copyBackups'>,
): Promise<RemoteOutput<'copyBackups'>> {
  if (call.client.kind === 'program') {
    throw new RemoteError(newFailure('refused', sentence('remote.not-for-programs')));
  }
  const server = await settledServer(deps, name);
  stillWanted(call);
  const { settings, store } = deps;
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
    server: shownServer(server, store.state),
    fetch: backupPolicyOf(settings.current.backupRules, place).fetch,
    folder: settings.current.copiesFolder,
    copies: await copiesOf(deps, server.id),
  };
}
