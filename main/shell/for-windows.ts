/** What windows may ask of the desktop: places, files, the clipboard and the browser. */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import type { Clock } from '../base/ports.js';
import type { SettingsFile } from '../disk/settings.js';
import type { HandlerDeps } from '../ipc/handlers.js';
import { chooseBackup, saveBackup } from './files/backup-files.js';
import type { Browser } from './system/browser.js';
import type { AsPerson } from './start/file-mask.js';
import { showFolder } from './files/file-viewer.js';
import { openLogs } from './files/log-folder.js';
import type { OpenFileDeps } from './files/open-file.js';
import { RecentServers } from './windows/recent-servers.js';
import { saveChart } from './files/save-chart.js';
import { saveConsole } from './files/save-console.js';
import { saveEvents } from './files/save-events.js';
import type { SaveFileDeps } from './files/save-file.js';
import { saveReport } from './files/save-report.js';
import type { SystemClipboard } from './system/clipboard.js';
import type { Windows } from './windows/windows.js';

export interface ForWindowsDeps {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly dataFolder: string;
  readonly isPortable: boolean;
  readonly settings: SettingsFile;
  readonly browser: Browser;
  readonly clipboard: Pick<SystemClipboard, 'write'>;
  readonly windows: Windows;
  readonly asPerson: AsPerson;
  readonly hasTray: () => boolean;
  readonly quit: () => void;
  /** A window has its first picture. */
  readonly onDrawn: () => void;
}

export function forWindows(deps: ForWindowsDeps): HandlerDeps['desktop'] {
  const { asPerson, clock, platform, dataFolder, isPortable, settings, browser, clipboard, windows } = deps;
  const saving = (): SaveFileDeps & OpenFileDeps => ({
    dialog,
    folder: app.getPath('downloads'),
    now: () => clock.wall(),
  });
  const recent = new RecentServers(settings);
  return {
    info: () => ({ version: app.getVersion(), platform, hasTray: deps.hasTray(), dataFolder, isPortable }),
    openLogs: () =>
      openLogs({
        folder: join(dataFolder, 'logs'),
        openPath: (path) => asPerson(() => showFolder(path, { platform, clock })),
      }),
    quit: deps.quit,
    openView: (view) => windows.openMain(view),
    closeWindow: (webContentsId) => windows.close(webContentsId),
    windowDrawn: (webContentsId) => {
      windows.drawn(webContentsId);
      deps.onDrawn();
    },
    setDrafts: (webContentsId, held) => windows.setDrafts(webContentsId, held),
    setView: (webContentsId, view) => {
      windows.setView(webContentsId, view);
      recent.show(webContentsId, view, clock.wall());
    },
    setHeight: (webContentsId, height) => windows.setHeight(webContentsId, height),
    openPanel: (account, server) => browser.openPanel(account, server),
    openKeyPage: (panelUrl, kind) => browser.openKeyPage(panelUrl, kind),
    openLink: (url) => browser.openLink(url),
    writeClipboard: (text) => clipboard.write(text),
    saveConsole: (server, text) => saveConsole(saving(), server, text),
    saveEvents: (format, text) => saveEvents(saving(), format, text),
    saveBackup: (text) => saveBackup(saving(), text),
    chooseBackup: () => chooseBackup(saving()),
    saveReport: (text) => saveReport(saving(), text),
    saveChart: (server, chart) => saveChart(saving(), server, chart),
  };
}
