/**
 * The modules of main that need no Electron.
 *
 * `app.ts` adds the desktop to them; the lanes in `tests/lanes` use them in plain Node and in a browser. Groups of
 * modules about one subject are built in `modules/`.
 */
import type { Actions } from './actions/actions.js';
import { CopiedKeys } from './actions/copied-keys.js';
import type { ActionsDeps } from './actions/deps.js';
import { databaseOf, databaseWithPassword } from './actions/servers/databases.js';
import { ProgramSignals } from './actions/servers/program-signals.js';
import { sendCommand } from './actions/servers/send-command.js';
import type { NotifierDeps } from './alerts/notifier.js';
import type { CallTable } from './base/calls.js';
import type { Sources } from './base/feed-source.js';
import type { CopiedText, Random } from './base/ports.js';
import { createDisk } from './disk/create-disk.js';
import type { Sender } from './fleet/process/sent-signals.js';
import { FleetStore } from './fleet/store.js';
import { actionModules } from './modules/action-modules.js';
import { backupModules } from './modules/backup-modules.js';
import { channelModules } from './modules/channel-modules.js';
import { exportModules } from './modules/export-modules.js';
import { fleetModules, type FleetModules } from './modules/fleet-modules.js';
import { historyModules } from './modules/history-modules.js';
import { listModules } from './modules/list-modules.js';
import { modulesLifecycle } from './modules/lifecycle.js';
import { manyModules, type ManyModulesDeps } from './modules/many-modules.js';
import { networkModules, type NetworkPorts } from './modules/network-modules.js';
import { playerModules } from './modules/player-modules.js';
import { ruleModules } from './modules/rule-modules.js';
import { senderNow } from './modules/sender.js';
import { serverFileModules } from './modules/server-file-modules.js';
import type { Shared } from './modules/shared.js';

export interface ModulesPorts
  extends
    NetworkPorts,
    Pick<NotifierDeps, 'onAlert' | 'onWithdrawn'>,
    Pick<ManyModulesDeps, 'onNotRestarted'> {
  readonly random: Random;
  /** The data folder: settings, accounts (without keys), history of the servers. */
  readonly dataFolder: string;
  readonly copied: CopiedText;
  readonly demo: ActionsDeps['demo'];
  /** The first request to a panel waits for this promise. */
  readonly isTime: () => Promise<void>;
  /** Path of the script that writes large files in a thread; missing = no thread, for sources that are not built. */
  readonly writeThread?: string;
}

export type Modules = ReturnType<typeof createModules>;

