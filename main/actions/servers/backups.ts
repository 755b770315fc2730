import type { Backup } from '../../../bridge/schema/backups.js';
import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { Actor } from '../../../bridge/schema/event-actor.js';
import { PerchError, newProblem, toProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import type { Caller, CallTable } from '../../base/calls.js';
import { SerialQueue } from '../../base/serial-queue.js';
import type { byRule } from '../../base/server-fact.js';
import { asked, carryOut } from '../deps.js';
import { BackupCreation, type BackupDeps } from './create-backup.js';

type OfBackup = Pick<HandlerInput<'backups.delete'>, 'serverId' | 'backup'>;
/** A window, or Perch itself that acts by a rule. Each request says so, because a person may act at the same time. */
type Asker = Caller | typeof byRule;

/** Calls about the backups of servers. */
export function backupCalls(deps: BackupDeps) {
  const creation = new BackupCreation(deps);
  // The panel's call turns a lock over, so two calls at a time could undo each other.
  const locks = new SerialQueue();
  const actorOf = (serverId: string, asker?: Asker): Actor =>
    asker !== undefined && 'rule' in asker ? asker : deps.actorOf(serverId);
  return {
    'backups.create': (input, asker?: Asker) => creation.create(input, actorOf(input.serverId, asker)),
    'backups.lock': (input) => locks.run(() => setLock(deps, input)),
    'backups.rename': (input) => rename(deps, input),
    'backups.delete': (input, asker?: Asker) => deleteBackup(deps, input, actorOf(input.serverId, asker)),
    'backups.restore': (input) => restore(deps, input),
    'backups.refresh': async ({ serverId }) => void (await deps.backups.read(serverId)),
  } satisfies CallTable;
}

/** Looks at the backup first, because the panel's call locks an unlocked backup and unlocks a locked one. */
async function setLock(
  deps: BackupDeps,
  { serverId, backup: id, locked }: HandlerInput<'backups.lock'>,
): Promise<Backup> {
  return asked(deps, serverId, 'backup.delete', async ({ server: { identifier }, watched: { panel } }) => {
    let backup = await panel.backup(identifier, id);
    if (backup.locked !== locked) backup = await panel.toggleBackupLock(identifier, id);
    // Somebody else turned the lock over at the same moment.
    if (backup.locked !== locked) backup = await panel.toggleBackupLock(identifier, id);
    deps.backups.took(serverId, backup);
    return backup;
  });
}

async function rename(
  deps: BackupDeps,
  { serverId, backup: id, name }: HandlerInput<'backups.rename'>,
): Promise<Backup> {
  return asked(deps, serverId, 'backup.delete', async ({ server, watched: { panel } }) => {
    // Only Pelican has the call, and only Pelican keeps the description apart from the name (PROTOCOL 8.2.2).
    if (server.naming.description === 'with-name') throw new PerchError(unnamable);
    const backup = await panel.renameBackup(server.identifier, id, name);
    deps.backups.took(serverId, backup);
    return backup;
  });
}

async function deleteBackup(deps: BackupDeps, { serverId, backup: id }: OfBackup, by: Actor): Promise<void> {
  const { backups } = deps;
  await asked(deps, serverId, 'backup.delete', async ({ server: { identifier }, watched: { panel } }) => {
    const backup = await panel.backup(identifier, id);
    backups.origins.deletes(id, { name: backup.name, by });
    try {
      await panel.deleteBackup(identifier, id);
    } catch (error) {
      if (!(await isGone(error, () => panel.backup(identifier, id)))) {
        backups.origins.keeps(id);
        throw error;
      }
    }
    backups.deleted(serverId, backup);
  }).catch((error: unknown) => {
    if (toProblem(error).code === 'not-found') backups.gone(serverId, id);
    throw error;
  });
}

/** Whether a refused or unanswered deletion left no backup on the panel. */
async function isGone(error: unknown, look: () => Promise<Backup>): Promise<boolean> {
  const { code, maybeDone } = toProblem(error);
  if (code === 'not-found') return true;
  if (maybeDone !== true) return false;
  return look().then(
    () => false,
    (why: unknown) => toProblem(why).code === 'not-found',
  );
}

/**
 * Restores only a good backup: with `truncate`, a panel empties the server's folder before it refuses a failed backup
 * (PROTOCOL 2.16.15).
 */
async function restore(
  deps: BackupDeps,
  { serverId, backup: id, truncate }: HandlerInput<'backups.restore'>,
): Promise<void> {
  const by = deps.actorOf(serverId);
  await carryOut(deps, serverId, 'backup.restore', async ({ server: { identifier }, watched: { panel } }) => {
    const backup = await panel.backup(identifier, id);
    if (backup.state !== 'good') throw new PerchError(unfinished);
    deps.backups.origins.restores(serverId, { backupId: id, name: backup.name, by });
    await panel.restoreBackup(identifier, id, truncate).catch((error: unknown) => {
      if (toProblem(error).maybeDone !== true) deps.backups.origins.takeRestoration(serverId);
      throw error;
    });
  });
}

const unnamable = newProblem('conflict', sentence('actions.backup-unnamable'));
const unfinished = newProblem('conflict', sentence('actions.backup-unfinished'));
