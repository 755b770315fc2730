import { madeBy } from '../../bridge/backups/backup-maker.js';
import type { Backup, BackupList } from '../../bridge/schema/backups.js';
import type { Server } from '../../bridge/schema/domain.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { sentence, spoken } from '../../messages/messages.js';
import type { Actions } from '../actions/actions.js';
import type { ProgramSignals } from '../actions/servers/program-signals.js';
import type { Backups } from '../backups/backups.js';
import type { Copies } from '../backups/copies.js';
import type { PlannedBackups } from '../backup-plans/planned-backups.js';
import type { QuietBackups } from '../backups/quiet-backups.js';
import { stillWanted, type Call } from './call.js';
import type { Consent } from './consent.js';
import { copiesOf } from './copies.js';
import type { RecentEventsDeps } from './recent-events.js';
import { backupNamed } from './named-backups.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';
import { shownName, shownPlace, shownServer } from './shown-server.js';

type BackupAction =
  'backups.create' | 'backups.lock' | 'backups.rename' | 'backups.delete' | 'backups.restore';

export interface RemoteBackupsDeps extends SettledDeps {
  readonly copies: Pick<Copies, 'of'>;
  readonly plans: Pick<PlannedBackups, 'of'>;
  readonly actions: Pick<Actions, BackupAction>;
  readonly backups: Pick<Backups, 'read' | 'whenEnded' | 'byRule'>;
  readonly quiet: Pick<QuietBackups, 'begin' | 'made' | 'over'>;
  readonly consent: Pick<Consent, 'demand'>;
  readonly log: Pick<RecentEventsDeps['log'], 'recent'>;
  readonly programs: Pick<ProgramSignals, 'during'>;
}

export async function listBackups(
  deps: RemoteBackupsDeps,
  { name }: RemoteInput<'backups'>,
): Promise<RemoteOutput<'backups'>> {
  const server = await settledServer(deps, name);
  const list = await deps.backups.read(server.id);
  const clues = { byRule: deps.backups.byRule(server.id, list), events: deps.log.recent };
  return {
    server: shownServer(server, deps),
    ...list,
    backups: list.backups.map((backup) => ({ ...backup, ...madeBy(server.id, backup, clues) })),
    copies: await copiesOf(deps, server.id),
    plan: planOf(deps, server.id),
  };
}

function planOf({ plans }: RemoteBackupsDeps, serverId: string): RemoteOutput<'backups'>['plan'] {
  const plan = plans.of(serverId);
  if (plan === null) return null;
  const { nextAt, quietly, last } = plan;
  const problem = last?.problem ?? null;
  return {
    nextAt,
    quietly,
    last: last === null ? null : { ...last, problem: problem === null ? null : spoken(problem) },
  };
}

/** Begins a backup. A program needs the user's consent. */
export async function createBackup(
  deps: RemoteBackupsDeps,
  { name, label, ignored, locked, quietly }: RemoteInput<'createBackup'>,
  call: Call<'createBackup'>,
): Promise<RemoteOutput<'createBackup'>> {
  const { client, ended } = call;
  const server = await settledServer(deps, name);
  stillWanted(call);
  const wanted = { serverId: server.id, name: label, ignored, locked };
  const create = async (): Promise<Backup> => {
    if (!quietly) return deps.actions['backups.create'](wanted);
    await deps.quiet.begin(wanted);
    return deps.quiet.made(server.id);
  };
  const shown = shownServer(server, deps);
  // Programs may not stop a server or write into its console in this way.
  if (quietly && client.kind === 'program') {
    throw new RemoteError(newFailure('refused', sentence('remote.not-for-programs')));
  }
  if (client.kind === 'person') return { server: shown, backup: await create() };
  const place = shownPlace(server, deps.store.state);
  await deps.consent.demand({ client: client.name, server, ...place, action: { kind: 'backup' }, ended });
  stillWanted(call);
  return { server: shown, backup: await deps.programs.during(client.name, [server.id], create) };
}

/** Locks, unlocks, renames, deletes or restores one backup. Refused for programs. */
export async function changeBackup(
  deps: RemoteBackupsDeps,
  { name, backup: word, ...wanted }: RemoteInput<'changeBackup'>,
  call: Call<'changeBackup'>,
): Promise<RemoteOutput<'changeBackup'>> {
  if (call.client.kind === 'program') {
    throw new RemoteError(newFailure('refused', sentence('remote.not-for-programs')));
  }
  const server = await settledServer(deps, name);
  const backup = backupNamed(word, await deps.backups.read(server.id));
  stillWanted(call);
  const after = await carryOut(deps, server, backup, wanted);
  return { server: shownServer(server, deps), backup: after };
}

type Wanted = Pick<RemoteInput<'changeBackup'>, 'change' | 'isAgreed' | 'confirm'>;

/** The backup after the change, or before its deletion. */
async function carryOut(
  { actions }: RemoteBackupsDeps,
  server: Server,
  backup: Backup,
  { change, isAgreed, confirm }: Wanted,
): Promise<Backup> {
  const of = { serverId: server.id, backup: backup.id };
  const names = { server: shownName(server), backup: backup.name };
  switch (change.kind) {
    case 'lock':
    case 'unlock':
      return actions['backups.lock']({ ...of, locked: change.kind === 'lock' });
    case 'rename':
      return actions['backups.rename']({ ...of, name: change.to });
    case 'delete':
      if (!isAgreed)
        throw new RemoteError(newFailure('needs-yes', sentence('remote.ask-delete-backup', names)));
      await actions['backups.delete'](of);
      return backup;
    case 'restore':
      if (confirm !== shownName(server)) {
        throw new RemoteError(
          change.truncate
            ? newFailure('needs-yes', sentence('remote.ask-restore-truncate', names))
            : newFailure('needs-yes', sentence('remote.ask-restore', names)),
        );
      }
      await actions['backups.restore']({ ...of, truncate: change.truncate });
      return backup;
  }
}

/** Resolves when a backup has ended; without a name, the newest running one, or the newest one if none is running. */
export async function waitForBackup(
  deps: RemoteBackupsDeps,
  { name, backup: word }: RemoteInput<'waitForBackup'>,
  call: Call<'waitForBackup'>,
): Promise<RemoteOutput<'waitForBackup'>> {
  const server = await settledServer(deps, name);
  const list = await deps.backups.read(server.id);
  const backup = word === null ? newest(list) : backupNamed(word, list);
  const shown = shownServer(server, deps);
  const after = backup.state === 'running' ? await endOf(deps, server.id, backup, call.ended) : backup;
  if (after === null) throw new RemoteError(newFailure('failed', sentence('remote.backup-deleted'), null));
  const quiet = await Promise.race([deps.quiet.over(server.id), call.ended.then(() => null)]);
  return { server: shown, backup: after, quiet };
}

/** The backup after its end, or its state once the call has ended; null = the panel no longer has it. */
async function endOf(
  { backups }: RemoteBackupsDeps,
  serverId: string,
  backup: Backup,
  callEnded: Promise<void>,
): Promise<Backup | null> {
  const { ended, stop } = backups.whenEnded(serverId, backup);
  const after = await Promise.race([ended, callEnded.then(() => backup)]);
  stop();
  return after;
}

function newest({ backups }: BackupList): Backup {
  const [first] = backups;
  const running = backups.find(({ state }) => state === 'running') ?? first;
  if (running !== undefined) return running;
  throw new RemoteError(newFailure('no-server', sentence('remote.no-backups'), null));
}
