/** Entry of the main process: one instance, then its icon, then everything behind it. */
import { join } from 'node:path';
import { app, dialog, Menu, protocol } from 'electron';
import type { PerchApp } from './app.js';
import { systemClock } from './base/clock.js';
import { sessionBus } from './bus/session-bus.js';
import { runCommandLine, startedWords } from './command-line.js';
import { readPieces } from './preload-chunks.js';
import { askedBy, askedOf, type Asked } from './shell/start/launch-request.js';
import { folderFault, portableFolder } from './shell/start/data-folder.js';
import { keepFilesPrivate } from './shell/start/file-mask.js';
import { makeFirstWindow, startsHidden, type TakeFirstWindow } from './shell/windows/first-window.js';
import { ownerOf, rightsFault } from './shell/start/folder-rights.js';
import { refusalOf, refusedFlag } from './shell/start/refused-flags.js';
import { schemePrivileges } from './shell/pages/scheme.js';
import { servePages } from './shell/pages/serve-pages.js';
import { shortWords, startWith } from './shell/start/short-start.js';
import { firstIcon } from './shell/tray/first-icon.js';

const { argv, env, execPath, platform } = process;
/** What the desktop's bus needs until the icon is really there. */
const iconShowsWithinMs = 40;

const chosenFolder = env['PERCH_DATA'] ?? '';
const ownFolder = chosenFolder === '' ? portableFolder({ env, execPath, platform }) : null;
if (chosenFolder !== '') app.setPath('userData', chosenFolder);
else if (ownFolder !== null) app.setPath('userData', ownFolder);

const folder = app.getPath('userData');
const owner = ownerOf(process);
const { isPackaged } = app;
const { words, launch: restart } = startedWords({
  argv,
  env,
  execPath,
  isPackaged,
  appPath: app.getAppPath(),
});
if (words !== null) {
  const refused = rightsFault(folder, owner);
  const data = { words, version: app.getVersion(), dataFolder: folder, launch: restart, refused };
  process.exit(runCommandLine(join(app.getAppPath(), 'out'), data));
}

// Behind a verb they are words like any other: Chromium never starts there, and the fuses keep Node from taking them.
// A checkout is started with such flags by its own tests.
const flag = isPackaged ? refusedFlag(argv) : null;
if (flag !== null) {
  process.stderr.write(refusalOf(flag));
  process.exit(2);
}

const asked = askedBy(argv.slice(1));
const short = shortWords(argv.slice(1));

const asPerson = keepFilesPrivate({ platform, umask: (mask) => process.umask(mask) });

// Its data folder is what makes an instance: a second one with other data may run beside it.
const fault = folderFault(folder, { platform, owner });
if (short !== null) startWith(short, app, process);
else if (fault !== null) void import('./perch.js').then((perch) => perch.endWithoutFolder(fault));
else if (!app.requestSingleInstanceLock({ ...asked }) || asked.wants === 'quit') app.quit();
else launch();

function launch(): void {
  app.setAppUserModelId('app.perch.Perch');
  protocol.registerSchemesAsPrivileged([schemePrivileges]);
  if (platform !== 'darwin') Menu.setApplicationMenu(null);
  if (platform === 'linux') {
    // On Wayland the desktop gives keys away, and asks the person; the last list of features is the one that counts.
    const features = [app.commandLine.getSwitchValue('enable-features'), 'GlobalShortcutsPortal'];
    app.commandLine.appendSwitch('enable-features', features.filter((name) => name !== '').join(','));
  }
  // Perch lives in the tray; whether it may stay there without a window is decided where windows are.
  app.on('window-all-closed', () => undefined);

  const out = join(app.getAppPath(), 'out');
  const takeFirstWindow = app.whenReady().then(() => {
    servePages({ out, env, answer: async (...asks) => (await perch).answer(...asks) });
    return startsHidden(asked, platform) ? () => null : makeFirstWindow(out, platform);
  });
  const perch = load(out, takeFirstWindow);
  const ask = (what: Asked): void => void perch.then((loaded) => loaded.ask(what));
  app.on('second-instance', (_event, _argv, _folder, data) => ask(askedOf(data)));
  app.on('activate', () => ask(askedBy([])));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    ask({ ...askedBy([]), link });
  });
  // A file of Perch can't be read: Electron says so, and nothing stays behind an icon that does nothing.
  const fail = (error: unknown): void => {
    dialog.showErrorBox('Perch', String(error));
    app.exit(1);
  };
  perch.then((loaded) => loaded.run()).catch(fail);
}

/** Who shows the icon asks this process for it, so where the icon is all there is to see, that comes first. */
async function load(out: string, firstWindow: Promise<TakeFirstWindow>): Promise<PerchApp> {
  const connectBus = sessionBus(env, process.getuid?.() ?? 0);
  const iconsFolder = join(out, 'icons');
  const icon = await firstIcon({ platform, clock: systemClock, connect: connectBus, iconsFolder });
  const isAllThereIs = icon.icon !== null && asked.hidden;
  if (isAllThereIs) await new Promise((resolve) => setTimeout(resolve, iconShowsWithinMs));
  await readPieces();
  const { realApp } = await import('./perch.js');
  const takeFirstWindow = await firstWindow;
  const isPortable = ownFolder !== null;
  return realApp({ out, firstIcon: icon, takeFirstWindow, asked, asPerson, isPortable, connectBus });
}
