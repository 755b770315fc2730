/** Applies an order of a test to the simulated panel. */
import type * as z from 'zod';
import type { BackupControlOrder } from './backups/orders.js';
import type { DatabaseControlOrder } from './databases/orders.js';
import type { NodeFileOrder, order, PanelOrder, PeopleOrder, ServerOrder, SocketOrder } from './orders.js';
import type { ScheduleControlOrder } from './schedules/orders.js';
import type { WorldChanges } from './world-changes.js';

export async function applyOrder(changes: WorldChanges, wanted: z.infer<typeof order>): Promise<unknown> {
  switch (wanted.do) {
    case 'happenings':
    case 'node-down':
    case 'node-up':
    case 'node-maintenance':
    case 'panel':
    case 'proxy':
    case 'error':
    case 'wire':
      return applyToPanel(changes, wanted);
    case 'node-sockets':
    case 'node-address':
    case 'close-sockets':
      return applyToSockets(changes, wanted);
    case 'sftp':
    case 'sftp-host-key':
    case 'pull-from-loopback':
    case 'cut-sftp':
      return applyToNodeFiles(changes, wanted);
    case 'backups':
    case 'backup-limit':
    case 'add-backup':
    case 'denied-files':
    case 'disk-limit':
      return applyToBackups(changes, wanted);
    case 'schedule':
    case 'run-schedules':
      return applyToSchedules(changes, wanted);
    case 'database-limit':
    case 'add-database':
      return applyToDatabases(changes, wanted);
    case 'revoke-keys':
    case 'password':
    case 'two-factor':
    case 'add-key':
    case 'keys':
    case 'role':
    case 'use-up':
    case 'use-up-tokens':
    case 'refill':
      return applyToPeople(changes, wanted);
    default:
      return applyToServer(changes, wanted);
  }
}

const queryFaults = ['answers', 'loss', 'delayMs', 'garbage', 'slots', 'hasPassword', 'hides'] as const;

function applyToServer(changes: WorldChanges, wanted: ServerOrder): unknown {
  switch (wanted.do) {
    case 'suspend':
      return changes.suspend(wanted.server);
    case 'unsuspend':
      return changes.unsuspend(wanted.server);
    case 'status':
      return changes.setStatus(wanted.server, wanted.status);
    case 'transferring':
      return changes.setTransferring(wanted.server, wanted.on);
    case 'install':
      return changes.install(wanted.server);
    case 'remove-server':
      return changes.removeServer(wanted.server);
    case 'owner':
      return changes.setOwner(wanted.server, wanted.user);
    case 'permissions':
      return changes.setPermissions(wanted.server, wanted.user, wanted.permissions);
    case 'edit':
      return changes.edit(wanted.server, wanted);
    case 'image':
      return changes.setImage(wanted.server, wanted.image);
    case 'allocations':
      return changes.setAllocations(wanted.server, wanted.allocations, wanted.limit);
    case 'variable':
      return changes.setVariable(wanted.server, wanted.key, given(wanted, ['rules', 'editable', 'viewable']));
    case 'remove-variable':
      return changes.removeVariable(wanted.server, wanted.key);
    case 'fault':
      return changes.setFault(wanted.server, wanted.fault);
    case 'query':
      return changes.games.disturbQueries(wanted.server, given(wanted, queryFaults));
    case 'look':
      return changes.look(wanted.server);
  }
}

const panelFields = [
  'maintenance',
  'twoFactorRequired',
  'databaseDown',
  'cacheDown',
  'debug',
  'silent',
  'descriptionsLocked',
  'longIdentifiers',
  'allocationPorts',
  'backupThrottle',
  'backupLinkSeconds',
  'timeZone',
  'cronRuns',
  'workerRuns',
  'databaseHost',
  'databasesLocked',
  'playerCounter',
] as const;

