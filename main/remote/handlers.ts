import type { View } from '../../bridge/schema/view.js';
import type { RemoteInput } from '../../bridge/schema/remote.js';
import { viewAccounts, type RemoteAccountDeps } from './account.js';
import { listActivity, type RemoteActivityDeps } from './activity.js';
import { changeBackup, createBackup, listBackups, waitForBackup, type RemoteBackupsDeps } from './backups.js';
import type { RemoteHandlers } from './call.js';
import { copiedFiles, copyBackups, type RemoteCopiesDeps } from './copies.js';
import { backUpFiles, type RemoteFileBackupsDeps } from './file-backups.js';
import { checks, type ChecksDeps } from './doctor.js';
import { downloadBackup, getFile } from './download.js';
import { fleetActivity, type RemoteFleetActivityDeps } from './fleet-activity.js';
import { fleetPeople, type RemoteFleetPeopleDeps } from './fleet-people.js';
import { changePeople, type ChangePeopleDeps } from './change-people.js';
import { changeNetwork, type ChangeNetworkDeps } from './change-network.js';
import { listNetwork, type RemoteNetworkDeps } from './network.js';
import { changeDatabase, listDatabases, type RemoteDatabasesDeps } from './databases.js';
import { fileEditing, type EditDeps } from './edit.js';
import { deleteFile, findFiles, listFolder, type RemoteFilesDeps } from './files.js';
import { recentEvents, type RecentEventsDeps } from './recent-events.js';
import { listing, serverStatus } from './list.js';
import { consoleReads, logsReader, type LogsDeps } from './logs.js';
import { settledServer } from './named-servers.js';
import { history, startup, type PastDeps } from './past.js';
import { broadcast, type RemoteBroadcastDeps } from './broadcast.js';
import { listPeople, type RemotePeopleDeps } from './people.js';
import { actOnPlayer, playersOn, type RemotePlayersDeps } from './players.js';
import { sendSignals, type PowerDeps } from './power.js';
import { listRules, runsOfRule, type RemoteRulesDeps } from './rules.js';
import { listSchedules, type RemoteSchedulesDeps } from './schedules.js';
import { sendCommandLine, type SendDeps } from './send.js';
import type { SettledDeps } from './settled.js';
import { putFile, type UploadDeps } from './upload.js';
import { logSharing, type ShareDeps } from './share.js';
import { listTransfers } from './transfers.js';

export type HandlersDeps = PowerDeps &
  SendDeps &
  LogsDeps &
  ShareDeps &
  RecentEventsDeps &
  PastDeps &
  RemotePlayersDeps &
  RemoteBroadcastDeps &
  RemoteRulesDeps &
  RemoteBackupsDeps &
  RemoteDatabasesDeps &
  RemotePeopleDeps &
  RemoteFleetPeopleDeps &
  ChangePeopleDeps &
  RemoteNetworkDeps &
  RemoteSchedulesDeps &
  ChangeNetworkDeps &
  RemoteAccountDeps &
  RemoteActivityDeps &
  RemoteFleetActivityDeps &
  ChecksDeps &
  RemoteCopiesDeps &
  RemoteFileBackupsDeps &
  RemoteFilesDeps &
  EditDeps &
  UploadDeps & {
    /** Opens a view in the main window; null = keep the current view. */
    readonly openView: (view: View | null) => void;
  };

/** Builds the handlers of all verbs. */
export function createRemoteHandlers(deps: HandlersDeps): RemoteHandlers {
  const open = consoleReads(deps);
  return {
    list: () => listing(deps),
    status: (input, call) => serverStatus(deps, input, call),
    power: (input, call) => sendSignals(deps, input, call),
    send: (input, call) => sendCommandLine(deps, input, call),
    logs: logsReader(deps, open),
    ...logSharing(deps, open),
    events: (input, call) => recentEvents(deps, input, call),
    history: (input) => history(deps, input),
    startup: (input) => startup(deps, input),
    downloadBackup: (input, call) => downloadBackup(deps, input, call),
    getFile: (input, call) => getFile(deps, input, call),
    putFile: (input, call) => putFile(deps, input, call),
    players: (input) => playersOn(deps, input),
    actOnPlayer: (input, call) => actOnPlayer(deps, input, call),
    broadcast: (input, call) => broadcast(deps, input, call),
    rules: (_input, call) => listRules(deps, call),
    ruleRuns: (input, call) => runsOfRule(deps, input, call),
    transfers: () => Promise.resolve(listTransfers(deps)),
    backups: (input) => listBackups(deps, input),
    copiedFiles: (input, call) => copiedFiles(deps, input, call),
    copyBackups: (input, call) => copyBackups(deps, input, call),
    backUpFiles: (input, call) => backUpFiles(deps, input, call),
    createBackup: (input, call) => createBackup(deps, input, call),
    waitForBackup: (input, call) => waitForBackup(deps, input, call),
    changeBackup: (input, call) => changeBackup(deps, input, call),
    schedules: (input, call) => listSchedules(deps, input, call),
    network: (input, call) => listNetwork(deps, input, call),
    changeNetwork: (input, call) => changeNetwork(deps, input, call),
    databases: (input) => listDatabases(deps, input),
    changeDatabase: (input, call) => changeDatabase(deps, input, call),
    people: (input, call) => listPeople(deps, input, call),
    fleetPeople: (input, call) => fleetPeople(deps, input, call),
    changePeople: (input, call) => changePeople(deps, input, call),
    account: (input, call) => viewAccounts(deps, input, call),
    activity: (input, call) => listActivity(deps, input, call),
    fleetActivity: (input, call) => fleetActivity(deps, input, call),
    ...fileEditing(deps),
    files: (input) => listFolder(deps, input),
    findFiles: (input, call) => findFiles(deps, input, call),
    deleteFile: (input, call) => deleteFile(deps, input, call),
    open: async (input) => {
      deps.openView(await viewOf(deps, input));
      return {};
    },
    doctor: async () => ({ steps: await checks(deps) }),
  };
}

async function viewOf(deps: SettledDeps, { name, tab }: RemoteInput<'open'>): Promise<View | null> {
  return name === null ? null : { kind: 'server', serverId: (await settledServer(deps, name)).id, tab };
}
