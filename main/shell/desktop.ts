import { join } from 'node:path';
import { app, clipboard, dialog, Menu, Notification, shell } from 'electron';
import type { View } from '../../bridge/contract.js';
import type { Actions } from '../actions/actions.js';
import type { FleetStore } from '../fleet/store.js';
import type { HandlerDeps } from '../ipc/handlers.js';
import type { Observable } from '../base/observable.js';
import type { Clock, Log } from '../base/ports.js';
import type { SettingsFile } from '../disk/settings.js';
import type { Asked } from './asked.js';
import type { Autostart } from './autostart/autostart.js';
import { systemAutostart } from './autostart/system-autostart.js';
import { showBadge } from './badge.js';
import { Browser } from './browser.js';
import { Dialogs } from './dialogs.js';
import type { SpokenLanguage } from './language.js';
import { Links, type LinkRefusal } from './links/links.js';
import { registerLinks } from './links/registration.js';
import { macMenu } from './mac-menu.js';
import { MainDrafts } from './main-drafts.js';
import { Notifications } from './notifications.js';
import { quitQuestion, Quitting } from './quitting.js';
import { QuietStart } from './quiet-start.js';
import { saveChart } from './save-chart.js';
import { saveConsole } from './save-console.js';
import { saveEvents } from './save-events.js';
import type { SaveFileDeps } from './save-file.js';
import type { FirstIcon } from './tray/first-icon.js';
import { hasTrayHost, runProgram, waitForTrayHost } from './tray/host-check.js';
import { MenuActions } from './tray/menu-actions.js';
import { Tray } from './tray/tray.js';
import type { WindowMemory } from './window-memory.js';
import { Windows } from './windows.js';

export interface DesktopDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Electron's own binary. */
  readonly execPath: string;
  /** The folder of everything that was built. */
  readonly out: string;
  readonly dataFolder: string;
  readonly asked: Asked;
  /** The demo is on its way: a first run that needs no onboarding. */
  readonly startDemo: boolean;
  /** Whether the developer tools can be opened. A package never has them. */
  readonly developerTools: boolean;
  readonly settings: SettingsFile;
  readonly language: Pick<SpokenLanguage, 'listen'>;
  readonly windowMemory: WindowMemory;
  readonly store: FleetStore;
  readonly actions: Actions;
  /** How many things have happened that the person has not looked at. */
  readonly unseen: Pick<Observable<number>, 'value' | 'listen'>;
  /** Why the desktop shows no notification; null once it does again. */
  readonly notificationsFailed: (why: string | null) => void;
  /** Why a link leads nowhere; null = no more. */
  readonly linkRefused: (why: LinkRefusal | null) => void;
  /** The icon that was shown before all of this was loaded; null where the desktop showed none then. */
  readonly firstIcon: FirstIcon;
}

/** Everything of Perch that touches the desktop, put together: windows, tray, notifications, browser. */
export class Desktop {
  readonly windows: Windows;
  readonly notifications: Notifications;
  readonly quietStart: QuietStart;
  readonly autostart: Autostart;
  /** What windows may ask of the desktop. */
  readonly forWindows: HandlerDeps['desktop'];
  readonly #deps: DesktopDeps;
  readonly #drafts: MainDrafts;
  readonly #links: Links;
  readonly #tray: Tray;
  readonly #quitting: Quitting;
  #hasTray = false;
  #stopped = false;
  readonly #ends: (() => void)[] = [];

