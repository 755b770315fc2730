import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { pageUrl } from '../pages/scheme.js';

export interface PageWindowWish {
  readonly page: 'main' | 'popover';
  /** Path of the bundled preload. */
  readonly preload: string;
  /** True if F12 opens the developer tools. */
  readonly developerTools: boolean;
  readonly options?: BrowserWindowConstructorOptions;
}

/** An invisible window that loads its page. */
export interface PageWindow {
  readonly window: BrowserWindow;
  /** Resolves with the error of a page that failed to load. Never resolves without an error. */
  readonly fault: Promise<string>;
}

/** Creates a window. All windows of Perch are created here, with the same restrictions. */
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
