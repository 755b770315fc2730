import { PerchError } from '../../bridge/errors.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { Backups } from './backups.js';
import type { QuietBackups } from './quiet-backups.js';
import { notBack, type WantedBackup } from './quiet-run.js';

export interface BackUpWholeDeps {
  readonly backups: Pick<Backups, 'whenEnded'>;
  readonly quiet: Pick<QuietBackups, 'begin' | 'made' | 'over'>;
  create(wanted: WantedBackup): Promise<Backup>;
}

/** A backup under way; `ended` resolves with its last state, or null if somebody deleted it. */
export interface FollowedBackup {
  readonly ended: Promise<Backup | null>;
  /** Ends the listening. */
  stop(): void;
}

/**
 * Begins a backup of everything, without a name. `ended` of a quiet one also waits until the server is back, and
 * rejects with `PerchError` if the backup never began or the server is not back. Rejects if it can't begin.
 */
export async function backUpWhole(
  { backups, quiet, create }: BackUpWholeDeps,
  serverId: string,
  isQuiet: boolean,
): Promise<FollowedBackup> {
  const wanted = { serverId, name: '', ignored: [], locked: false };
  if (!isQuiet) return backups.whenEnded(serverId, await create(wanted));
  await quiet.begin(wanted);
  let stop = (): void => undefined;
  const follow = async (): Promise<Backup | null> => {
    const following = backups.whenEnded(serverId, await quiet.made(serverId));
    stop = () => following.stop();
    const end = following.ended;
    const { owed } = (await quiet.over(serverId)) ?? { owed: null };
    if (owed === null) return end;
    throw new PerchError(notBack(owed));
  };
  return { ended: follow(), stop: () => stop() };
}
