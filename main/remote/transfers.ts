import type { RemoteOutput } from '../../bridge/schema/remote.js';
import type { RemoteTransfer } from '../../bridge/schema/remote-entities.js';
import type { Transfer } from '../../bridge/schema/transfers.js';
import { spoken } from '../../messages/messages.js';

interface TransferListDeps {
  readonly transfers: { readonly current: readonly Transfer[] };
}

export function listTransfers({ transfers }: TransferListDeps): RemoteOutput<'transfers'> {
  return { transfers: transfers.current.map(remoteTransfer) };
}

export function remoteTransfer(one: Transfer): RemoteTransfer {
  const { id, label, direction, folder, file, by, state, bytes, size, rate, msLeft, problem } = one;
  const why = problem === null ? null : `${spoken(problem.message)} ${spoken(problem.next)}`;
  return {
    id,
    name: label,
    direction,
    folder,
    file,
    ...(by !== undefined && { by }),
    state,
    bytes,
    size,
    bytesPerSecond: rate,
    msLeft,
    problem: why,
  };
}
