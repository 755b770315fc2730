import { join } from 'node:path';
import { app, dialog, globalShortcut, Menu, screen, shell } from 'electron';
import type { Server } from '../../bridge/schema/domain.js';
import type { View } from '../../bridge/schema/view.js';
import type { Actions } from '../actions/actions.js';
import type { FleetStore } from '../fleet/store.js';
import type { Observable } from '../base/observable.js';
import type { Clock, Log } from '../base/ports.js';
import type { ConnectBus } from '../bus/session-bus.js';
import type { MemoryFile } from '../disk/memory.js';
import type { SettingsFile } from '../disk/settings.js';
import type { Asked } from './start/launch-request.js';
import type { Autostart } from './autostart/autostart.js';
import { systemAutostart } from './autostart/system-autostart.js';
import { showBadge } from './system/badge.js';
import { Browser } from './system/browser.js';
import { Dialogs } from './system/dialogs.js';
import type { AsPerson } from './start/file-mask.js';
import type { SpokenLanguage } from './system/language.js';
import { goesOnWords } from './life/still-running-notice.js';
import { followPlaces } from './links/desktop-places.js';
import { Links, type LinkRefusal } from './links/links.js';
import { dockMenu, jumpList, type Place } from './links/places.js';
import { registerLinks } from './links/registration.js';
import { macMenu } from './windows/mac-menu.js';
import { MainDrafts } from './windows/main-drafts.js';
import { fileCalls, type FileCallsDeps } from './files/calls.js';
import { showFolder } from './files/file-viewer.js';
import { openLogs } from './files/log-folder.js';
import { systemCalls } from './system/calls.js';
import { windowCalls, type WindowCallsDeps } from './windows/calls.js';
import { RecentServers } from './windows/recent-servers.js';
import { makeNotification } from './notifications/make-notification.js';
import { Notifications } from './notifications/notifications.js';
import { quitQuestion, Quitting } from './life/quitting.js';
import { QuietStart } from './start/quiet-start.js';
import type { SystemClipboard } from './system/clipboard.js';
import { GlobalShortcut } from './shortcut/global-shortcut.js';
import { tellOnce } from './start/show-once.js';
import { startsHidden, type TakeFirstWindow } from './windows/first-window.js';
import type { FirstIcon } from './tray/first-icon.js';
import { hasTrayHost } from './tray/host-check.js';
import { isXfce } from './tray/dark-bars.js';
import { watchForTrayHost } from './tray/host-watch.js';
import { MenuActions } from './tray/menu-actions.js';
import { TrayPresence } from './tray/tray-presence.js';
import { Tray } from './tray/tray.js';
import { watchXfcePanel } from './tray/xfce-panel.js';
import { isWayland } from './start/wayland.js';
import type { WindowMemory } from './windows/window-memory.js';
import { Windows } from './windows/windows.js';

interface UpdatesOfDesktop {
  readonly ready: string | null;
  listen(listener: () => void): () => void;
  restart(): Promise<void>;
}

export interface DesktopDeps {
  readonly asPerson: AsPerson;
  readonly clock: Clock;
  readonly log: Log;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Path of Electron's binary. */
  readonly execPath: string;
  /** Folder of the build output. */
  readonly out: string;
  readonly dataFolder: string;
  readonly isPortable: boolean;
  readonly asked: Asked;
  /** True if the demo starts with Perch: the first run then needs no onboarding. */
  readonly startDemo: boolean;
  /** True if the developer tools can be opened; never in a package. */
  readonly developerTools: boolean;
  /** The version that is installed when Perch quits. */
  readonly updates: UpdatesOfDesktop;
  readonly settings: SettingsFile;
  readonly memory: MemoryFile;
  readonly language: Pick<SpokenLanguage, 'listen'>;
  readonly windowMemory: WindowMemory;
  readonly store: FleetStore;
  readonly actions: Actions;
  /** Servers with a warned restart. */
  readonly warned: { readonly servers: readonly Server[] };
  readonly clipboard: Pick<SystemClipboard, 'write'>;
  /** Number of events that the user has not seen. */
  readonly unseen: Pick<Observable<number>, 'value' | 'listen'>;
  /** Ids of the servers that need attention. */
  readonly attention: Pick<Observable<ReadonlySet<string>>, 'value' | 'listen'>;
  /** Notices about the desktop, for the window. */
  readonly notices: {
    /** Why the desktop shows no notifications; null = it shows them again. */
    notificationsFailed(why: string | null): void;
    /** True if the desktop shows no tray icons. */
    noTray(isSo: boolean): void;
    /** Why a link cannot be opened; null = remove the notice. */
    linkRefused(why: LinkRefusal | null): void;
  };
  /** Connects to the session bus on Linux. */
  readonly connectBus: ConnectBus;
  /** The tray icon that was shown before the application was loaded. Its `icon` is null if the desktop showed none. */
  readonly firstIcon: FirstIcon;
  /** Takes the window that was made before the application was loaded. */
  readonly takeFirstWindow: TakeFirstWindow;
}

type CallsDeps = Pick<WindowCallsDeps, 'interests' | 'failures'> & Pick<FileCallsDeps, 'report' | 'backup'>;

