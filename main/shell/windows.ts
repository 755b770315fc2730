import {
  screen,
  type BrowserWindow,
  type BrowserWindowConstructorOptions,
  type Rectangle,
  type Size,
} from 'electron';
import type { Push } from '../../bridge/wire.js';
import type { View } from '../../bridge/view.js';
import type { Drafts } from '../../bridge/drafts.js';
import type { FeedWindows, Source } from '../ipc/feeds.js';
import { Alarm } from '../base/alarm.js';
import { Emitter } from '../base/emitter.js';
import { Observable } from '../base/observable.js';
import type { Clock, Log } from '../base/ports.js';
import type { Progress } from './bulk-progress.js';
import type { TakeFirstWindow } from './first-window.js';
import type { MainDrafts } from './main-drafts.js';
import { leastMainSize, mainLook, mainSize, preloadPath, windowIcon } from './main-look.js';
import { makePageWindow, type PageWindow } from './page-window.js';
import { Page, type PageEvent } from './page.js';
import { PopoverClick } from './popover-click.js';
import { popoverBounds, type PopoverSpot } from './popover-place.js';
import type { WindowMemory } from './window-memory.js';
import { windowPlace } from './window-place.js';

export interface WindowsDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly platform: NodeJS.Platform;
  /** The folder of everything that was built. */
  readonly out: string;
  readonly takeFirstWindow: TakeFirstWindow;
  /** What a new main window shows where nobody asked for a certain view. */
  readonly homeView: () => View;
  readonly drafts: MainDrafts;
  readonly memory: WindowMemory;
  /** There no window can be placed by who makes it. */
  readonly isWayland: boolean;
  readonly developerTools: boolean;
  readonly onSessionEnd: () => void;
  readonly onMainOpened: () => void;
  /** It is gone, or kept where nobody sees it. */
  readonly onMainClosed: () => void;
}

/** Until its page has said how high it is. */
const firstPopoverHeight = 560;

/** A hidden window costs memory; one that is wanted again soon should be there at once. */
const keepPopoverMs = 60_000;

/** The two windows, made on demand: the main window and the popover of the tray. */
export class Windows implements FeedWindows {
  readonly #deps: WindowsDeps;
  readonly #events = new Emitter<PageEvent>();
  /** Destroys the popover once it has been hidden for long. */
  readonly #popoverEnd: Alarm;
  readonly #popoverClick: PopoverClick;
  #paletteAsked = new Observable(0);
  #progress: Progress = { value: -1, mode: 'none' };
  #main: Page | null = null;
  #popover: Page | null = null;
  /** As its page said last: what is shown anew is most often as high as before. */
  #popoverHeight = firstPopoverHeight;
  #popoverSpot: PopoverSpot | null = null;

  constructor(deps: WindowsDeps) {
    this.#deps = deps;
    this.#popoverEnd = new Alarm(deps.clock);
    this.#popoverClick = new PopoverClick(deps.clock);
  }

  /** The feed `navigation`: the view that main wants this window to show. */
  readonly navigation: Source<'navigation'> = (_params, sink, { webContentsId }) => {
    const page = this.#page(webContentsId);
    return page === undefined ? () => undefined : follow(page.view, sink);
  };

