import { screen, type BrowserWindowConstructorOptions, type Rectangle } from 'electron';
import type { Push, View } from '../../bridge/contract.js';
import type { FeedWindows, Source } from '../ipc/feeds.js';
import type { Clock, Log } from '../ports.js';
import { Page, type PageListener } from './page.js';
import { popoverPlace } from './popover-place.js';

export interface WindowsDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly platform: NodeJS.Platform;
  /** Path of the bundled preload. */
  readonly preload: string;
  /** Path of the application's icon; Linux and Windows show it. */
  readonly icon: string;
  /** What a new main window shows where nobody asked for a certain view. */
  readonly homeView: () => View;
  readonly onMainOpened: () => void;
  readonly onMainClosed: () => void;
}

const popoverSize = { width: 380, height: 560 };

/** The click on the tray icon that takes the focus from the popover has just hidden it; it is not meant to show it. */
const sameClickMs = 300;
/** A hidden window costs memory; one that is wanted again soon should be there at once. */
const keepPopoverMs = 60_000;

/** The two windows, made on demand: the main window and the popover of the tray. */
export class Windows implements FeedWindows {
  readonly #deps: WindowsDeps;
  readonly #listeners = new Set<PageListener>();
  #main: Page | null = null;
  #popover: Page | null = null;
  #popoverHiddenAt = -Infinity;
  #cancelDestroy: (() => void) | null = null;

  constructor(deps: WindowsDeps) {
    this.#deps = deps;
  }

  /** The feed `navigation`: the view that main wants this window to show. */
  readonly navigation: Source<'navigation'> = (_params, sink, { webContentsId }) => {
    const page = this.#page(webContentsId);
    if (page === undefined) return () => undefined;
    sink.snapshot(page.view);
    return page.onView((view) => sink.change(view));
  };

  listen(listener: PageListener): void {
    this.#listeners.add(listener);
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

  get hasMain(): boolean {
    return this.#main !== null;
  }

  /** Shows the main window in front, with this view; null = as it is. */
  openMain(view: View | null): void {
    this.hidePopover();
    if (this.#main === null) {
      this.#makeMain(view ?? this.#deps.homeView());
      return;
    }
    if (view !== null) this.#main.show(view);
    const { window } = this.#main;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Shows or hides the popover; `tray` = where its icon is, null where the desktop does not tell. */
  togglePopover(tray: Rectangle | null): void {
    if (this.#popover?.window.isVisible() === true) {
      this.hidePopover();
      return;
    }
    if (this.#deps.clock.now() - this.#popoverHiddenAt < sameClickMs) return;
    this.#cancelDestroy?.();
    const cursor = screen.getCursorScreenPoint();
    const { workArea } = screen.getDisplayNearestPoint(tray ?? cursor);
    const place = popoverPlace({ tray, cursor, workArea, size: popoverSize });
    if (this.#popover === null) {
      this.#makePopover(place);
      return;
    }
    const { window } = this.#popover;
    window.setPosition(place.x, place.y);
    window.show();
    window.focus();
  }

  hidePopover(): void {
    if (this.#popover?.window.isVisible() === true) this.#popover.window.hide();
  }

  /** A window asks to go: the popover hides, the main window closes. */
  close(webContentsId: number): void {
    if (this.#popover?.id === webContentsId) this.hidePopover();
    else if (this.#main?.id === webContentsId) this.#main.window.close();
  }

  stop(): void {
    this.#cancelDestroy?.();
    this.#popover?.destroy();
    this.#main?.destroy();
  }

  #page(webContentsId: number): Page | undefined {
    return [this.#main, this.#popover].find((page) => page?.id === webContentsId) ?? undefined;
  }

  #makeMain(view: View): void {
    const page = this.#makePage('main', view, {
      width: 1280,
      height: 800,
      minWidth: 900,
      minHeight: 600,
      title: 'Perch',
      autoHideMenuBar: true,
    });
    this.#main = page;
    page.window.once('ready-to-show', () => {
      page.window.show();
      page.window.focus();
    });
    page.window.on('closed', () => {
      this.#main = null;
      this.#deps.onMainClosed();
    });
    this.#deps.onMainOpened();
  }

  #makePopover(place: { x: number; y: number }): void {
    const page = this.#makePage(
      'popover',
      { kind: 'fleet' },
      {
        ...popoverSize,
        ...place,
        title: 'Perch',
        frame: false,
        resizable: false,
        minimizable: false,
        maximizable: false,
        fullscreenable: false,
        skipTaskbar: true,
        alwaysOnTop: true,
      },
    );
    this.#popover = page;
    page.window.once('ready-to-show', () => {
      page.window.show();
      page.window.focus();
    });
    page.window.on('blur', () => this.hidePopover());
    page.window.on('hide', () => {
      const { clock } = this.#deps;
      this.#popoverHiddenAt = clock.now();
      this.#cancelDestroy?.();
      this.#cancelDestroy = clock.after(keepPopoverMs, () => page.destroy());
    });
    page.window.on('closed', () => {
      this.#cancelDestroy?.();
      this.#popover = null;
    });
  }

  #makePage(page: 'main' | 'popover', view: View, options: BrowserWindowConstructorOptions): Page {
    const { preload, log, icon, platform } = this.#deps;
    return new Page({
      page,
      preload,
      log,
      view,
      options: platform === 'darwin' ? options : { ...options, icon },
      listener: {
        visibility: (id, visible) => this.#tell((listener) => listener.visibility(id, visible)),
        left: (id) => this.#tell((listener) => listener.left(id)),
      },
    });
  }

  #tell(what: (listener: PageListener) => void): void {
    for (const listener of this.#listeners) what(listener);
  }
}
