/** The composition root: every object is built here, by constructor; started in order, stopped in reverse. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, dialog, ipcMain, nativeTheme, net, powerMonitor, protocol, session } from 'electron';
import { invokeChannel } from '../bridge/contract.js';
import type { Settings } from '../bridge/domain.js';
import { say, speak } from '../words/words.js';
import { AccountRecordsFile } from './disk/account-records.js';
import { AccountBook } from './actions/account-book.js';
import { Agreements } from './actions/agreements.js';
import { createActions } from './actions/actions.js';
import { BulkPower } from './actions/bulk-power.js';
import { countUnseen } from './alerts/unseen-count.js';
import { createTelling } from './alerts/telling.js';
import { CommandHistoriesFile } from './disk/command-histories.js';
import { Fleet } from './fleet/fleet.js';
import { Remembrance } from './fleet/remembrance.js';
import { FleetStore } from './fleet/store.js';
import { UsageLog } from './fleet/usage/usage-log.js';
import { StateLog } from './fleet/usage/state-log.js';
import { History } from './history/history.js';
import { ConsoleSource } from './ipc/console-source.js';
import { Feeds } from './ipc/feeds.js';
import { createHandlers } from './ipc/handlers.js';
import { Router } from './ipc/router.js';
import { createSources } from './ipc/sources.js';
import { WindowFailures } from './ipc/window-failures.js';
import { openLog } from './base/log.js';
import { connectPanel } from './panel/connect-panel.js';
import { createPanelClient } from './panel/client.js';
import { Observable } from './base/observable.js';
import type { Clock, Keychain, Network, Random } from './base/ports.js';
import type { ConnectBus } from './bus/session-bus.js';
import { LastKnownFile } from './disk/last-known.js';
import { clearLeftovers } from './disk/leftovers.js';
import { Notices, type SetAside } from './disk/notices.js';
import { forgetServersOf } from './disk/settings-arrangement.js';
import { SettingsFile } from './disk/settings.js';
import { DemoSandboxProcess } from './shell/demo/demo-sandbox.js';
import { launchSandbox } from './shell/demo/launch.js';
import { startDemo } from './shell/demo-start.js';
import { bulkProgress } from './shell/bulk-progress.js';
import { Desktop } from './shell/desktop.js';
import type { Asked } from './shell/asked.js';
import type { FirstIcon } from './shell/tray/first-icon.js';
import { devPages, devServer } from './shell/dev-pages.js';
import { Faults, startAnew } from './shell/faults.js';
import { languageOf, SpokenLanguage } from './shell/language.js';
import { stopBeforeQuit } from './shell/life.js';
import { OnlineWatch } from './shell/online-watch.js';
import { serve, serveScheme } from './shell/scheme.js';
import { lockDown, lockSession } from './shell/security.js';
import { WakeWatch } from './shell/wake-watch.js';
import { followWindows } from './shell/follow-windows.js';
import { WindowMemory } from './shell/window-memory.js';
import { Reach } from './remote/reach.js';
import { KeychainVault } from './disk/vault.js';
import { WindowFile } from './disk/window-file.js';
import { NodeAddresses } from './wings/node-addresses.js';
import { WingsSession } from './wings/session.js';

export interface AppPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly loadKeychain: () => Promise<Keychain>;
  /** The bus of a Linux session. */
  readonly connectBus: ConnectBus;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Electron's own binary. */
  readonly execPath: string;
  /** The folder of everything that was built: `preload`, `renderer`, `sandbox`, `icons`. */
  readonly out: string;
  /** The person's own folder: settings, accounts (without keys), logs. */
  readonly dataFolder: string;
  /** By how it was started: a place, or no window where there is a tray to open one from. */
  readonly asked: Asked;
  readonly startDemo: boolean;
  readonly firstIcon: FirstIcon;
}

export interface PerchApp {
  /** Starts everything; ends the process where that is not possible. */
  run(): Promise<void>;
  /** Somebody started Perch again, or opened a link. */
  ask(what: Asked): void;
}

