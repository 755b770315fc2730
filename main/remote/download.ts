import { PerchError } from '../../bridge/errors.js';
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

/** What a transfer needs of its request. */
type DownloadCall = Pick<Call<'downloadBackup'>, 'event' | 'ended' | 'isEnded'>;

export interface DownloadDeps extends SettledDeps {
  readonly backups: Pick<Backups, 'read'>;
  readonly backupToDownload: (serverId: string, backup: string) => Promise<TransferOffer>;
  readonly fileToDownload: (serverId: string, path: string) => Promise<TransferOffer>;
  readonly transfers: {
    readonly current: readonly Transfer[];
    listen(listener: (transfers: readonly Transfer[]) => void): () => void;
    add(wanted: WantedTransfer): Promise<string>;
  };
  /** The system's folder for downloads. */
  readonly downloadsFolder: () => string;
}

/** Downloads a file of a server and resolves as `downloadBackup` does. Refused for programs. */
export async function getFile(
  deps: DownloadDeps,
  { name, path, folder, file: wish }: RemoteInput<'getFile'>,
  call: Call<'getFile'>,
): Promise<RemoteOutput<'getFile'>> {
  refusePrograms(call);
  const server = await settledServer(deps, name);
  stillWanted(call);
  return bring(deps, server, await deps.fileToDownload(server.id, path), { folder, file: wish }, call);
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
  const id = await deps.transfers.add({ ...wanted, target });
  return { server: shownServer(server, deps.store.state), transfer: await whenDone(deps, id, call) };
}

/** Resolves with the transfer when its file has its name. */
export function whenDone(
  { transfers }: Pick<DownloadDeps, 'transfers'>,
  id: string,
  call: DownloadCall,
): Promise<RemoteTransfer> {
  return new Promise((resolve, reject) => {
    let wasListed = false;
    let stop = (): void => undefined;
    const fail = (failure: RemoteFailure): void => {
      stop();
      reject(new RemoteError(failure));
    };
    const look = (): void => {
      const one = transfers.current.find((other) => other.id === id);
      if (one === undefined) {
        if (wasListed) fail(newFailure('failed', sentence('remote.download-cancelled'), null));
        return;
      }
      wasListed = true;
      if (one.state === 'failed' && one.problem !== null) {
        const failure = toFailure(new PerchError(one.problem));
        // Scripts tell a refusal from a download that broke.
        fail({ ...failure, cause: failure.cause === 'refused' ? 'refused' : 'failed' });
      } else if (one.state === 'done') {
        stop();
        resolve(remoteTransfer(one));
      } else call.event({ transfer: remoteTransfer(one) });
    };
    stop = transfers.listen(look);
    look();
    void call.ended.then(() => fail(newFailure('refused', sentence('remote.cancelled'), null)));
  });
}
