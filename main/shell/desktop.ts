import { app, dialog, globalShortcut, shell } from 'electron';
import type { BulkRun } from '../../bridge/schema/bulk.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { View } from '../../bridge/schema/view.js';
import type { FleetStore } from '../fleet/store.js';
import { Disposables } from '../base/disposables.js';
import type { SettingsFile } from '../disk/settings.js';
import { followMenuBar, followPlacesMenu } from './app-menus.js';
import { desktopCalls, type DesktopCallsDeps } from './desktop-calls.js';
import type { LaunchRequest } from './start/launch-request.js';
import type { Autostart } from './autostart/autostart.js';
import { systemAutostart } from './autostart/system-autostart.js';
import { showBadge } from './system/badge.js';
import { Browser } from './system/browser.js';
import { Dialogs } from './system/dialogs.js';
import { afterMainClosed } from './after-main-closed.js';
import { desktopNotifications } from './desktop-notifications.js';
import { Links, type LinkRefusal } from './links/links.js';
import { registerLinks } from './links/registration.js';
import { MainDrafts } from './windows/main-drafts.js';
import type { Notifications } from './notifications/notifications.js';
import { quitQuestion, Quitting, waitingServers } from './lifecycle/quitting.js';
import { QuietStart } from './start/quiet-start.js';
import { GlobalShortcut } from './shortcut/global-shortcut.js';
import { startsHidden, type TakeFirstWindow } from './windows/first-window.js';
import type { TrayPresence } from './tray/tray-presence.js';
import type { Tray } from './tray/tray.js';
import { trayParts, type TrayPartsDeps } from './tray-parts.js';
import { isWayland } from './start/wayland.js';
import type { WindowMemory } from './windows/window-memory.js';
import { Windows } from './windows/windows.js';

export interface DesktopDeps
  extends
    Omit<TrayPartsDeps, 'browser' | 'dialogs' | 'notifications' | 'windows' | 'quit'>,
    Pick<DesktopCallsDeps, 'asPerson' | 'clipboard' | 'dataFolder' | 'isPortable'> {
  readonly env: NodeJS.ProcessEnv;
  /** Path of Electron's binary. */
  readonly execPath: string;
  readonly asked: LaunchRequest;
  /** True if the demo starts with Perch: the first run then needs no onboarding. */
  readonly startDemo: boolean;
  readonly settings: SettingsFile;
  readonly windowMemory: WindowMemory;
  readonly store: FleetStore;
  /** Servers that a quiet backup has changed and that are not back. */
  readonly quiet: TrayPartsDeps['quiet'];
  /** Servers with a warned restart. */
  readonly warned: { readonly servers: readonly Server[] };
  readonly bulk: { readonly current: BulkRun | null };
  /** Notices about the desktop, for the window. */
  readonly notices: TrayPartsDeps['notices'] & {
    /** Why the desktop shows no notifications; null = it shows them again. */
    notificationsFailed(why: string | null): void;
    /** Why a link cannot be opened; null = remove the notice. */
    linkRefused(why: LinkRefusal | null): void;
  };
  /** Takes the window that was made before the application was loaded. */
  readonly takeFirstWindow: TakeFirstWindow;
}

