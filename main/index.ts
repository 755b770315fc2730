/** Entry point of the main process: takes the single-instance lock, shows the tray icon, then loads everything else. */
import { join } from 'node:path';
import { app, dialog, Menu, protocol } from 'electron';
import type { AppPorts, PerchApp } from './app.js';
import { systemClock } from './base/clock.js';
import { sessionBus } from './bus/session-bus.js';
import { runCommandLine, startedWords } from './command-line.js';
import { readChunks } from './preload-chunks.js';
import { askedBy, askedOf, type LaunchRequest } from './shell/start/launch-request.js';
import { folderFault, portableFolder } from './shell/start/data-folder.js';
import { keepFilesPrivate } from './shell/start/file-mask.js';
import { makeFirstWindow, startsHidden, type TakeFirstWindow } from './shell/windows/first-window.js';
import { processOwner, rightsFault } from './shell/start/folder-rights.js';
import { flagRefusal, refusedFlag } from './shell/start/refused-flags.js';
import { schemePrivileges } from './shell/pages/scheme.js';
import { servePages } from './shell/pages/serve-pages.js';
import { shortWords, startWith } from './shell/start/short-start.js';
import { firstIcon, type FirstIcon } from './shell/tray/first-icon.js';

const { argv, env, execPath, platform } = process;
/** Time in ms that the desktop needs for its questions about a new tray icon. */
const questionsMs = 40;

const chosenFolder = env['PERCH_DATA'] ?? '';
const ownFolder = chosenFolder === '' ? portableFolder({ env, execPath, platform }) : null;
if (chosenFolder !== '') app.setPath('userData', chosenFolder);
else if (ownFolder !== null) app.setPath('userData', ownFolder);

const folder = app.getPath('userData');
const owner = processOwner(process);
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

// After a verb, these flags are plain words: Chromium does not start there, and the fuses stop Node from reading them.
// A checkout accepts the flags because its own tests use them.
const flag = isPackaged ? refusedFlag(argv) : null;
if (flag !== null) {
  process.stderr.write(flagRefusal(flag));
  process.exit(2);
}

const asked = askedBy(argv.slice(1));
const short = shortWords(argv.slice(1));

const asPerson = keepFilesPrivate({ platform, umask: (mask) => process.umask(mask) });

// One instance per data folder: a second instance with another folder may run at the same time.
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
    // On Wayland the GlobalShortcuts portal registers shortcuts. Chromium reads only the last `enable-features` switch.
    const features = [app.commandLine.getSwitchValue('enable-features'), 'GlobalShortcutsPortal'];
    app.commandLine.appendSwitch('enable-features', features.filter((name) => name !== '').join(','));
  }
  // Perch lives in the tray. The windows decide whether Perch quits after the last window has closed.
  app.on('window-all-closed', () => undefined);

  const out = join(app.getAppPath(), 'out');
  const connectBus = sessionBus(env, process.getuid?.() ?? 0);
  const iconsFolder = join(out, 'icons');
  const icon = firstIcon({ platform, clock: systemClock, connect: connectBus, iconsFolder });
  const takeFirstWindow = icon.shown.then(() => {
    servePages({ out, env, answer: async (...asks) => (await perch).answer(...asks) });
    return startsHidden(asked, platform) ? () => null : makeFirstWindow(out, platform);
  });
  const perch = load({ out, connectBus }, icon.taken, takeFirstWindow);
  const ask = (what: LaunchRequest): void => void perch.then((loaded) => loaded.ask(what));
  app.on('second-instance', (_event, _argv, _folder, data) => ask(askedOf(data)));
  app.on('activate', () => ask(askedBy([])));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    ask({ ...askedBy([]), link });
  });
  // If Perch's own code cannot be loaded, show the error and exit. Otherwise a tray icon without function would stay.
  const fail = (error: unknown): void => {
    dialog.showErrorBox('Perch', String(error));
    app.exit(1);
  };
  perch.then((loaded) => loaded.run()).catch(fail);
}

/**
 * Loads the application behind the tray icon.
 *
 * After the picture the desktop asks for the menu and for changes. In a hidden start the icon is all that the user sees,
 * so loading waits for these questions too.
 */
async function load(
  places: Pick<AppPorts, 'out' | 'connectBus'>,
  icon: Promise<FirstIcon>,
  firstWindow: Promise<TakeFirstWindow>,
): Promise<PerchApp> {
  const [first, takeFirstWindow] = await Promise.all([icon, firstWindow]);
  if (first.icon !== null && asked.hidden) await new Promise((resolve) => setTimeout(resolve, questionsMs));
  await readChunks();
  const { realApp } = await import('./perch.js');
  return realApp({
    ...places,
    firstIcon: first,
    takeFirstWindow,
    asked,
    asPerson,
    isPortable: ownFolder !== null,
  });
}
