/**
 * The modules of main that need no Electron.
 *
 * `app.ts` adds the desktop to them; the lanes in `tests/lanes` use them in plain Node and in a browser. Groups of
 * modules about one subject are built in `modules/`.
 */
import { randomUUID } from 'node:crypto';
import { createActions, type Actions } from './actions/actions.js';
import { CopiedKeys } from './actions/copied-keys.js';
import type { ActionsDeps } from './actions/deps.js';
import { BulkPower } from './actions/many/bulk-power.js';
import { manyCalls } from './actions/many/calls.js';
import { WarnedRestarts, type WarnedRestartsDeps } from './actions/many/warned-restarts.js';
import { playerCalls } from './actions/players/calls.js';
import { PlayerActs } from './actions/players/player-acts.js';
import { ProxyChoice } from './actions/proxy-choice.js';
import { crashReportPanel } from './actions/servers/crash-report-panel.js';
import { lookAt, turnOf } from './actions/servers/look-first.js';
import { ProgramSignals } from './actions/servers/program-signals.js';
import { sendCommand } from './actions/servers/send-command.js';
import type { NotifierDeps } from './alerts/notifier.js';
import type { CallTable } from './base/calls.js';
import { copied, valueSource, type Sources } from './base/feed-source.js';
import type { Network, ProxyPreference } from './base/network-ports.js';
import type { QueryWire } from './base/query-ports.js';
import type { Clock, CopiedText, Keychain, Log, Random } from './base/ports.js';
import { CrashReports } from './crash-reports/crash-reports.js';
import { createDisk } from './disk/create-disk.js';
import { KeychainVault } from './disk/vault.js';
import { eventsSource } from './events/events-source.js';
import { exportsOnCall } from './exports/exports-on-call.js';
import { ConsoleSource } from './fleet/console/console-source.js';
import { fleetSource } from './fleet/fleet-source.js';
import type { Sender } from './fleet/process/sent-signals.js';
import { FleetStore } from './fleet/store.js';
import { usageSource } from './fleet/usage/usage-source.js';
import { historyCalls } from './history/calls.js';
import { backupModules } from './modules/backup-modules.js';
import { fileModules } from './modules/file-modules.js';
import { fleetModules, type FleetModules } from './modules/fleet-modules.js';
import { historyModules } from './modules/history-modules.js';
import { playerModules } from './modules/player-modules.js';
import { revisionModules } from './modules/revision-modules.js';
import type { Shared } from './modules/shared.js';
import { sftpModules } from './modules/sftp-modules.js';
import { transferModules } from './modules/transfer-modules.js';
import { panelsWithoutAccount } from './panel/without-account.js';
import { sharingCalls } from './sharing/calls.js';
import { Sharing } from './sharing/sharing.js';
import { transferCalls } from './transfers/calls.js';

export interface ModulesPorts
  extends Pick<NotifierDeps, 'onAlert' | 'onWithdrawn'>, Pick<WarnedRestartsDeps, 'onNotRestarted'> {
  readonly clock: Clock;
  readonly random: Random;
  /** Creates the network. It reads the proxy preference for each connection. */
  readonly network: (wish: ProxyPreference) => Network;
  /** Creates the network for questions to games. It reads the proxy preference for each question. */
  readonly queryWire: (wish: ProxyPreference) => QueryWire;
  readonly loadKeychain: () => Promise<Keychain>;
  readonly platform: NodeJS.Platform;
  /** The data folder: settings, accounts (without keys), history of the servers. */
  readonly dataFolder: string;
  readonly copied: CopiedText;
  readonly demo: ActionsDeps['demo'];
  /** The first request to a panel waits for this promise. */
  readonly isTime: () => Promise<void>;
  readonly log: Log;
  /** Path of the script that writes large files in a thread; missing = no thread, for sources that are not built. */
  readonly writeThread?: string;
}

export type Modules = ReturnType<typeof createModules>;

