/** Composition root: builds every object with its constructor, starts them in order, and stops them. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard as electronClipboard,
  ipcMain,
  nativeTheme,
  net,
  powerMonitor,
} from 'electron';
import { invokeChannel } from '../bridge/channels.js';
import { oneLine } from '../bridge/console/plain-line.js';
import type { Settings } from '../bridge/schema/settings.js';
import type { Envelope } from '../bridge/schema/wire.js';
import { say, speak, spoken } from '../messages/messages.js';
import { Counts } from './alerts/counts.js';
import type { SenderEvent } from './ipc/trust.js';
import { openLog } from './base/log.js';
import type { Proxies, ProxyPreference } from './base/network-ports.js';
import { createDoctor } from './doctor/doctor.js';
import type { DoctorPorts } from './doctor/ports.js';
import { logTail } from './disk/log-tail.js';
import { clearLeftovers } from './disk/leftovers.js';
import { DemoSandboxProcess } from './shell/demo/demo-sandbox.js';
import { launchSandbox } from './shell/demo/launch.js';
import { openDemo } from './shell/demo-start.js';
import { Desktop, type DesktopDeps } from './shell/desktop.js';
import type { LaunchRequest } from './shell/start/launch-request.js';
import { runPerch } from './shell/lifecycle/run.js';
import { spokenLanguage } from './shell/system/language.js';
import { OnlineWatch } from './shell/lifecycle/online-watch.js';
import { runtimeFacts } from './shell/start/runtime-facts.js';
import { startNext } from './shell/start/start-next.js';
import { SystemClipboard } from './shell/system/clipboard.js';
import { collectGarbage, SpareHeap } from './shell/system/spare-heap.js';
import { taskbarProgress } from './shell/system/taskbar-progress.js';
import { WakeWatch } from './shell/lifecycle/wake-watch.js';
import { realUpdates } from './update/real-updates.js';
import { AwakeHours } from './shell/lifecycle/awake-hours.js';
import { WindowMemory } from './shell/windows/window-memory.js';
import { Reach } from './remote/reach.js';
import { createModules, type ModulesPorts } from './modules.js';
import { windowSide } from './window-side.js';
import { WindowFile } from './disk/window-file.js';

export interface AppPorts
  extends
    Pick<
      ModulesPorts,
      'clock' | 'random' | 'network' | 'queryWire' | 'loadKeychain' | 'platform' | 'dataFolder'
    >,
    Pick<DesktopDeps, 'connectBus' | 'env' | 'execPath' | 'firstIcon' | 'takeFirstWindow'>,
    Pick<DesktopDeps, 'asked' | 'asPerson' | 'isPortable' | 'out' | 'startDemo'> {
  readonly proxies: (wish: ProxyPreference) => Proxies;
  readonly lookUp: DoctorPorts['lookUp'];
}

export interface PerchApp {
  /** Starts all modules. Shows an error and ends the process after a failure. */
  run(): Promise<void>;
  /** A second launch of Perch, or a link, asks for a view. */
  ask(what: LaunchRequest): void;
  /** Answers a call of a window, after the start of all modules. */
  answer(event: SenderEvent, request: unknown): Promise<Envelope>;
}

