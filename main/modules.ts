/**
 * The modules of main that need no Electron.
 *
 * `app.ts` adds the desktop to them; the lanes in `tests/lanes` use them in plain Node and in a browser.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { placeOf } from '../bridge/alerts/alert-settings.js';
import { backupPolicyOf } from '../bridge/backups/backup-rules.js';
import { AccountBook } from './actions/account-book.js';
import { createActions } from './actions/actions.js';
import type { ActionsDeps } from './actions/deps.js';
import { agreedTrust } from './actions/accounts/agreements.js';
import { manyCalls } from './actions/many/calls.js';
import { Backups } from './backups/backups.js';
import { BegunBackups } from './backups/begun-backups.js';
import { RetentionRunner } from './backups/retention-runner.js';
import { QuietBackups } from './backups/quiet-backups.js';
import { Copies } from './backups/copies.js';
import { NewestBackups } from './backups/newest-backups.js';
import type { CallTable } from './base/calls.js';
import { copied, valueSource, type Sources } from './base/feed-source.js';
import { eventsSource } from './events/events-source.js';
import { fleetSource } from './fleet/fleet-source.js';
import { usageSource } from './fleet/usage/usage-source.js';
import { historyCalls } from './history/calls.js';
import { BulkPower } from './actions/many/bulk-power.js';
import { CopiedKeys } from './actions/copied-keys.js';
import { backupLink, backupToDownload } from './actions/servers/backup-downloads.js';
import { lookAt, turnOf } from './actions/servers/look-first.js';
import { readyForQuiet } from './actions/servers/quiet-checks.js';
import { sendCommand } from './actions/servers/send-command.js';
import { WarnedRestarts, type WarnedRestartsDeps } from './actions/many/warned-restarts.js';
import { exportsOnCall } from './exports/exports-on-call.js';
import { ProgramSignals } from './actions/servers/program-signals.js';
import { ProxyChoice } from './actions/proxy-choice.js';
import { createNotifier, type NotifierDeps } from './alerts/notifier.js';
import type { Network, ProxyPreference } from './base/network-ports.js';
import type { Clock, CopiedText, Keychain, Log, Random } from './base/ports.js';
import { createDisk } from './disk/create-disk.js';
import { KeychainVault } from './disk/vault.js';
import { Fleet } from './fleet/fleet.js';
import { LastKnownState } from './fleet/last-known-state.js';
import { SentSignals, type Sender } from './fleet/process/sent-signals.js';
import { FleetStore } from './fleet/store.js';
import { StateLog } from './fleet/usage/state-log.js';
import { UsageLog } from './fleet/usage/usage-log.js';
import { History } from './history/history.js';
import { ConsoleSource } from './fleet/console/console-source.js';
import { connectPanel } from './panel/connect-panel.js';
import { transferCalls } from './transfers/calls.js';
import { NodeDownloads } from './transfers/node-downloads.js';
import { systemDisk } from './transfers/transfer-disk.js';
import { Transfers } from './transfers/transfers.js';
import { panelsWithoutAccount } from './panel/without-account.js';
import { NodeAddresses } from './wings/node-addresses.js';
import { WingsSession } from './wings/session.js';

export interface ModulesPorts
  extends Pick<NotifierDeps, 'onAlert' | 'onWithdrawn'>, Pick<WarnedRestartsDeps, 'onNotRestarted'> {
  readonly clock: Clock;
  readonly random: Random;
  /** Creates the network. It reads the proxy preference for each connection. */
  readonly network: (wish: ProxyPreference) => Network;
  readonly loadKeychain: () => Promise<Keychain>;
  readonly platform: NodeJS.Platform;
  /** The data folder: settings, accounts (without keys), history of the servers. */
  readonly dataFolder: string;
  readonly copied: CopiedText;
  readonly demo: ActionsDeps['demo'];
  /** The first request to a panel waits for this promise. */
  readonly isTime: () => Promise<void>;
  readonly log: Log;
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
  const shared = { store, clock, random, log };
  const addresses = new NodeAddresses(clock);
  const programs = new ProgramSignals();
  const sent: SentSignals = new SentSignals(
    clock,
    () => store.state,
    (serverId): Sender => {
      const program = programs.of(serverId);
      return { bulk: bulk.isSending(serverId), ...(program === undefined ? {} : { program }) };
    },
  );
  const fleet = new Fleet({
    ...shared,
    sent,
    connectPanel: (record) => {
      const label = (): string => book.find(record.id)?.label ?? record.label;
      const trust = trustOf(record.id, new URL(record.panelUrl).host);
      return connectPanel(record, { label, trust, network, vault, isTime: ports.isTime(), clock, log });
    },
    openSession: (panel, server, tell) =>
      new WingsSession({
        serverUuid: server.uuid,
        origin: panel.origin,
        ticket: () => panel.socketTicket(server.identifier),
        allowsUnencrypted: () => book.find(server.accountId)?.unencryptedSince !== undefined,
        openSocket: network.sockets((host) => trustOf(server.accountId, host)),
        ...shared,
        addresses,
        tell,
      }),
  });
  const book = new AccountBook(disk.records);
  const trustOf = agreedTrust({ book, log });
  const nodeDownloads = new NodeDownloads({
    link: (source) => backupLink({ store, fleet }, source),
    downloads: (trust) => network.downloads(trust),
    trustOf,
    mayBeUnencrypted: (accountId) => book.find(accountId)?.unencryptedSince !== undefined,
  });
  const transfers = new Transfers({
    clock,
    random,
    log,
    kept: disk.transfers,
    disk: systemDisk,
    download: (source, signal) => nodeDownloads.download(source, signal),
    limit: () => settings.current.transferLimit,
    newId: randomUUID,
  });
  book.listen((record) => {
    fleet.recordChanged(record);
    nodeDownloads.recheck();
  });
  const copiedKeys = new CopiedKeys({ clock, copied: ports.copied });
  const backups = new Backups({ store, fleet, facts: fleet.facts, clock });
  const begunBackups = new BegunBackups({ ...shared, fleet, facts: fleet.facts, backups, memory });
  const copies = new Copies({
    ...shared,
    settings,
    facts: fleet.facts,
    backups,
    transfers,
    offer: (serverId, backup) => backupToDownload({ store, fleet }, serverId, backup),
  });
  const newestBackups = new NewestBackups({
    ...shared,
    fleet,
    facts: fleet.facts,
    goodDays: ({ id: serverId, accountId }) => {
      const place = placeOf(settings.current, { serverId, accountId });
      return backupPolicyOf(settings.current.backupRules, place).goodDays;
    },
  });
  const actions = createActions({
    ...shared,
    fleet,
    book,
    vault,
    network,
    copiedKeys,
    backups,
    actorOf: (serverId) => {
      if (retention.isActing(serverId)) return { kind: 'me', bulk: false, rule: true };
      const program = programs.of(serverId);
      return { kind: 'me', bulk: bulk.isSending(serverId), ...(program === undefined ? {} : { program }) };
    },
    demo: ports.demo,
    histories: disk.histories,
    accountRemoved: async (accountId) => {
      transfers.accountGone(accountId);
      await disk.forgetServersOf(accountId);
    },
    ...panelsWithoutAccount({ network, clock, log }),
    newId: randomUUID,
  });
  const retention: RetentionRunner = new RetentionRunner({
    ...shared,
    facts: fleet.facts,
    settings,
    memory,
    read: (serverId) => backups.read(serverId),
    remove: (serverId, backup) => actions['backups.delete']({ serverId, backup }),
    create: (serverId, name) => actions['backups.create']({ serverId, name, ignored: [], locked: false }),
  });
  const bulk = new BulkPower({
    ...shared,
    settings,
    memory,
    look: (serverId) => lookAt({ store, fleet }, serverId),
    turn: (serverId) => turnOf({ store, fleet }, serverId),
    sendPower: (serverId, signal) => actions['power.send']({ serverId, signal }),
    backUp: async (serverId) => {
      const backup = await actions['backups.create']({ serverId, name: '', ignored: [], locked: false });
      return backups.whenEnded(serverId, backup);
    },
    newId: randomUUID,
  });

  // `again`: send the next warning even if the last one may have arrived. These commands stay out of the command
  // history because the user did not type them.
  const sendOwnCommand = (serverId: string, command: string): Promise<unknown> =>
    sendCommand({ store, fleet, histories: { add: () => undefined } }, { serverId, command, again: true });
  const warned = new WarnedRestarts({
    ...shared,
    sendCommand: sendOwnCommand,
    look: (serverId) => lookAt({ store, fleet }, serverId),
    commandsLostAt: (serverId) => fleet.server(serverId)?.orders.commands.lostAt ?? -Infinity,
    restart: (serverId) => actions['power.send']({ serverId, signal: 'restart' }),
    onNotRestarted: ports.onNotRestarted,
  });

  const quiet = new QuietBackups({
    ...shared,
    consoles: fleet.consoles,
    facts: fleet.facts,
    kept: disk.quiet,
    settings,
    backups,
    prepare: (serverId, meansOf) => readyForQuiet({ store, fleet, backups }, serverId, meansOf),
    sendCommand: sendOwnCommand,
    sendPower: (serverId, signal) => actions['power.send']({ serverId, signal }),
    create: (wanted) => actions['backups.create']({ ...wanted, ignored: [...wanted.ignored] }),
  });

  const history = new History({
    ...shared,
    folder: join(dataFolder, 'history'),
    keeps: (serverId) => {
      const account = store.state.accounts.get(store.state.servers.get(serverId)?.accountId ?? '');
      return account?.isDemo === false;
    },
    setAside: ({ why, file }) => notices.setAside({ content: 'history', why, file }),
    damaged: (events) => notices.historyDamaged(events),
    troubled: (isSo) => notices.historyTroubled(isSo),
  });
  const usageLog = new UsageLog({ store, clock, memory: history });
  const stateLog = new StateLog({ store, memory: history });
  const lastKnownState = new LastKnownState({ store, clock, lastKnown: disk.lastKnown });
  const notifier = createNotifier({
    store,
    facts: fleet.facts,
    memory: history,
    activityOf: (serverId) => fleet.activityOf(serverId),
    backups,
    pastCrashes: fleet.pastCrashes,
    clock,
    settings,
    sent,
    run: randomUUID().slice(0, 4),
    onAlert: ports.onAlert,
    onWithdrawn: ports.onWithdrawn,
  });
  const consoles = new ConsoleSource(fleet.consoles);
  const exports = exportsOnCall({ settings, book, fleet, newId: randomUUID });

  const calls = {
    ...actions,
    ...manyCalls({ bulk, warned }),
    ...disk.calls,
    ...transferCalls(transfers),
    'backups.quietly': (wanted) => quiet.begin(wanted),
    'backups.bringBack': ({ serverId }) => quiet.bringBack(serverId),
    ...historyCalls({ past: history, accountOf: (id) => store.state.servers.get(id)?.accountId }),
    'exports.apply': () => exports.apply(),
    'console.acknowledge': ({ serverId, cost }, { webContentsId }) =>
      consoles.acknowledge(webContentsId, serverId, cost),
    'network.setProxy': (wanted) => proxy.set(wanted),
  } satisfies CallTable;
  const sources = {
    ...disk.sources,
    fleet: fleetSource(store, clock),
    console: consoles.source,
    usage: usageSource(usageLog),
    backups: backups.source,
    bulk: valueSource(bulk),
    warned: valueSource(copied(warned)),
    quiet: valueSource(copied(quiet)),
    transfers: valueSource(copied(transfers)),
    events: eventsSource({ clock, log: notifier.log }),
  } satisfies Partial<Sources>;

  async function stop(): Promise<void> {
    bulk.stop();
    copies.stop();
    await transfers.stop();
    await warned.stop();
    retention.stop();
    await quiet.stop();
    begunBackups.stop();
    backups.stop();
    newestBackups.stop();
    notifier.stop();
    stateLog.stop();
    // The history writes its pending entries here.
    await history.stop();
    usageLog.stop();
    await lastKnownState.stop();
    await fleet.stop();
    await disk.histories.stop();
  }

  return {
    network,
    proxy,
    notices,
    settings,
    memory,
    vault,
    store,
    fleet,
    book,
    copiedKeys,
    actions,
    backups,
    retention,
    begunBackups,
    copies,
    newestBackups,
    bulk,
    programs,
    warned,
    history,
    usageLog,
    stateLog,
    lastKnownState,
    notifier,
    quiet,
    transfers,
    /** What a transfer of a backup needs to know. */
    backupToDownload: (serverId: string, backup: string) =>
      backupToDownload({ store, fleet }, serverId, backup),
    consoles,
    exports,
    calls,
    sources,
    stop,
  };
}