function applyToPanel(changes: WorldChanges, wanted: PanelOrder): unknown {
  switch (wanted.do) {
    case 'happenings':
      return changes.happenings();
    case 'node-down':
      return changes.takeNodeDown(wanted.node);
    case 'node-up':
      return changes.bringNodeUp(wanted.node);
    case 'node-maintenance':
      return changes.setNodeMaintenance(wanted.node, wanted.on);
    case 'panel':
      return changes.setPanelState(given(wanted, panelFields));
    case 'proxy':
      return wanted.answer ? changes.disturb({ kind: 'proxy', ...wanted.answer }) : changes.calm('proxy');
    case 'error':
      return wanted.error ? changes.disturb({ kind: 'error', ...wanted.error }) : changes.calm('error');
    case 'wire':
      return wanted.wire ? changes.disturb({ kind: 'wire', ...wanted.wire }) : changes.calm('wire');
  }
}

function applyToSockets({ sockets }: WorldChanges, wanted: SocketOrder): unknown {
  switch (wanted.do) {
    case 'node-sockets':
      return sockets.disturb(wanted.node, given(wanted, ['handshake', 'mute']));
    case 'node-address':
      return sockets.setAddress(wanted.node, wanted.base);
    case 'close-sockets':
      return sockets.close(wanted.node, wanted.server ?? null, wanted);
  }
}

const sftpFaults = ['rate', 'cutAt', 'refusesKeys', 'readOnly', 'isSilent', 'isMute'] as const;

function applyToNodeFiles({ nodeFiles }: WorldChanges, wanted: NodeFileOrder): unknown {
  switch (wanted.do) {
    case 'sftp':
      return nodeFiles.disturb(wanted.node, given(wanted, sftpFaults));
    case 'sftp-host-key':
      return nodeFiles.changeHostKey(wanted.node);
    case 'pull-from-loopback':
      return nodeFiles.allowLoopback(wanted.node, wanted.on);
    case 'cut-sftp':
      return nodeFiles.cut(wanted.node, wanted.server ?? null);
  }
}

const backupFaults = [
  'rate',
  'failing',
  'restoreFailing',
  'cutAt',
  'downloadRate',
  'garbled',
  'downloadStatus',
] as const;

function applyToBackups({ backups }: WorldChanges, wanted: BackupControlOrder): unknown {
  switch (wanted.do) {
    case 'backups':
      return backups.disturb(wanted.server, given(wanted, backupFaults));
    case 'backup-limit':
      return backups.setLimit(wanted.server, wanted.limit);
    case 'add-backup':
      return backups.add(wanted.server, wanted);
    case 'denied-files':
      return backups.denyFiles(wanted.server, wanted.patterns);
    case 'disk-limit':
      return backups.setDisk(wanted.server, wanted.mb);
  }
}

function applyToSchedules({ schedules }: WorldChanges, wanted: ScheduleControlOrder): unknown {
  switch (wanted.do) {
    case 'schedule':
      return schedules.disturb(wanted.server, wanted.schedule, given(wanted, ['hung', 'nextRunInMinutes']));
    case 'run-schedules':
      return schedules.runAll();
  }
}

function applyToDatabases({ databases }: WorldChanges, wanted: DatabaseControlOrder): unknown {
  switch (wanted.do) {
    case 'database-limit':
      return databases.setLimit(wanted.server, wanted.limit);
    case 'add-database':
      return databases.add(wanted);
  }
}

function applyToPeople({ people }: WorldChanges, wanted: PeopleOrder): unknown {
  switch (wanted.do) {
    case 'revoke-keys':
      return people.revokeKeys(wanted.user);
    case 'password':
      return people.setPassword(wanted.user, wanted.password);
    case 'two-factor':
      return people.setTwoFactor(wanted.user, wanted.on);
    case 'add-key':
      return people.addKey(wanted.user, wanted);
    case 'keys':
      return people.alterKeys(wanted.user, wanted);
    case 'role':
      return people.setRole(wanted.user, wanted.role);
    case 'use-up':
      return people.useUpCalls(wanted.user, wanted.left);
    case 'use-up-tokens':
      return people.useUpTokens(wanted.server, wanted.left);
    case 'refill':
      return people.refill();
  }
}

/** The sent fields with these names. */
function given<T extends object, K extends keyof T>(
  wanted: T,
  names: readonly K[],
): { [N in K]?: Exclude<T[N], undefined> } {
  const sent = names.flatMap((name) => (wanted[name] === undefined ? [] : [[name, wanted[name]]]));
  return Object.fromEntries(sent) as { [N in K]?: Exclude<T[N], undefined> };
}
