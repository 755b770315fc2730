import {
  screen,
  type BrowserWindow,
  type BrowserWindowConstructorOptions,
  type Rectangle,
  type Size,
} from 'electron';
import type { Push } from '../../../bridge/schema/wire.js';
import type { View } from '../../../bridge/schema/view.js';
import type { Drafts } from '../../../bridge/schema/drafts.js';
import { feedValue, type Source } from '../../base/feed-source.js';
import type { FeedWindows } from '../../ipc/feeds.js';
import { Emitter } from '../../base/emitter.js';
import { Observable } from '../../base/observable.js';
import type { Clock, Log } from '../../base/ports.js';
import type { TaskbarProgress } from '../system/taskbar-progress.js';
import type { TakeFirstWindow } from './first-window.js';
import type { MainDrafts } from './main-drafts.js';
import { leastMainSize, mainLook, mainSize, preloadPath, windowIcon } from './main-look.js';
import { makePageWindow, type PageWindow } from './page-window.js';
import { Page, type PageEvent } from './page.js';
import { PopoverWindow } from './popover-window.js';
import type { WindowMemory } from './window-memory.js';
import { windowPlace } from './window-place.js';

export interface WindowsDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly platform: NodeJS.Platform;
  /** Folder of the build output. */
  readonly out: string;
  readonly takeFirstWindow: TakeFirstWindow;
  /** View of a new main window if none was asked for. */
  readonly homeView: () => View;
  readonly drafts: MainDrafts;
  readonly memory: WindowMemory;
  /** True on Wayland, where a program cannot place its windows. */
  readonly isWayland: boolean;
  readonly developerTools: boolean;
  readonly onSessionEnd: () => void;
  readonly onMainOpened: () => void;
  /** The main window is gone, or hidden with drafts. */
  readonly onMainClosed: () => void;
}

/** The two windows, created on demand: the main window and the popover. */
export class Windows implements FeedWindows {
  readonly #events = new Emitter<PageEvent>();
  readonly #popover: PopoverWindow;
  #paletteAsked = new Observable(0);
  #progress: TaskbarProgress = { value: -1, mode: 'none' };
  #main: Page | null = null;