export function createApp(ports: AppPorts): PerchApp {
  const { clock, random, network, platform, env, dataFolder, out } = ports;
  const log = openLog({ folder: join(dataFolder, 'logs'), echo: env['PERCH_LOG'] === 'echo' });
  const notices = new Notices();
  const setAside = (what: SetAside): void => notices.setAside(what);
  const settings = new SettingsFile(join(dataFolder, 'settings.json'), log, setAside);
  const vault = new KeychainVault({
    loadKeychain: ports.loadKeychain,
    clock,
    platform,
    changed: () => fleet.onKeychain(),
  });
  const demo = new DemoSandboxProcess({ launch: () => launchSandbox(ports, log), clock, log });

  /** Asked once: the system is slow to answer, and every sentence wants to know. */
  let systemLanguages: readonly string[] | null = null;
  const language = new SpokenLanguage({
    settings,
    wanted: () =>
      languageOf({
        setting: settings.current.language,
        system: (systemLanguages ??= app.getPreferredSystemLanguages()),
        forced: app.isPackaged ? undefined : env['PERCH_LANGUAGE'],
      }),
  });

  const store = new FleetStore();
  const addresses = new NodeAddresses(clock);
  const fleet = new Fleet({
    store,
    clock,
    random,
    log,
    connectPanel: (record) => {
      const label = (): string => book.find(record.id)?.label ?? record.label;
      const trust = agreements.trustOf(record.id, new URL(record.panelUrl).host);
      const isTime = desktop.quietStart.over;
      return connectPanel(record, { label, trust, network, vault, isTime, clock, log });
    },
    openSession: (panel, server, listener) =>
      new WingsSession({
        serverUuid: server.uuid,
        origin: panel.origin,
        ticket: () => panel.socketTicket(server.identifier),
        allowsUnencrypted: () => book.find(server.accountId)?.unencryptedSince !== undefined,
        openSocket: network.sockets((host) => agreements.trustOf(server.accountId, host)),
        addresses,
        clock,
        random,
        log,
        listener,
      }),
  });
  const book = new AccountBook(new AccountRecordsFile({ folder: dataFolder, log, setAside }));
  const agreements = new Agreements({ book, log });
  book.listen((record) => fleet.recordChanged(record));
  const histories = new CommandHistoriesFile({ folder: dataFolder, clock, log, setAside });
  const actions = createActions({
    store,
    fleet,
    book,
    vault,
    network,
    clock,
    demo,
    histories,
    accountRemoved: (accountId) => forgetServersOf(settings, accountId),
    log,
    probePanel: ({ panelUrl, key, trusted }) =>
      createPanelClient({
        panelUrl,
        http: network.http({ agreed: () => trusted, outgrown: () => undefined }),
        authorize: (use) => use(key),
        clock,
        log,
      }),
    newId: randomUUID,
  });

  const bulk = new BulkPower({
    store,
    clock,
    log,
    settings,
    sendPower: (serverId, signal) => actions['power.send']({ serverId, signal }),
    newId: randomUUID,
  });
  const history = new History({
    folder: join(dataFolder, 'history'),
    clock,
    log,
    keeps: (serverId) => {
      const account = store.state.accounts.get(store.state.servers.get(serverId)?.accountId ?? '');
      return account?.isDemo === false;
    },
    setAside: ({ why, file }) => notices.setAside({ content: 'history', why, file }),
    troubled: (isSo) => notices.historyTroubled(isSo),
  });
  const usageLog = new UsageLog({ store, clock, memory: history });
  const stateLog = new StateLog({ store, memory: history });
  const remembrance = new Remembrance({ store, clock, lastKnown: new LastKnownFile(dataFolder, log) });

  const windowMemory = new WindowMemory({ clock, store, file: new WindowFile(dataFolder, log) });

  const versions = { perch: app.getVersion(), electron: process.versions.electron, system: platform };
  const unseen = new Observable(0);
  const desktop = new Desktop({
    ...ports,
    unseen,
    log,
    developerTools: !app.isPackaged,
    settings,
    language,
    windowMemory,
    store,
    actions,
    notices,
  });
  const telling = createTelling({
    store,
    facts: fleet.facts,
    memory: history,
    deedsOf: (serverId) => fleet.deedsOf(serverId),
    clock,
    settings,
    isBulk: (serverId) => bulk.isSending(serverId),
    run: randomUUID().slice(0, 4),
    onAlert: (alert) => desktop.notifications.alert(alert),
    onWithdrawn: (alertId) => desktop.notifications.withdraw(alertId),
  });
  let stopCounting = (): void => undefined;
  const wake = new WakeWatch(clock);
  const networkChanged = (): void => {
    network.changed();
    fleet.onResume();
  };
  wake.listen(networkChanged);
  const consoles = new ConsoleSource(fleet.consoles);
  const reach = new Reach({
    ...{ store, clock, actions, bulk, settings, consoles, platform, dataFolder, versions },
    ...{ log: telling.log, past: history, newId: randomUUID, messages: log },
    language: () => language.current,
    openView: (view) => void started.then(() => desktop.windows.openMain(view)),
    user: process.getuid?.() ?? null,
  });
  const feeds = new Feeds({
    sources: createSources({
      clock,
      store,
      usageLog,
      consoles,
      bulk,
      notices,
      settings,
      language,
      log: telling.log,
      wake,
      consent: reach.consent,
      windows: desktop.windows,
      shortcut: desktop.shortcut,
    }),
    windows: desktop.windows,
    log,
  });
  followWindows(desktop.windows, { feeds, interests: fleet.interests });
  const handlers = createHandlers({
    actions,
    store,
    consoles,
    bulk,
    settings,
    interests: fleet.interests,
    past: history,
    notices,
    autostart: desktop.autostart,
    consent: reach.consent,
    windowFailures: new WindowFailures({ clock, log }),
    desktop: desktop.forWindows,
  });
  const isOurs = (webContentsId: number): boolean => desktop.windows.isOurs(webContentsId);
  const router = new Router({ handlers, feeds, isOurs, log });
  const online = new OnlineWatch({ clock, isOnline: () => net.isOnline(), onOnline: networkChanged });

  const endWith = (title: 'failure.start' | 'failure.faulty'): void => {
    dialog.showErrorBox(say(title), say('failure.look', { folder: join(dataFolder, 'logs') }));
    app.exit(1);
  };
  const faults = new Faults({
    clock,
    log,
    restart: () => startAnew(app, process),
    giveUp: () => endWith('failure.faulty'),
  });

  let ready: (() => void) | undefined;
  /** Before that a window could not load its page, and nobody knows yet whether there are panels. */
  const started = new Promise<void>((resolve) => (ready = resolve));

  async function start(): Promise<void> {
    const dev = devServer(env, app.isPackaged);
    lockDown(app, dev !== null);
    const [known] = await Promise.all([
      remembrance.load(),
      clearLeftovers(dataFolder, log),
      settings.start(),
      windowMemory.load(),
      app.whenReady(),
    ]);
    await language.start();
    speak(() => language.current);
    nativeTheme.themeSource = settings.current.theme;
    settings.listen(({ theme }) => (nativeTheme.themeSource = theme));
    lockSession(session.defaultSession, dev?.changes ?? null);
    const files = join(out, 'renderer');
    serveScheme(protocol, dev === null ? (request) => serve(files, request) : devPages(dev));
    ipcMain.handle(invokeChannel, (event, request: unknown) => router.answer(event, request));
    const wish = ({ pins, liveLimit }: Settings): void =>
      fleet.interests.setWishes({ pinned: pins, liveLimit });
    wish(settings.current);
    settings.listen(wish);
    usageLog.start();
    stateLog.start();
    telling.start();
    stopCounting = countUnseen({ log: telling.log, settings, count: unseen });
    const records = await book.load();
    remembrance.start(known, records);
    fleet.start(records);
    await desktop.start();
    history.start(records.map(({ id }) => id));
    powerMonitor.on('resume', () => wake.woke());
    powerMonitor.on('shutdown', () => app.quit());
    bulk.listen((run) => desktop.windows.setProgress(bulkProgress(run)));
    wake.start();
    online.start();
    if (ports.startDemo) void startDemo(actions, desktop.windows, log);
    reach.start();
    log.info('app.started', { version: versions.perch, electron: versions.electron, platform });
  }

  async function stop(): Promise<void> {
    await reach.stop();
    online.stop();
    wake.stop();
    ipcMain.removeHandler(invokeChannel);
    feeds.stop();
    desktop.stop();
    await windowMemory.stop();
    bulk.stop();
    stopCounting();
    telling.stop();
    stateLog.stop();
    // What is in memory may still become a part of the past.
    await history.stop();
    usageLog.stop();
    await remembrance.stop();
    await fleet.stop();
    await histories.stop();
    await demo.stop();
    language.stop();
    await settings.stop();
  }

  return {
    async run() {
      faults.listen(process);
      app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
        log.warn('app.child-gone', { type, reason, exitCode });
      });
      stopBeforeQuit({ app, process, clock, log, stop });
      try {
        await start();
        ready?.();
      } catch (error) {
        log.error('app.start-failed', { message: error instanceof Error ? error.stack : String(error) });
        endWith('failure.start');
      }
    },
    ask: (what) => void started.then(() => desktop.ask(what)),
  };
}
