import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { PerchError } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { Copies } from '../backups/copies.js';
import type { FileBackups } from '../backups/file-backups.js';
import type { Call } from './call.js';
import { stillWanted } from './call.js';
import { copiesOf } from './copies.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';
import { shownServer } from './shown-server.js';

export interface RemoteFileBackupsDeps extends SettledDeps {
  readonly copies: Pick<Copies, 'of'>;
  readonly fileBackups: Pick<FileBackups, 'begin' | 'over'>;
}

/** Backs up a server's files to this computer, and waits for the copy if asked to. Refused for programs. */
export async function backUpFiles(
  deps: RemoteFileBackupsDeps,
  { name, wait }: RemoteInput<'backUpFiles'>,
  call: Call<'backUpFiles'>,
): Promise<RemoteOutput<'backUpFiles'>> {
  if (call.client.kind === 'program') {
    throw new RemoteError(newFailure('refused', sentence('remote.not-for-programs')));
  }
  const { fileBackups } = deps;
  const server = await settledServer(deps, name);
  stillWanted(call);
  const id = await fileBackups.begin(server.id);
  const problem = wait ? await fileBackups.over(id) : null;
  if (problem !== null) throw new PerchError(problem);
  const copies = wait ? await copiesOf(deps, server.id) : [];
  const copy = copies.find((one) => one.id === id) ?? null;
  return { server: shownServer(server, deps), copy };
}