  constructor(private readonly deps: WindowsDeps) {
    this.#popover = new PopoverWindow({
      ...deps,
      makePage: (look) => this.#makePage('popover', { kind: 'fleet' }, this.#makeWindow('popover', look)),
    });
  }

  /** Source of the feed `navigation`: the view that main wants the window to show. */
  readonly navigation: Source<'navigation'> = (_params, sink, { webContentsId }) => {
    const page = this.#page(webContentsId);
    return page === undefined ? () => undefined : feedValue(page.view, sink);
  };

  /** Source of the feed `closed`: always false for the popover. */
  readonly closed: Source<'closed'> = (_params, sink, { webContentsId }) =>
    feedValue(this.#main?.id === webContentsId ? this.deps.drafts.staysClosed : new Observable(false), sink);

  /** Source of the feed `palette`: always 0 for the popover. */
  readonly palette: Source<'palette'> = (_params, sink, { webContentsId }) =>
    feedValue(this.#main?.id === webContentsId ? this.#paletteAsked : new Observable(0), sink);

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

  /** False also for a hidden window with drafts, which the user has closed. */
  get isMainOpen(): boolean {
    return this.#main !== null && !this.deps.drafts.isClosed;
  }

  /** Shows the main window with a view; null = keep the current view. */
  openMain(view: View | null): void {
    this.hidePopover();
    if (this.#main === null) {
      this.#makeMain(view ?? this.deps.homeView());
      return;
    }
    if (view !== null) this.#main.view.set(view);
    if (!this.isMainOpen) {
      this.deps.drafts.release();
      this.deps.onMainOpened();
    }
    if (this.#main.window.isMinimized()) this.#main.window.restore();
    this.#main.show();
  }

  /** Shows the main window and opens its palette. */
  openPalette(): void {
    this.openMain(null);
    this.#paletteAsked.set(this.#paletteAsked.current + 1);
  }

  /** Shows the main window and opens its developer tools. */
  openDeveloperTools(): void {
    this.openMain(null);
    this.#main?.window.webContents.openDevTools({ mode: 'detach' });
  }

  /** `tray` = place of the icon; null = the desktop gives none. */
  togglePopover(tray: Rectangle | null, by: 'click' | 'keys' = 'click'): void {
    this.#popover.toggle(tray, by);
  }

  /** Sets the popover's height, as its page reported it. */
  setHeight(webContentsId: number, height: number): void {
    if (this.#popover.page?.id === webContentsId) this.#popover.setHeight(height);
  }

  hidePopover(): void {
    this.#popover.hide();
  }

  /** Shows a progress on the taskbar icon. */
  setProgress(progress: TaskbarProgress): void {
    this.#progress = progress;
    this.#main?.window.setProgressBar(progress.value, { mode: progress.mode });
  }

  /** The window's page has drawn its first picture. */
  drawn(webContentsId: number): void {
    this.#page(webContentsId)?.drawn();
  }

  /** Ignores other windows, which have no drafts. */
  setDrafts(webContentsId: number, held: Drafts): void {
    if (this.#main?.id === webContentsId) this.deps.drafts.hold(held);
  }

  setView(webContentsId: number, view: View): void {
    if (this.#main?.id === webContentsId) this.deps.memory.setView(view);
  }

  /** Closes a window at its own request: hides the popover, closes the main window. */
  close(webContentsId: number): void {
    if (this.#popover.page?.id === webContentsId) this.#popover.hide();
    else if (this.#main?.id === webContentsId) this.#main.window.close();
  }

  stop(): void {
    this.#popover.stop();
    this.#main?.destroy();
  }

  #page(webContentsId: number): Page | undefined {
    return [this.#main, this.#popover.page].find((page) => page?.id === webContentsId) ?? undefined;
  }

  #makeMain(view: View): void {
    const { memory } = this.deps;
    const { bounds: kept, isMaximized } = memory.place;
    const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const place = windowPlace({ kept, workAreas, standard: mainSize, least: leastMainSize });
    const first = this.deps.takeFirstWindow();
    if (first !== null) putInPlace(first.window, place);
    const made = first ?? this.#makeWindow('main', { ...mainLook, ...place });
    const page = this.#makePage('main', view, made);
    this.#main = page;
    this.#paletteAsked = new Observable(0);
    if (isMaximized) page.maximizeFirst();
    memory.follow(page.window);
    if (this.#progress.value >= 0) this.setProgress(this.#progress);
    // Windows ends a session without a signal.
    page.window.on('session-end', () => this.deps.onSessionEnd());
    page.window.on('close', (event) => {
      if (!this.deps.drafts.keep(() => page.destroy())) return;
      event.preventDefault();
      this.#hideMain(page);
      this.deps.onMainClosed();
    });
    page.window.on('closed', () => {
      this.#main = null;
      this.deps.drafts.release();
      this.deps.onMainClosed();
    });
    this.deps.onMainOpened();
  }

  /**
   * Hides the main window. On macOS, a window hidden in full screen leaves an empty screen, so it leaves full screen
   * first.
   */
  #hideMain({ window }: Page): void {
    if (this.deps.platform !== 'darwin' || !window.isFullScreen()) {
      window.hide();
      return;
    }
    window.once('leave-full-screen', () => {
      if (!this.isMainOpen) window.hide();
    });
    window.setFullScreen(false);
  }

  #makeWindow(page: 'main' | 'popover', look: BrowserWindowConstructorOptions): PageWindow {
    const { out, platform, developerTools } = this.deps;
    const options = { ...look, ...windowIcon(out, platform) };
    return makePageWindow({ page, preload: preloadPath(out), developerTools, options });
  }

  #makePage(page: 'main' | 'popover', view: View, made: PageWindow): Page {
    return new Page({
      ...this.deps,
      page,
      made,
      view,
      onEvent: (event) => {
        if (page === 'main' && event.kind === 'left') this.deps.drafts.forget();
        this.#events.emit(event);
      },
    });
  }
}

/** Without x and y the window stays where the system placed it. */
function putInPlace(window: BrowserWindow, { x, y, width, height }: Size & Partial<Rectangle>): void {
  if (x === undefined || y === undefined) window.setSize(width, height);
  else window.setBounds({ x, y, width, height });
}
