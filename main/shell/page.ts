import { BrowserWindow, nativeTheme, type BrowserWindowConstructorOptions } from 'electron';
import { pushChannel, type Push, type View } from '../../bridge/contract.js';
import type { Log } from '../base/ports.js';
import { pageUrl } from './scheme.js';
import { Told } from './told.js';

export interface PageDeps {
  readonly page: 'main' | 'popover';
  readonly preload: string;
  readonly log: Log;
  readonly view: View;
  readonly options: BrowserWindowConstructorOptions;
  readonly listener: PageListener;
}

export interface PageListener {
  /** The page can be seen, or no longer. */
  visibility(webContentsId: number, visible: boolean): void;
  /** The page left: by navigation, a crash, or because the window is gone. */
  left(webContentsId: number): void;
}

/** As the pages' own `--surface`, so that a window is never white first. */
const surface = { light: '#fdfdfe', dark: '#101113' };

/** A page that crashes more often than this is closed instead of loaded again. */
const mostReloads = 2;

/** One window with one page of Perch in it; shown as soon as there is something to see. */
export class Page {
  readonly window: BrowserWindow;
  readonly id: number;
  /** What main wants this page to show. */
  readonly view: Told<View>;
  #visible = true;
  #reloads = 0;

  constructor(deps: PageDeps) {
    this.view = new Told(deps.view);
    this.window = new BrowserWindow({
      ...deps.options,
      show: false,
      backgroundColor: nativeTheme.shouldUseDarkColors ? surface.dark : surface.light,
      webPreferences: {
        preload: deps.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      },
    });
    this.id = this.window.webContents.id;
    this.#follow(deps);
    void this.window.loadURL(pageUrl(deps.page)).catch((error: unknown) => {
      deps.log.error('window.not-loaded', { page: deps.page, message: String(error) });
    });
  }

  /** True from the beginning: a page is made to be shown, and may draw its first picture before it is. */
  get visible(): boolean {
    return this.#visible && !this.window.isDestroyed();
  }

  push(push: Push): void {
    if (!this.window.isDestroyed()) this.window.webContents.send(pushChannel, push);
  }

  destroy(): void {
    if (!this.window.isDestroyed()) this.window.destroy();
  }

  #follow({ page, log, listener }: PageDeps): void {
    const setVisible = (visible: boolean): void => {
      if (this.#visible === visible) return;
      this.#visible = visible;
      listener.visibility(this.id, visible);
    };
    this.window.on('show', () => setVisible(true));
    this.window.on('restore', () => setVisible(true));
    this.window.on('hide', () => setVisible(false));
    this.window.on('minimize', () => setVisible(false));
    this.window.on('closed', () => listener.left(this.id));
    const { webContents } = this.window;
    webContents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) listener.left(this.id);
    });
    webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      log.error('window.crashed', { page, reason, exitCode });
      listener.left(this.id);
      if (this.#reloads++ < mostReloads) webContents.reload();
      else this.destroy();
    });
    webContents.on('preload-error', (_event, _path, error) => {
      log.error('window.preload-failed', { page, message: error.message });
    });
    webContents.on('unresponsive', () => log.warn('window.unresponsive', { page }));
  }
}