  constructor(deps: DesktopDeps) {
    const { clock, log, platform, out, dataFolder, developerTools, settings, store, actions } = deps;
    this.#deps = deps;
    const drafts = new MainDrafts({ store, clock });
    this.#drafts = drafts;
    this.quietStart = new QuietStart(clock);
    this.autostart = systemAutostart({ app, platform, env: deps.env, execPath: deps.execPath, log });
    this.windows = new Windows({
      clock,
      log,
      platform,
      preload: join(out, 'preload', 'index.cjs'),
      icon: join(out, 'icons', 'app.png'),
      homeView: () => this.#homeView(),
      drafts,
      memory: deps.windowMemory,
      developerTools,
      onMainOpened: () => void app.dock?.show(),
      onMainClosed: () => void this.#mainClosed(),
    });
    this.#links = new Links({
      store,
      clock,
      log,
      openMain: (view) => this.windows.openMain(view),
      refused: deps.linkRefused,
    });
    this.notifications = new Notifications({
      make: (options) => new Notification(options),
      platform,
      failed: deps.notificationsFailed,
      act: (serverId, action) => void menuActions.run({ kind: 'alert', serverId, action }),
      open: ([serverId, ...others]) => {
        const isOne = serverId !== undefined && others.length === 0;
        this.windows.openMain(isOne ? { kind: 'server', serverId } : { kind: 'fleet' });
      },
    });
    const dialogs = new Dialogs(dialog);
    this.#quitting = new Quitting({
      question: () => quitQuestion(drafts),
      dialogs,
      showMain: () => this.windows.openMain(null),
      quit: () => app.quit(),
      log,
    });
    const quit = (): void => void this.#quitting.request();
    const browser = new Browser({
      openExternal: (url) => shell.openExternal(url),
      ask: (question) => dialogs.ask(question),
    });
    const menuActions = new MenuActions({
      actions,
      store,
      settings,
      clock,
      dialogs,
      browser,
      log,
      notifications: this.notifications,
      openMain: (view) => this.windows.openMain(view),
      openDeveloperTools: () => this.windows.openDeveloperTools(),
      quit,
    });
    this.#tray = new Tray({
      store,
      settings,
      language: deps.language,
      unseen: deps.unseen,
      clock,
      platform,
      developerTools,
      iconsFolder: join(out, 'icons'),
      onAction: (action) => void menuActions.run(action),
      onClick: (bounds) => this.windows.togglePopover(bounds),
    });
    const saving = (): SaveFileDeps => ({
      dialog,
      folder: app.getPath('downloads'),
      now: () => clock.wall(),
    });
    this.forWindows = {
      info: () => ({ version: app.getVersion(), platform, hasTray: this.#hasTray, dataFolder }),
      quit,
      openView: (view) => this.windows.openMain(view),
      closeWindow: (webContentsId) => this.windows.close(webContentsId),
      windowDrawn: (webContentsId) => {
        this.windows.drawn(webContentsId);
        this.quietStart.end();
      },
      setDrafts: (webContentsId, held) => this.windows.setDrafts(webContentsId, held),
      setView: (webContentsId, view) => this.windows.setView(webContentsId, view),
      openPanel: (account, server) => browser.openPanel(account, server),
      openLink: (url) => browser.openLink(url),
      writeClipboard: (text) => clipboard.writeText(text),
      saveConsole: (server, text) => saveConsole(saving(), server, text),
      saveEvents: (format, text) => saveEvents(saving(), format, text),
      saveChart: (server, chart) => saveChart(saving(), server, chart),
    };
  }

  /** Resolves once the person has a way in: the tray, a window, or both. */
  async start(): Promise<void> {
    const { asked, platform } = this.#deps;
    const isByLogin = platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
    await this.#open((asked.hidden || isByLogin) && asked.link === null);
    if (asked.link !== null) this.#links.open(asked.link);
    registerLinks(app, platform);
    if (app.isPackaged) void this.autostart.renew();
  }

  /** Somebody has started Perch once more, or opened a link. */
  ask({ link, hidden }: Asked): void {
    if (link !== null) this.#links.open(link);
    else if (!hidden) this.windows.openMain(null);
  }

  async #open(startHidden: boolean): Promise<void> {
    const { startDemo, store, clock, platform, unseen } = this.#deps;
    if (platform === 'darwin') this.#followLanguage();
    this.#ends.push(unseen.listen((count) => showBadge(app, platform, count)));
    // Without a panel there is nothing to do but to connect one.
    const hidden = startHidden && (startDemo || store.state.accounts.size > 0);
    if (hidden) this.quietStart.end();
    else this.quietStart.begin();
    if (this.#deps.firstIcon.icon !== null) {
      this.#showTray(this.#deps.firstIcon.icon);
      if (!hidden) this.windows.openMain(null);
      return;
    }
    if (!hidden) this.windows.openMain(null);
    const late = waitForTrayHost(() => this.#askForHost(), clock).then((found) => {
      if (found) this.#showTray();
      // Never hidden where nobody could find it.
      else if (hidden && !this.#stopped) this.windows.openMain(null);
    });
    if (hidden) await late;
  }

  /** The menu bar is made anew in another language; the tray and the windows see to themselves. */
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
    this.windows.stop();
    this.#tray.stop();
    this.notifications.stop();
  }

  #homeView(): View {
    const { store, windowMemory } = this.#deps;
    return store.state.accounts.size === 0
      ? { kind: 'onboarding' }
      : (windowMemory.view ?? { kind: 'fleet' });
  }

  #askForHost(): Promise<boolean> {
    return hasTrayHost(this.#deps.platform, runProgram);
  }

  #showTray(icon: FirstIcon['icon'] = null): void {
    if (this.#hasTray || this.#stopped) return;
    this.#tray.start(icon);
    this.#hasTray = true;
    this.#deps.log.info('tray.shown');
  }

  /** No window is visible; without a tray there would be no way back, so Perch quits. Its host may have gone since. */
  async #mainClosed(): Promise<void> {
    if (this.#stopped) return;
    app.dock?.hide();
    const found = await this.#askForHost();
    if (this.#stopped || this.windows.isMainOpen) return;
    if (!found) return this.#quitting.request();
    this.#showTray();
    this.#drafts.stayClosed();
  }
}
