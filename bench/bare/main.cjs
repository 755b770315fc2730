/* The smallest application with a tray icon and a window: the baseline for Perch. `--client=WORDS` adds the bare client. */
const { app, BrowserWindow, Menu, nativeImage, Tray } = require('electron');
const { join } = require('node:path');

Menu.setApplicationMenu(null);
let tray;

app.whenReady().then(() => {
  const icon = join(__dirname, '../../build/icons/tray-idle-dark.png');
  tray = new Tray(nativeImage.createFromPath(icon));
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]));
  app.on('activate', open);
  if (!process.argv.includes('--hidden')) open();
  const client = wordAfter('--client=');
  if (client !== undefined) runClient(JSON.parse(client));
});

app.on('window-all-closed', () => undefined);

/** Runs the bare client in this process, in place of plain Node. */
function runClient(words) {
  process.argv = [process.execPath, '', ...words];
  import('./client.mjs');
}

function open() {
  // Shown with its first frame, as Perch's window is, so that both times end with a visible window.
  const window = new BrowserWindow({ width: 1280, height: 800, title: 'Bare', show: false });
  window.once('ready-to-show', () => window.show());
  const rows = wordAfter('--rows=');
  if (rows !== undefined) window.loadFile(join(__dirname, 'list.html'), { query: { rows } });
  else window.loadFile(wordAfter('--page=') ?? join(__dirname, 'index.html'));
}

function wordAfter(name) {
  return process.argv.find((word) => word.startsWith(name))?.slice(name.length);
}