/** Builds the modules. No module reads a file or sends a request before its `start`. */
export function createModules(ports: ModulesPorts) {
  const { clock, random, dataFolder, log } = ports;
  const disk = createDisk({ dataFolder, clock, log });
  const { notices, settings, memory } = disk;
  const aboutNetwork = networkModules({
    ...ports,
    disk,
    keychainChanged: () => {
      fleet.onKeychain();
      aboutChannels.channels.hurry();
    },
    rerouted: () => {
      fleet.onOnline();
      aboutChannels.channels.hurry();
      aboutPlayers.networkChanged();
    },
  });
  const { vault, proxy, network, wire } = aboutNetwork;

  const store = new FleetStore();
  const shared: Shared = { store, clock, random, log, disk };
  const programs = new ProgramSignals();
  const senderOf = (serverId: string): Sender =>
    senderNow(serverId, {
      programs,
      bulk,
      rules: aboutRules.rules,
      whenEmpty: aboutPlayers.whenEmpty,
    });
  const aboutFleet: FleetModules = fleetModules({
    ...shared,
    network,
    vault,
    isTime: ports.isTime,
    senderOf,
  });
  const { fleet } = aboutFleet;
  const aboutFiles = serverFileModules({ ...ports, ...shared, ...aboutFleet, network, vault });
  const copiedKeys = new CopiedKeys({ clock, copied: ports.copied });

  // `again`: send the next command even if the last one may have arrived. These commands stay out of the command
  // history because the user did not type them.
  const sendOwnCommand = (serverId: string, command: string): Promise<unknown> =>
    sendCommand({ store, fleet, histories: { add: () => undefined } }, { serverId, command, again: true });
  const aboutBackups = backupModules({
    ...shared,
    ...aboutFiles,
    fleet,
    actions: () => actions,
    events: () => notifier.log.recent,
    ruleDriver: () => rules.driver,
    sendOwnCommand,
  });
  const { backups } = aboutBackups;
  const aboutLists = listModules({ ...shared, fleet });
  const { fleetSchedules, fleetPeople, fleetActivity } = aboutLists;
  const actions: Actions = actionModules({
    ...ports,
    ...shared,
    ...aboutFleet,
    fleetSchedules,
    fleetPeople,
    ...aboutFiles,
    network,
    vault,
    copiedKeys,
    copyText: (text) => ports.copied.write(text),
    backups,
    sftpKeys: aboutFiles.sftp.keys,
    senderOf,
  });
  const aboutMany = manyModules({
    ...shared,
    fleet,
    actions,
    fleetSchedules,
    fleetPeople,
    backUp: aboutBackups.backUpWhole,
    tellPlayers: (serverId, text) => aboutPlayers.broadcasts.send({ serverId, text }),
    sendOwnCommand,
    onNotRestarted: ports.onNotRestarted,
  });
  const { bulk, warned } = aboutMany;

  const aboutChannels = channelModules({
    ...ports,
    ...shared,
    network,
    vault,
    deliveryNotes: () => aboutPast.deliveryNotes,
  });
  const { onAlert, onWithdrawn } = aboutChannels;
  const aboutPast = historyModules({ ...shared, ...aboutFleet, backups, dataFolder, onAlert, onWithdrawn });
  const { history, notifier } = aboutPast;
  const aboutPlayers = playerModules({
    ...ports,
    ...shared,
    ...aboutBackups,
    ...aboutMany,
    fleet,
    wire,
    history,
    actions,
    sendOwnCommand,
    engine: {
      take: (ruleId, fact): void => aboutRules.engine.take(ruleId, fact),
      isBusy: (serverId, exceptRule): boolean => aboutRules.engine.isBusy(serverId, exceptRule),
      ranSince: (serverId): number | null => aboutRules.engine.ranSince(serverId),
    },
  });
  const aboutRules = ruleModules({
    ...shared,
    ...aboutBackups,
    fleet,
    actions,
    history,
    events: notifier.log,
    isProven: (server) => aboutPlayers.isProven(server),
    sendOwnCommand,
    warn: (serverId, text) => aboutPlayers.broadcasts.send({ serverId, text }),
    askPlayers: aboutPlayers.askPlayers,
    warned,
    sources: [aboutPlayers.whenEmpty.rules, aboutBackups.plans.rules],
  });
  const { rules } = aboutRules;
  const aboutExports = exportModules({ ...shared, ...aboutFleet, ruleBook: rules.book });

  const calls = {
    ...actions,
    ...aboutNetwork.calls,
    ...aboutFleet.calls,
    ...aboutMany.calls,
    ...aboutPlayers.calls,
    ...disk.calls,
    ...aboutBackups.calls,
    ...aboutChannels.calls,
    ...aboutRules.calls,
    ...aboutFiles.calls,
    ...aboutLists.calls,
    ...aboutPast.calls,
    ...aboutExports.calls,
  } satisfies CallTable;
  const sources = {
    ...disk.sources,
    ...aboutFleet.sources,
    ...aboutMany.sources,
    ...aboutBackups.sources,
    ...aboutChannels.sources,
    ...aboutRules.sources,
    ...aboutFiles.sources,
    ...aboutLists.sources,
    ...aboutPlayers.sources,
    ...aboutPast.sources,
  } satisfies Partial<Sources>;

  const lifecycle = modulesLifecycle({
    network: aboutNetwork,
    fleet,
    disk,
    backups: aboutBackups,
    files: aboutFiles,
    lists: aboutLists,
    many: aboutMany,
    channels: aboutChannels,
    past: aboutPast,
    players: aboutPlayers,
    rules: aboutRules,
  });

  return {
    ...aboutFleet,
    ...aboutBackups,
    ...aboutPast,
    playersOf: aboutPlayers.playersOf,
    ...aboutFiles,
    ...aboutMany,
    fleetPeople,
    fleetActivity,
    network,
    proxy,
    notices,
    settings,
    memory,
    vault,
    store,
    copiedKeys,
    actions,
    databases: {
      withPassword: (serverId: string, id: string) => databaseWithPassword({ store, fleet }, serverId, id),
      alone: (serverId: string, id: string) => databaseOf({ store, fleet }, serverId, id),
    },
    programs,
    playerActs: aboutPlayers.playerActs,
    broadcasts: aboutPlayers.broadcasts,
    rules,
    exports: aboutExports.exports,
    calls,
    sources,
    ...lifecycle,
  };
}
