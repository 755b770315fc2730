import { PerchError, newProblem } from '../../bridge/errors.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteFailure, RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { RemoteTransfer } from '../../bridge/schema/remote-entities.js';
import type { Transfer, TransferOffer, WantedTransfer } from '../../bridge/schema/transfers.js';
import { sentence } from '../../messages/messages.js';
import type { Backups } from '../backups/backups.js';
import { stillWanted, type Call } from './call.js';
import { toFailure } from './failures.js';
import { backupNamed } from './named-backups.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';
import { shownServer } from './shown-server.js';
import { remoteTransfer } from './transfers.js';

/** The parts of a call that its transfer uses. */
type DownloadCall = Pick<Call<'downloadBackup'>, 'event' | 'ended' | 'isEnded'>;

export interface DownloadDeps extends SettledDeps {
  readonly backups: Pick<Backups, 'read'>;
  readonly backupToDownload: (serverId: string, backup: string) => Promise<TransferOffer>;
  readonly fileToDownload: (
    serverId: string,
    wanted: { readonly path: string; readonly as: 'folder' | 'archive' },
  ) => Promise<TransferOffer>;
  readonly transfers: {
    readonly current: readonly Transfer[];
    listen(listener: (transfers: readonly Transfer[]) => void): () => void;
    add(wanted: WantedTransfer): Promise<string>;
  };
  /** The system's folder for downloads. */
  readonly downloadsFolder: () => string;
}

/** Downloads a file or a folder of a server and resolves as `downloadBackup` does. Refused for programs. */
export async function getFile(
  deps: DownloadDeps,
  { name, path, as = 'folder', folder, file: wish }: RemoteInput<'getFile'>,
  call: Call<'getFile'>,
): Promise<RemoteOutput<'getFile'>> {
  refusePrograms(call);
  const server = await settledServer(deps, name);
  stillWanted(call);
  const offer = await deps.fileToDownload(server.id, { path, as });
  return bring(deps, server, offer, { folder, file: wish }, call);
}

/**
 * Downloads a backup and resolves when the file has its name. Refused for programs. A client that goes away leaves the
 * download to Perch.
 */
export async function downloadBackup(
  deps: DownloadDeps,
  { name, backup: word, folder }: RemoteInput<'downloadBackup'>,
  call: Call<'downloadBackup'>,
): Promise<RemoteOutput<'downloadBackup'>> {
  refusePrograms(call);
  const server = await settledServer(deps, name);
  const found = backupNamed(word, await deps.backups.read(server.id));
  stillWanted(call);
  return bring(deps, server, await deps.backupToDownload(server.id, found.id), { folder, file: null }, call);
}

export function refusePrograms({ client }: Pick<Call<'getFile'>, 'client'>): void {
  if (client.kind === 'program') {
    throw new RemoteError(newFailure('refused', sentence('remote.not-for-programs')));
  }
}

async function bring(
  deps: DownloadDeps,
  server: Server,
  { file: usual, ...wanted }: TransferOffer,
  { folder, file }: { readonly folder: string | null; readonly file: string | null },
  call: DownloadCall,
): Promise<RemoteOutput<'downloadBackup'>> {
  stillWanted(call);
  const target = {
    folder: folder ?? deps.downloadsFolder(),
    file: file ?? usual,
    ifTaken: 'number',
  } as const;
  const begin = async (): Promise<string[]> => [await deps.transfers.add({ ...wanted, target })];
  const [transfer] = await whenDone(deps, begin, call);
  if (transfer === undefined) throw new PerchError(newProblem('internal', sentence('common.internal')));
  return { server: shownServer(server, deps), transfer };
}

/**
 * Adds transfers and resolves with them when their files have their names. Rejects for the first that does not.
 *
 * Looks at the list from before they are added: those that are done leave it after others (`Transfers`).
 */
export function whenDone(
  { transfers }: Pick<DownloadDeps, 'transfers'>,
  begin: () => Promise<readonly string[]>,
  call: DownloadCall,
): Promise<RemoteTransfer[]> {
  return new Promise((resolve, reject) => {
    let ids: readonly string[] | null = null;
    const seen = new Map<string, Transfer>();
    let stop = (): void => undefined;
    const fail = (error: Error): void => {
      stop();
      reject(error);
    };
    const end = (failure: RemoteFailure): void => fail(new RemoteError(failure));
    const look = (): void => {
      for (const one of transfers.current) seen.set(one.id, one);
      if (ids === null) return;
      const found = ids.flatMap((id) => seen.get(id) ?? []);
      const isDone = ({ state }: Transfer): boolean => state === 'done';
      if (found.length === ids.length && found.every(isDone)) {
        stop();
        return resolve(found.map(remoteTransfer));
      }
      const one = found.find((other) => !isDone(other));
      if (one === undefined) return;
      if (!transfers.current.some(({ id }) => id === one.id)) {
        end(newFailure('failed', sentence('remote.download-cancelled'), null));
      } else if (one.state === 'failed' && one.problem !== null) {
        const failure = toFailure(new PerchError(one.problem));
        // Scripts distinguish a refusal from a broken download.
        end({ ...failure, cause: failure.cause === 'refused' ? 'refused' : 'failed' });
      } else call.event({ transfer: remoteTransfer(one) });
    };
    stop = transfers.listen(look);
    void call.ended.then(() => end(newFailure('refused', sentence('remote.cancelled'), null)));
    begin().then((begun) => {
      ids = begun;
      look();
    }, fail);
  });
}