export function createApp(ports: AppPorts): PerchApp {
  const { clock, platform, env, dataFolder } = ports;
  const logFolder = join(dataFolder, 'logs');
  const log = openLog({ folder: logFolder, echo: env['PERCH_LOG'] === 'echo' });
  const demo = new DemoSandboxProcess({ launch: () => launchSandbox(ports, log), clock, log });

  const clipboard = new SystemClipboard({
    clipboard: electronClipboard,
    isInFront: () => BrowserWindow.getFocusedWindow() !== null,
  });
  const isOnline = (): boolean => net.isOnline();
  const modules = createModules({
    ...ports,
    isOnline,
    log,
    demo,
    copied: clipboard,
    writeThread: join(ports.out, 'main', 'write-thread.cjs'),
    isTime: () => desktop.quietStart.over,
    onAlert: (alert) => desktop.notifications.alert(alert),
    onWithdrawn: (alertId) => desktop.notifications.withdraw(alertId),
    onNotRestarted: ({ id, name }, why) => {
      const title = say('warned.not-restarted', { server: oneLine(name, 60) });
      desktop.tell(title, spoken(why), { kind: 'server', serverId: id });
    },
  });
  const { settings, memory, store, fleet, actions, bulk, notifier } = modules;

  const language = spokenLanguage({ settings, app, forced: env['PERCH_LANGUAGE'] });
  const windowMemory = new WindowMemory({ clock, store, file: new WindowFile(dataFolder, log) });

  const versions = { perch: app.getVersion(), electron: process.versions.electron };
  // Set by `npm start` alone, where keys of real panels are entered.
  if (!app.isPackaged && env['PERCH_SUBSTITUTE_ELECTRON'] === '1')
    modules.notices.onOldEngine(versions.electron);
  const updates = realUpdates({
    ...ports,
    settings,
    memory,
    log,
    resources: process.resourcesPath,
    arch: process.arch,
    proxies: ports.proxies(modules.proxy),
    quit: () => desktop.quitting.request(),
    openPage: (url) => desktop.browser.openPage(url),
    notify: (title, body) => desktop.tell(title, body, { kind: 'settings', section: 'updates' }),
  });
  const counts = new Counts();
  const desktop = new Desktop({
    ...ports,
    ...modules,
    unseen: counts.unseen,
    attention: counts.attention,
    updates,
    log,
    developerTools: !app.isPackaged,
    language,
    windowMemory,
    clipboard,
  });
  /** Id of the server shown in the main window; null = none. */
  const shownId = (): string | null => {
    const view = desktop.windows.isMainOpen ? windowMemory.view : null;
    return view?.kind === 'server' ? view.serverId : null;
  };
  const wake = new WakeWatch(clock);
  wake.listen(modules.networkChanged);
  const doctor = createDoctor({
    ...ports,
    ...modules,
    log,
    ...runtimeFacts(() => desktop.hasTray),
    isReachable: () => reach.isOpen,
    logTail: () => logTail(join(logFolder, 'perch.log')),
  });
  const reach = new Reach({
    ...modules,
    clock,
    platform,
    dataFolder,
    versions,
    log: notifier.log,
    past: modules.history,
    newId: randomUUID,
    messages: log,
    doctor,
    language: () => language.current,
    openView: (view) => void started.then(() => desktop.windows.openMain(view)),
    downloadsFolder: () => app.getPath('downloads'),
    user: process.getuid?.() ?? null,
  });
  const { feeds, router } = windowSide({
    clock,
    log,
    modules,
    desktop,
    doctor,
    updates,
    consent: reach.consent,
    language,
    wake,
  });
  const online = new OnlineWatch({ clock, isOnline, onOnline: modules.networkChanged });
  const awakeHours = new AwakeHours({ clock, memory, log });
  const heap = new SpareHeap({ clock, collect: collectGarbage });

  let ready: (() => void) | undefined;
  /**
   * Resolves when all modules have started. Windows and calls wait for it: pages cannot load earlier, and the accounts
   * are not known yet.
   */
  const started = new Promise<void>((resolve) => (ready = resolve));

  async function start(): Promise<void> {
    const [known] = await Promise.all([
      modules.lastKnownState.load(),
      clearLeftovers(dataFolder, log),
      clearLeftovers(join(dataFolder, 'drafts'), log),
      settings.start().then(() => memory.start(settings)),
      windowMemory.load(),
      app.whenReady(),
    ]);
    await Promise.all([language.start(), modules.proxy.start()]);
    speak(() => language.current);
    const follow = ({ theme, pins, liveLimit }: Settings): void => {
      nativeTheme.themeSource = theme;
      fleet.interests.setPreferences({ pinned: pins, liveLimit });
    };
    follow(settings.current);
    settings.listen(follow);
    modules.start();
    counts.start({ store, log: notifier.log, settings, memory, clock, shownId });
    awakeHours.start();
    const records = await modules.book.load();
    modules.lastKnownState.start(known, records);
    fleet.start(records);
    void modules.quiet.start();
    void modules.sharing.start();
    modules.plans.start();
    void modules.rules.start();
    void modules.transfers.start(records.map(({ id }) => id)).then(() => modules.fileBackups.start());
    await desktop.start();
    modules.takeUp(records.map(({ id }) => id));
    powerMonitor.on('resume', () => wake.woke());
    powerMonitor.on('shutdown', () => app.quit());
    const showProgress = (): void =>
      desktop.windows.setProgress(taskbarProgress(bulk.current, modules.transfers.current));
    bulk.listen(showProgress);
    modules.transfers.listen(showProgress);
    wake.start();
    online.start();
    if (ports.startDemo) void openDemo(actions, desktop.windows, log);
    reach.start();
    heap.rest();
    app.on('window-all-closed', () => heap.rest());
    // `start` reads files, and no caller waits for the result.
    void desktop.quietStart.over.then(() => updates.start());
    log.info('app.started', { version: versions.perch, electron: versions.electron, platform });
    ready?.();
  }

  async function stop(): Promise<void> {
    heap.stop();
    updates.stop();
    await reach.stop();
    online.stop();
    wake.stop();
    ipcMain.removeHandler(invokeChannel);
    feeds.stop();
    desktop.stop();
    await windowMemory.stop();
    counts.stop();
    awakeHours.stop();
    await modules.stop();
    await demo.stop();
    language.stop();
    await settings.stop();
    await memory.stop();
  }

  return {
    run: () =>
      runPerch({
        ...ports,
        log,
        logFolder,
        start,
        stop,
        last: () => updates.install(),
        startNext: (data) => startNext(app, process, data),
      }),
    ask: (what) => void started.then(() => desktop.ask(what)),
    answer: (event, request) => started.then(() => router.answer(event, request)),
  };
}
