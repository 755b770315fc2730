import type { Transfer } from '../../bridge/schema/transfers.js';
import type { Disposables } from '../base/disposables.js';

export interface ArrivingTransfers {
  readonly current: readonly Transfer[];
  listen(listener: (transfers: readonly Transfer[]) => void): () => void;
  /** null = the transfer is gone. */
  folderOf(id: string): string | null;
}

/** Resolves with true when the file of a transfer is whole; with false if somebody gave the transfer up. */
export function arrived(
  transfers: ArrivingTransfers,
  id: string,
  disposables: Disposables,
): Promise<boolean> {
  return new Promise((resolve) => {
    let unlisten = (): void => undefined;
    const look = (all: readonly Transfer[]): void => {
      const isDone = all.find((one) => one.id === id)?.state === 'done';
      if (!isDone && transfers.folderOf(id) !== null) return;
      unlisten();
      resolve(isDone);
    };
    unlisten = transfers.listen(look);
    disposables.add(unlisten);
    look(transfers.current);
  });
}
