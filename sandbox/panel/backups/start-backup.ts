import type { Backup, Server } from '../../data/world.js';
import type { World } from '../../records.js';
import { PanelError, panelError } from '../errors.js';
import type { NodeGateway } from '../node-gateway.js';
import type { PanelState } from '../state.js';
import { counts, newBackup, shownBackups } from './items.js';

interface BackupDeps {
  world: World;
  gateway: NodeGateway;
  state: PanelState;
  now: () => number;
}

interface BackupWish {
  /** Empty = a name with the time. */
  name: string;
  /** Patterns of files to leave out, one per line. */
  ignored: string;
  locked: boolean;
  /** True if the oldest backup without a lock makes room at the limit, as for the task of a schedule. */
  makesRoom: boolean;
}

/**
 * Has the node make a backup (PROTOCOL 2.16.3). The throttle comes before the limit. If the node does not take the
 * order, nothing stays behind.
 */
export async function startBackup(deps: BackupDeps, server: Server, wish: BackupWish): Promise<Backup> {
  const { world, gateway, state, now } = deps;
  const throttled = throttleOf(world.backupsOf(server.uuid), state.backupThrottle, now());
  if (throttled) throw throttled;
  const limit = server.featureLimits.backups;
  const counted = shownBackups(world, server).filter(counts);
  if (counted.length >= limit) {
    const oldest = wish.makesRoom && limit > 0 ? counted.find(({ locked }) => !locked) : undefined;
    if (oldest === undefined) throw tooManyBackups(limit);
    await dropBackup(deps, server, oldest);
  }
  const ignored = wish.ignored.split('\n').filter((line) => line !== '');
  const backup = newBackup(server, { ...wish, ignored }, now());
  world.saveBackup(backup);
  try {
    await gateway.pass(server, `backup ${backup.name}`, (node) =>
      node.backups.make(server.uuid, { uuid: backup.uuid, ignored: wish.ignored }),
    );
  } catch (error) {
    world.removeBackup(backup.uuid);
    throw error;
  }
  return backup;
}

/** Removes the archive and marks the record. A node that does not have the archive is no reason to keep the record. */
export async function dropBackup(
  { world, gateway, now }: BackupDeps,
  server: Server,
  backup: Backup,
): Promise<void> {
  await gateway.pass(
    server,
    `delete backup ${backup.name}`,
    (node) => node.backups.remove(server.uuid, backup.uuid),
    { forgives: [404] },
  );
  backup.deletedAt = new Date(now()).toISOString();
  world.saveBackup(backup);
}

/** Deleted and running backups count, failed ones do not; the wait is counted from the newest. */
function throttleOf(
  backups: readonly Backup[],
  { limit, period }: { limit: number; period: number },
  now: number,
): PanelError | null {
  const recent = backups.filter(
    (backup) => counts(backup) && Date.parse(backup.createdAt) >= now - period * 1000,
  );
  const newest = recent.at(-1);
  if (period === 0 || newest === undefined || recent.length < limit) return null;
  const ends = Math.floor(Date.parse(newest.createdAt) / 1000) + period;
  const detail = `Only ${limit} backups may be generated within a ${period} second span of time.`;
  return new PanelError(429, [{ code: 'TooManyRequestsHttpException', detail }], 'page', {
    'retry-after': String(Math.max(0, Math.floor(ends - now / 1000))),
  });
}

function tooManyBackups(limit: number): PanelError {
  return panelError(
    400,
    'TooManyBackupsException',
    `Cannot create a new backup, this server has reached its limit of ${limit} backups.`,
    'back',
  );
}