/** All parts of Perch that touch the desktop: windows, tray, notifications, browser. */
export class Desktop {
  readonly windows: Windows;
  readonly notifications: Notifications;
  readonly quietStart: QuietStart;
  readonly autostart: Autostart;
  readonly shortcut: GlobalShortcut;
  readonly #drafts: MainDrafts;
  readonly #links: Links;
  readonly #tray: Tray;
  readonly #presence: TrayPresence;
  /** Quits, and asks first if unsaved text would be lost. */
  readonly quitting: Quitting;
  readonly browser: Browser;
  #stopped = false;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: DesktopDeps) {
    const { clock, log, notices } = deps;
    const drafts = (this.#drafts = new MainDrafts(deps));
    this.quietStart = new QuietStart(clock);
    this.autostart = systemAutostart({ ...deps, app, connect: deps.connectBus });
    this.windows = new Windows({
      ...deps,
      homeView: () => deps.windowMemory.home,
      drafts,
      memory: deps.windowMemory,
      isWayland: isWayland({
        ...deps,
        electron: process.versions.electron,
        flag: (name) => app.commandLine.getSwitchValue(name),
      }),
      onSessionEnd: () => app.quit(),
      onMainOpened: () => void app.dock?.show(),
      onMainClosed: () => void this.#mainClosed(),
    });
    this.#links = new Links({
      ...deps,
      openMain: (view) => this.windows.openMain(view),
      refused: (why) => notices.linkRefused(why),
    });
    this.notifications = desktopNotifications({
      ...deps,
      act: (serverId, action) => void menuActions.run({ kind: 'alert', serverId, action }),
      openMain: (view) => this.windows.openMain(view),
    });
    const dialogs = new Dialogs(dialog);
    this.quitting = new Quitting({
      question: () =>
        quitQuestion(drafts, deps.warned.servers, deps.quiet.changed, waitingServers(deps.bulk.current)),
      dialogs,
      showMain: () => this.windows.openMain(null),
      quit: () => app.quit(),
      log,
    });
    this.browser = new Browser({
      openExternal: (url) => deps.asPerson(() => shell.openExternal(url)),
      ask: (question) => dialogs.ask(question),
    });
    const { menuActions, tray, presence } = trayParts({
      ...deps,
      dialogs,
      browser: this.browser,
      notifications: this.notifications,
      windows: this.windows,
      quit: () => void this.quitting.request(),
    });
    this.#tray = tray;
    this.#presence = presence;
    this.shortcut = new GlobalShortcut({
      ...deps,
      keys: globalShortcut,
      open: (what) => {
        if (what === 'palette') this.windows.openPalette();
        else this.windows.togglePopover(this.#tray.bounds, 'keys');
      },
    });
  }

  get hasTray(): boolean {
    return this.#presence.isShown;
  }

  /** Calls that the desktop carries out. */
  calls(
    deps: Pick<
      DesktopCallsDeps,
      | 'interests'
      | 'failures'
      | 'report'
      | 'exports'
      | 'backupToDownload'
      | 'fileToDownload'
      | 'uploads'
      | 'transfers'
      | 'databases'
      | 'copies'
      | 'copyContents'
      | 'ownEditor'
    >,
  ) {
    return desktopCalls({
      ...this.deps,
      ...deps,
      windows: this.windows,
      browser: this.browser,
      autostart: this.autostart,
      hasTray: () => this.hasTray,
      drawn: () => this.quietStart.end(),
      quit: () => void this.quitting.request(),
    });
  }

  /** Resolves when the user has access to Perch: by tray icon, window, or both. */
  async start(): Promise<void> {
    const { asked, platform } = this.deps;
    if (platform === 'darwin') {
      this.#disposables.add(followMenuBar({ ...this.deps, quit: () => void this.quitting.request() }));
    }
    await this.#open(startsHidden(asked, platform));
    if (asked.link !== null || asked.wants !== null) this.ask(asked);
    registerLinks(app, platform);
    this.#disposables.add(
      followPlacesMenu({
        ...this.deps,
        open: (link) => this.#links.open(link),
        openSettings: () => this.windows.openMain({ kind: 'settings' }),
      }),
    );
    this.shortcut.start();
    if (app.isPackaged) void this.autostart.renew();
  }

  /** Carries out a launch request: a second start, a link, or an entry of a desktop menu. */
  ask({ link, hidden, wants }: LaunchRequest): void {
    if (wants === 'quit') void this.quitting.request();
    else if (link !== null) this.#links.open(link);
    else if (wants === 'settings') this.windows.openMain({ kind: 'settings' });
    else if (!hidden) this.windows.openMain(null);
  }

  async #open(startHidden: boolean): Promise<void> {
    const { startDemo, store, platform, unseen } = this.deps;
    this.#disposables.add(unseen.listen((count) => showBadge(app, platform, count)));
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

  stop(): void {
    this.#stopped = true;
    this.#disposables.dispose();
    this.quietStart.stop();
    this.#links.stop();
    this.shortcut.stop();
    this.windows.stop();
    this.#presence.stop();
    this.notifications.stop();
  }

  /** Without a tray icon, Perch quits with its main window. */
  async #mainClosed(): Promise<void> {
    if (this.#stopped) return;
    app.dock?.hide();
    await afterMainClosed({
      ...this.deps,
      presence: this.#presence,
      isOver: () => this.#stopped || this.windows.isMainOpen,
      quit: () => void this.quitting.request(),
      goesOn: () => this.#drafts.stayClosed(),
      icon: () => this.#tray.bounds,
      tell: ({ title, body }) => this.notifications.tell(title, body, () => this.windows.openMain(null)),
    });
  }

  /** Shows a notification that opens a view. */
  tell(title: string, body: string, view: View): void {
    this.notifications.tell(title, body, () => this.windows.openMain(view));
  }
}