/** All parts of Perch that touch the desktop: windows, tray, notifications, browser. */
export class Desktop {
  readonly windows: Windows;
  readonly notifications: Notifications;
  readonly quietStart: QuietStart;
  readonly autostart: Autostart;
  readonly shortcut: GlobalShortcut;
  readonly #deps: DesktopDeps;
  readonly #drafts: MainDrafts;
  readonly #links: Links;
  readonly #tray: Tray;
  readonly #presence: TrayPresence;
  readonly #quitting: Quitting;
  readonly #browser: Browser;
  #stopped = false;
  readonly #ends: (() => void)[] = [];

  constructor(deps: DesktopDeps) {
    const { clock, log, platform, out, developerTools, settings, memory, store, notices } = deps;
    this.#deps = deps;
    const drafts = new MainDrafts({ store, clock });
    this.#drafts = drafts;
    this.quietStart = new QuietStart(clock);
    this.autostart = systemAutostart({ ...deps, app, connect: deps.connectBus });
    this.windows = new Windows({
      clock,
      log,
      platform,
      out,
      takeFirstWindow: deps.takeFirstWindow,
      homeView: () => this.#homeView(),
      drafts,
      memory: deps.windowMemory,
      developerTools,
      isWayland: isWayland({
        platform,
        env: deps.env,
        electron: process.versions.electron,
        flag: (name) => app.commandLine.getSwitchValue(name),
      }),
      onSessionEnd: () => app.quit(),
      onMainOpened: () => void app.dock?.show(),
      onMainClosed: () => void this.#mainClosed(),
    });
    this.#links = new Links({
      store,
      clock,
      log,
      openMain: (view) => this.windows.openMain(view),
      refused: (why) => notices.linkRefused(why),
    });
    this.notifications = new Notifications({
      make: makeNotification({ platform, out, clock, connectBus: deps.connectBus }),
      platform,
      failed: (why) => notices.notificationsFailed(why),
      act: (serverId, action) => void menuActions.run({ kind: 'alert', serverId, action }),
      open: ([serverId, ...others]) => {
        const isOne = serverId !== undefined && others.length === 0;
        this.windows.openMain(isOne ? { kind: 'server', serverId } : { kind: 'fleet' });
      },
    });
    const dialogs = new Dialogs(dialog);
    this.#quitting = new Quitting({
      question: () => quitQuestion(drafts, deps.warned.servers),
      dialogs,
      showMain: () => this.windows.openMain(null),
      quit: () => app.quit(),
      log,
    });
    const quit = (): void => void this.#quitting.request();
    const browser = (this.#browser = new Browser({
      openExternal: (url) => deps.asPerson(() => shell.openExternal(url)),
      ask: (question) => dialogs.ask(question),
    }));
    const menuActions = new MenuActions({
      actions: deps.actions,
      store,
      settings,
      clock,
      dialogs,
      browser,
      log,
      notifications: this.notifications,
      openMain: (view) => this.windows.openMain(view),
      openPalette: () => this.windows.openPalette(),
      openDeveloperTools: () => this.windows.openDeveloperTools(),
      restart: () => deps.updates.restart(),
      quit,
    });
    this.#tray = new Tray({
      store,
      settings,
      memory,
      language: deps.language,
      unseen: deps.unseen,
      attention: deps.attention,
      updates: deps.updates,
      clock,
      platform,
      developerTools,
      iconsFolder: join(out, 'icons'),
      makeIcon: deps.firstIcon.make,
      watchPanel: (told) =>
        platform === 'linux' && isXfce(process.env['XDG_CURRENT_DESKTOP'] ?? '')
          ? watchXfcePanel(deps.connectBus, told)
          : () => undefined,
      onAction: (action) => void menuActions.run(action),
      onClick: (bounds) => this.windows.togglePopover(bounds),
    });
    this.shortcut = new GlobalShortcut({
      clock,
      log,
      settings,
      keys: globalShortcut,
      open: (what) => {
        if (what === 'palette') this.windows.openPalette();
        else this.windows.togglePopover(this.#tray.bounds, 'keys');
      },
    });
    this.#presence = new TrayPresence({
      clock,
      log,
      tray: this.#tray,
      firstIcon: deps.firstIcon,
      askForHost: () => hasTrayHost(platform, deps.connectBus, clock),
      watchForHost: (came) => watchForTrayHost(deps.connectBus, came),
      missing: (isSo) => {
        if (isSo) tellOnce(memory, 'no-tray', () => notices.noTray(true));
        else notices.noTray(false);
      },
    });
  }

  get hasTray(): boolean {
    return this.#presence.isShown;
  }

  /** Calls that the desktop carries out. */
  calls(deps: CallsDeps) {
    const { asPerson, clock, platform, dataFolder, isPortable, memory, store, clipboard } = this.#deps;
    return {
      ...windowCalls({
        clock,
        windows: this.windows,
        recent: new RecentServers(memory),
        onDrawn: () => this.quietStart.end(),
        interests: deps.interests,
        failures: deps.failures,
      }),
      ...systemCalls({
        store,
        clipboard,
        browser: this.#browser,
        autostart: this.autostart,
        info: () => ({ version: app.getVersion(), platform, hasTray: this.hasTray, dataFolder, isPortable }),
        openLogs: () =>
          openLogs({
            folder: join(dataFolder, 'logs'),
            openPath: (path) => asPerson(() => showFolder(path, { platform, clock })),
          }),
        quit: () => void this.#quitting.request(),
      }),
      ...fileCalls({
        dialog,
        get folder() {
          return app.getPath('downloads');
        },
        now: () => clock.wall(),
        store,
        report: deps.report,
        backup: deps.backup,
      }),
    };
  }

  /** Resolves when the user has access to Perch: by tray icon, window, or both. */
  async start(): Promise<void> {
    const { asked, platform } = this.#deps;
    await this.#open(startsHidden(asked, platform));
    if (asked.link !== null || asked.wants !== null) this.ask(asked);
    registerLinks(app, platform);
    this.#followPlaces();
    this.shortcut.start();
    if (app.isPackaged) void this.autostart.renew();
  }

  /** Carries out a launch request: a second start, a link, or an entry of a desktop menu. */
  ask({ link, hidden, wants }: Asked): void {
    if (wants === 'quit') void this.#quitting.request();
    else if (link !== null) this.#links.open(link);
    else if (wants === 'settings') this.windows.openMain({ kind: 'settings' });
    else if (!hidden) this.windows.openMain(null);
  }

  async #open(startHidden: boolean): Promise<void> {
    const { startDemo, store, platform, unseen } = this.#deps;
    if (platform === 'darwin') this.#followLanguage();
    this.#ends.push(unseen.listen((count) => showBadge(app, platform, count)));
    // Without an account, the window opens so that the user can connect a panel.
    const hidden = startHidden && (startDemo || store.state.accounts.size > 0);
    if (hidden) this.quietStart.end();
    else this.quietStart.begin();
    const isThere = this.#presence.takeOver();
    if (!hidden) this.windows.openMain(null);
    if (isThere) return;
    const late = this.#presence.wait().then((found) => {
      // Without a tray icon a hidden Perch could not be reached.
      if (!found && hidden && !this.#stopped) this.windows.openMain(null);
    });
    if (hidden) await late;
  }

  /** Keeps the jump list (Windows) or the Dock menu (macOS) up to date. */
  #followPlaces(): void {
    const { store, settings, language, clock, platform, execPath } = this.#deps;
    if (platform !== 'win32' && platform !== 'darwin') return;
    const act = {
      open: (link: string): void => this.#links.open(link),
      settings: (): void => this.windows.openMain({ kind: 'settings' }),
    };
    const show = (places: readonly Place[]): void => {
      if (platform === 'win32') app.setJumpList(jumpList(places, execPath));
      else app.dock?.setMenu(Menu.buildFromTemplate(dockMenu(places, act)));
    };
    this.#ends.push(followPlaces({ store, settings, language, clock, show }));
  }

  /** Rebuilds the menu bar (macOS) when the language changes. Tray and windows update themselves. */
  #followLanguage(): void {
    const { language, developerTools } = this.#deps;
    const quit = (): void => void this.#quitting.request();
    const show = (): void =>
      Menu.setApplicationMenu(Menu.buildFromTemplate(macMenu(app.name, { quit, developerTools })));
    this.#ends.push(language.listen(show));
    show();
  }

  stop(): void {
    this.#stopped = true;
    for (const end of this.#ends) end();
    this.quietStart.stop();
    this.#links.stop();
    this.shortcut.stop();
    this.windows.stop();
    this.#presence.stop();
    this.notifications.stop();
  }

  /** Quits, and asks first if unsaved text would be lost. Resolves with true if Perch ends. */
  requestQuit(): Promise<boolean> {
    return this.#quitting.request();
  }

  openPage(url: string): Promise<void> {
    return this.#browser.openPage(url);
  }

  #homeView(): View {
    const { store, windowMemory } = this.#deps;
    return store.state.accounts.size === 0
      ? { kind: 'onboarding' }
      : (windowMemory.view ?? { kind: 'fleet' });
  }

  /**
   * The main window was closed. Without a tray icon there would be no way back, so Perch quits. Checks the tray host
   * again, because it may be gone.
   */
  async #mainClosed(): Promise<void> {
    if (this.#stopped) return;
    app.dock?.hide();
    const isSafe = await this.#presence.isSafe();
    if (this.#stopped || this.windows.isMainOpen) return;
    if (!isSafe) return void this.#quitting.request();
    this.#drafts.stayClosed();
    tellOnce(this.#deps.memory, 'still-running', () => this.#tellGoesOn());
  }

  /** Shows a notification that opens a view. */
  tell(title: string, body: string, view: View): void {
    this.notifications.tell(title, body, () => this.windows.openMain(view));
  }

  #tellGoesOn(): void {
    const screens = screen.getAllDisplays().map(({ bounds }) => bounds);
    const { title, body } = goesOnWords({ platform: this.#deps.platform, icon: this.#tray.bounds, screens });
    this.notifications.tell(title, body, () => this.windows.openMain(null));
  }
}
