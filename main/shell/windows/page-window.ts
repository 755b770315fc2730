import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { pageUrl } from '../pages/scheme.js';

export interface PageWindowWish {
  readonly page: 'main' | 'popover';
  /** Path of the bundled preload. */
  readonly preload: string;
  /** Whether F12 opens Chromium's developer tools. */
  readonly developerTools: boolean;
  readonly options?: BrowserWindowConstructorOptions;
}

/** A window that nobody sees yet, which reads its page. */
export interface PageWindow {
  readonly window: BrowserWindow;
  /** Resolves with what keeps its page from being what it should; never where there is nothing. */
  readonly fault: Promise<string>;
}

/** Every window of Perch is made here, with the same walls around its page. */
export function makePageWindow({ page, preload, developerTools, options }: PageWindowWish): PageWindow {
  const window = new BrowserWindow({
    ...options,
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: developerTools,
    },
  });
  const fault = new Promise<string>((resolve) => {
    window.webContents.on('preload-error', (_event, _path, error) => resolve(error.message));
    window.loadURL(pageUrl(page)).catch((error: unknown) => resolve(String(error)));
  });
  return { window, fault };
}
