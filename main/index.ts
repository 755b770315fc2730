/** Entry of the main process: one instance, then the application with everything real. */
import { join } from 'node:path';
import { app, Menu, protocol } from 'electron';
import { createApp } from './app.js';
import { systemClock } from './base/clock.js';
import { UndiciNetwork } from './net/http.js';
import { schemePrivileges } from './shell/scheme.js';
import { openSocket } from './net/socket.js';
import { loadSystemKeychain } from './disk/vault.js';

const { env, platform, argv, execPath } = process;
const dataFolder = env['PERCH_DATA'];
if (dataFolder !== undefined && dataFolder !== '') app.setPath('userData', dataFolder);

// Its data folder is what makes an instance: a second one with other data may run beside it.
if (app.requestSingleInstanceLock()) launch();
else app.quit();

function launch(): void {
  app.setAppUserModelId('app.perch.Perch');
  protocol.registerSchemesAsPrivileged([schemePrivileges]);
  if (platform !== 'darwin') Menu.setApplicationMenu(null);
  // Perch lives in the tray; whether it may stay there without a window is decided where windows are.
  app.on('window-all-closed', () => undefined);

  const out = join(app.getAppPath(), 'out');
  const perch = createApp({
    clock: systemClock,
    random: Math.random,
    network: new UndiciNetwork(),
    openSocket,
    loadKeychain: loadSystemKeychain,
    platform,
    env,
    execPath,
    out,
    dataFolder: app.getPath('userData'),
    startHidden: argv.includes('--hidden'),
    startDemo: env['PERCH_DEMO'] === '1',
  });
  app.on('second-instance', () => perch.showMain());
  app.on('activate', () => perch.showMain());
  void perch.run();
}