/** Builds the modules. No module reads a file or sends a request before its `start`. */
export function createModules(ports: ModulesPorts) {
  const { clock, random, dataFolder, log } = ports;
  const disk = createDisk({ dataFolder, clock, log });
  const { notices, settings, memory } = disk;
  const vault = new KeychainVault({ ...ports, changed: () => fleet.onKeychain() });
  const otherWay = (): void => {
    network.rerouted();
    fleet.onOnline();
  };
  const proxy = new ProxyChoice({ settings, vault, log, changed: otherWay });
  const network = ports.network(proxy);

  const store = new FleetStore();
  const shared: Shared = { store, clock, random, log, disk };
  const programs = new ProgramSignals();
  const senderOf = (serverId: string): Sender => {
    const program = programs.of(serverId);
    return { bulk: bulk.isSending(serverId), ...(program === undefined ? {} : { program }) };
  };
  const aboutFleet: FleetModules = fleetModules({
    ...shared,
    network,
    vault,
    isTime: ports.isTime,
    senderOf,
  });
  const { fleet, book } = aboutFleet;
  const aboutSftp = sftpModules({ ...shared, ...aboutFleet, network, vault });
  const { sftp } = aboutSftp;
  const aboutTransfers = transferModules({
    ...shared,
    ...aboutFleet,
    network,
    sftp: sftp.door,
    platform: ports.platform,
    writeThread: ports.writeThread ?? null,
  });
  const { transfers, uploads, backupToDownload, fileToDownload } = aboutTransfers;
  const copiedKeys = new CopiedKeys({ clock, copied: ports.copied });

  // `again`: send the next command even if the last one may have arrived. These commands stay out of the command
  // history because the user did not type them.
  const sendOwnCommand = (serverId: string, command: string): Promise<unknown> =>
    sendCommand({ store, fleet, histories: { add: () => undefined } }, { serverId, command, again: true });
  const aboutBackups = backupModules({
    ...shared,
    ...aboutTransfers,
    fleet,
    actions: () => actions,
    events: () => notifier.log.recent,
    sendOwnCommand,
  });
  const { backups } = aboutBackups;
  const isKnown = (serverId: string): boolean =>
    store.state.accounts.has(serverId.slice(0, serverId.indexOf('/')));
  const aboutFiles = fileModules({ ...shared, ...aboutTransfers, fleet, isKnown });
  const aboutRevisions = revisionModules({ ...shared, ...aboutFiles, fleet, dataFolder, isKnown });
  const { leftDrafts, ownEditor } = aboutFiles;
  const { revisions, configurationWatch } = aboutRevisions;
  const actions: Actions = createActions({
    ...shared,
    fleet,
    book,
    vault,
    network,
    copiedKeys,
    backups,
    actorOf: (serverId) => ({ kind: 'me', ...senderOf(serverId) }),
    demo: ports.demo,
    sftpKeys: sftp.keys,
    histories: disk.histories,
    startupSet: (serverId) => aboutRevisions.startChanges.forget(serverId),
    accountRemoved: async (accountId) => {
      transfers.accountGone(accountId);
      leftDrafts.forgetAccount(accountId);
      await Promise.all([
        disk.forgetServersOf(accountId),
        revisions.forgetAccount(accountId),
        ownEditor.forgetAccount(accountId),
      ]);
    },
    ...panelsWithoutAccount({ network, clock, log }),
    newId: randomUUID,
  });
  const look = (serverId: string): ReturnType<typeof lookAt> => lookAt({ store, fleet }, serverId);
  const bulk = new BulkPower({
    ...shared,
    settings,
    memory,
    look,
    turn: (serverId) => turnOf({ store, fleet }, serverId),
    sendPower: (serverId, signal) => actions['power.send']({ serverId, signal }),
    backUp: aboutBackups.backUpWhole,
    newId: randomUUID,
  });
  const warned = new WarnedRestarts({
    ...shared,
    sendCommand: sendOwnCommand,
    look,
    commandsLostAt: (serverId) => fleet.server(serverId)?.orders.commands.lostAt ?? -Infinity,
    restart: (serverId) => actions['power.send']({ serverId, signal: 'restart' }),
    onNotRestarted: ports.onNotRestarted,
  });

  const playerActs = new PlayerActs({
    ...shared,
    fleet,
    consoles: fleet.consoles,
    settings,
    facts: fleet.facts,
    sendCommand: sendOwnCommand,
  });

  const crashReports = new CrashReports({
    ...shared,
    fleet,
    panelOf: (serverId) => crashReportPanel({ store, fleet }, serverId),
    tailOf: aboutTransfers.tailOf,
  });

  const aboutPlayers = playerModules({ ...shared, fleet, wire: ports.queryWire(proxy) });
  const aboutPast = historyModules({ ...ports, ...shared, ...aboutFleet, backups });
  const { history, usageLog, notifier } = aboutPast;
  const consoles = new ConsoleSource(fleet.consoles);
  const exports = exportsOnCall({ settings, book, fleet, newId: randomUUID });

  const sharing = new Sharing({
    ...shared,
    network,
    vault,
    settings,
    memory,
    nameOf: (serverId) => store.state.servers.get(serverId)?.name,
    newId: randomUUID,
  });

  const calls = {
    ...actions,
    ...manyCalls({ bulk, warned }),
    ...playerCalls({ store, fleet }, playerActs),
    ...disk.calls,
    ...transferCalls(transfers),
    ...aboutSftp.calls,
    ...aboutPlayers.calls,
    ...sharingCalls(sharing),
    ...aboutBackups.calls,
    ...aboutFiles.calls,
    ...aboutRevisions.calls,
    ...historyCalls({ clock, past: history, accountOf: (id) => store.state.servers.get(id)?.accountId }),
    'crashReport.open': ({ serverId }) => crashReports.open(serverId),
    'exports.apply': () => exports.apply(),
    'console.acknowledge': ({ serverId, cost }, { webContentsId }) =>
      consoles.acknowledge(webContentsId, serverId, cost),
    'network.setProxy': (wanted) => proxy.set(wanted),
  } satisfies CallTable;
  const sources = {
    ...disk.sources,
    ...aboutBackups.sources,
    ...aboutFiles.sources,
    ...aboutRevisions.sources,
    ...aboutPlayers.sources,
    fleet: fleetSource(store, clock),
    console: consoles.source,
    usage: usageSource(usageLog),
    bulk: valueSource(bulk),
    warned: valueSource(copied(warned)),
    transfers: valueSource(copied(transfers)),
    events: eventsSource({ clock, log: notifier.log }),
  } satisfies Partial<Sources>;

  async function stop(): Promise<void> {
    bulk.stop();
    crashReports.stop();
    ownEditor.stop();
    // Each waits a moment for nodes and panels, so they wait together. Copies end first, so that they do not see
    // transfers that end with Perch.
    const ends = [aboutBackups.stop(), transfers.stop(), warned.stop()];
    // Else a node that does not answer would hold the transfers.
    sftp.connections.stop();
    await Promise.all(ends);
    await aboutPlayers.stop();
    await aboutPast.stop();
    await aboutRevisions.stop();
    await fleet.stop();
    await disk.histories.stop();
  }

  return {
    ...aboutFleet,
    ...aboutBackups,
    ...aboutPast,
    playerQueries: aboutPlayers.queries,
    playersOf: aboutPlayers.playersOf,
    files: aboutFiles.files,
    leftDrafts,
    ownEditor,
    network,
    proxy,
    notices,
    settings,
    memory,
    vault,
    store,
    copiedKeys,
    actions,
    bulk,
    programs,
    warned,
    transfers,
    uploads,
    backupToDownload,
    fileToDownload,
    consoles,
    crashReports,
    revisions,
    configurationWatch,
    exports,
    sharing,
    calls,
    sources,
    stop,
  };
}