  /** The feed `closed`: only ever true for the main window. */
  readonly closed: Source<'closed'> = (_params, sink, { webContentsId }) =>
    follow(this.#main?.id === webContentsId ? this.#deps.drafts.staysClosed : new Observable(false), sink);

  /** The feed `palette`: only ever more than 0 for the main window. */
  readonly palette: Source<'palette'> = (_params, sink, { webContentsId }) =>
    follow(this.#main?.id === webContentsId ? this.#paletteAsked : new Observable(0), sink);

  listen(listener: (event: PageEvent) => void): void {
    this.#events.listen(listener);
  }

  isOurs(webContentsId: number): boolean {
    return this.#page(webContentsId) !== undefined;
  }

  isVisible(webContentsId: number): boolean {
    return this.#page(webContentsId)?.visible ?? false;
  }

  push(webContentsId: number, push: Push): void {
    this.#page(webContentsId)?.push(push);
  }

  /** False where it is only hidden: then the person has closed it. */
  get isMainOpen(): boolean {
    return this.#main !== null && !this.#deps.drafts.isClosed;
  }

  /** Shows the main window in front, with this view; null = as it is. */
  openMain(view: View | null): void {
    this.hidePopover();
    if (this.#main === null) {
      this.#makeMain(view ?? this.#deps.homeView());
      return;
    }
    if (view !== null) this.#main.view.set(view);
    if (!this.isMainOpen) {
      this.#deps.drafts.release();
      this.#deps.onMainOpened();
    }
    if (this.#main.window.isMinimized()) this.#main.window.restore();
    this.#main.show();
  }

  /** The main window as it is, with its palette open. */
  openPalette(): void {
    this.openMain(null);
    this.#paletteAsked.set(this.#paletteAsked.value + 1);
  }

  /** Those of the main window, which is shown with them. */
  openDeveloperTools(): void {
    this.openMain(null);
    this.#main?.window.webContents.openDevTools({ mode: 'detach' });
  }

  /**
   * Shows or hides the popover; `tray` = where its icon is, null where the desktop does not tell: then it comes to the
   * pointer that has clicked there, or into the middle of the screen where keys have asked for it.
   */
  togglePopover(tray: Rectangle | null, by: 'click' | 'keys' = 'click'): void {
    if (this.#popover?.window.isVisible() === true) {
      this.hidePopover();
      return;
    }
    if (!this.#popoverClick.asksForIt()) return;
    this.#popoverEnd.clear();
    const cursor = screen.getCursorScreenPoint();
    const { workArea } = screen.getDisplayNearestPoint(tray ?? cursor);
    this.#popoverSpot = { tray, cursor: by === 'click' ? cursor : null, workArea };
    if (this.#popover === null) {
      this.#makePopover(this.#popoverSpot);
      return;
    }
    this.#placePopover();
    this.#popover.show();
  }

  /** The popover's page says how high it is. */
  setHeight(webContentsId: number, height: number): void {
    if (this.#popover?.id !== webContentsId) return;
    this.#popoverHeight = height;
    this.#placePopover();
  }

  #placePopover(): void {
    const window = this.#popover?.window;
    if (window === undefined || this.#popoverSpot === null) return;
    const bounds = popoverBounds(this.#popoverSpot, this.#popoverHeight, this.#popover?.zoom);
    // Where the compositor has put it, it stays.
    if (this.#deps.isWayland) window.setSize(bounds.width, bounds.height);
    else window.setBounds(bounds);
  }

  hidePopover(): void {
    if (this.#popover?.window.isVisible() === true) this.#popover.window.hide();
  }

  /** How far an action on many servers is. */
  setProgress(progress: Progress): void {
    this.#progress = progress;
    this.#main?.window.setProgressBar(progress.value, { mode: progress.mode });
  }

  /** The page of this window has its first picture. */
  drawn(webContentsId: number): void {
    this.#page(webContentsId)?.drawn();
  }

  /** No other window has drafts, so none may say so in the main window's place. */
  setDrafts(webContentsId: number, held: Drafts): void {
    if (this.#main?.id === webContentsId) this.#deps.drafts.hold(held);
  }

  setView(webContentsId: number, view: View): void {
    if (this.#main?.id === webContentsId) this.#deps.memory.setView(view);
  }

  /** A window asks to go: the popover hides, the main window closes. */
  close(webContentsId: number): void {
    if (this.#popover?.id === webContentsId) this.hidePopover();
    else if (this.#main?.id === webContentsId) this.#main.window.close();
  }

  stop(): void {
    this.#popoverEnd.clear();
    this.#popover?.destroy();
    this.#main?.destroy();
  }

  #page(webContentsId: number): Page | undefined {
    return [this.#main, this.#popover].find((page) => page?.id === webContentsId) ?? undefined;
  }

  #makeMain(view: View): void {
    const { memory } = this.#deps;
    const { bounds: kept, isMaximized } = memory.place;
    const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const place = windowPlace({ kept, workAreas, standard: mainSize, least: leastMainSize });
    const first = this.#deps.takeFirstWindow();
    if (first !== null) putInPlace(first.window, place);
    const made = first ?? this.#makeWindow('main', { ...mainLook, ...place });
    const page = this.#makePage('main', view, made);
    this.#main = page;
    this.#paletteAsked = new Observable(0);
    if (isMaximized) page.maximizeFirst();
    memory.follow(page.window);
    if (this.#progress.value >= 0) this.setProgress(this.#progress);
    // Windows ends a session without a signal.
    page.window.on('session-end', () => this.#deps.onSessionEnd());
    page.window.on('close', (event) => {
      if (!this.#deps.drafts.keep(() => page.destroy())) return;
      event.preventDefault();
      this.#hideMain(page);
      this.#deps.onMainClosed();
    });
    page.window.on('closed', () => {
      this.#main = null;
      this.#deps.drafts.release();
      this.#deps.onMainClosed();
    });
    this.#deps.onMainOpened();
  }

  /** On macOS a window that is hidden while it fills the screen leaves an empty one behind. */
  #hideMain({ window }: Page): void {
    if (this.#deps.platform !== 'darwin' || !window.isFullScreen()) {
      window.hide();
      return;
    }
    window.once('leave-full-screen', () => {
      if (!this.isMainOpen) window.hide();
    });
    window.setFullScreen(false);
  }

  #makePopover(spot: PopoverSpot): void {
    const { x, y, width, height } = popoverBounds(spot, this.#popoverHeight);
    const made = this.#makeWindow('popover', {
      width,
      height,
      ...(this.#deps.isWayland ? {} : { x, y }),
      // The only thing that keeps it out of the bars of X11 (PLATFORM "Life" 8).
      ...(this.#deps.platform === 'linux' && !this.#deps.isWayland ? { type: 'toolbar' } : {}),
      title: 'Perch',
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
    });
    const page = this.#makePage('popover', { kind: 'fleet' }, made);
    this.#popover = page;
    page.window.on('blur', () => {
      // Its developer tools are a window of their own, and take the focus.
      if (!page.window.webContents.isDevToolsOpened()) this.hidePopover();
    });
    page.window.on('hide', () => {
      this.#popoverClick.hidden();
      // Shown again on Wayland, it would lose the focus at once, and go (PLATFORM "Tray" 10).
      this.#popoverEnd.set(this.#deps.isWayland ? 0 : keepPopoverMs, () => page.destroy());
    });
    page.window.on('closed', () => {
      this.#popoverEnd.clear();
      this.#popover = null;
    });
  }

  #makeWindow(page: 'main' | 'popover', look: BrowserWindowConstructorOptions): PageWindow {
    const { out, platform, developerTools } = this.#deps;
    const options = { ...look, ...windowIcon(out, platform) };
    return makePageWindow({ page, preload: preloadPath(out), developerTools, options });
  }

  #makePage(page: 'main' | 'popover', view: View, made: PageWindow): Page {
    const { clock, log, platform, developerTools } = this.#deps;
    return new Page({
      page,
      made,
      platform,
      clock,
      log,
      view,
      developerTools,
      onEvent: (event) => {
        if (page === 'main' && event.kind === 'left') this.#deps.drafts.forget();
        this.#events.emit(event);
      },
    });
  }
}

/** Without a place it stays where the system has put it. */
function putInPlace(window: BrowserWindow, { x, y, width, height }: Size & Partial<Rectangle>): void {
  if (x === undefined || y === undefined) window.setSize(width, height);
  else window.setBounds({ x, y, width, height });
}

/** What is now, then each change. */
function follow<T>(
  observable: Observable<T>,
  sink: { snapshot(value: T): void; change(value: T): void },
): () => void {
  sink.snapshot(observable.value);
  return observable.listen((value) => sink.change(value));
}
