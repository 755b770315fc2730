/* The least that an application with a tray icon and a window is: the floor that Perch is measured against. */
const { app, BrowserWindow, Menu, nativeImage, Tray } = require('electron');
const { join } = require('node:path');

Menu.setApplicationMenu(null);
let tray;

app.whenReady().then(() => {
  const icon = join(__dirname, '../../build/icons/tray-running-dark.png');
  tray = new Tray(nativeImage.createFromPath(icon));
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]));
  if (process.argv.includes('--hidden')) return;
  const window = new BrowserWindow({ width: 1280, height: 800, title: 'Bare' });
  const rows = process.argv.find((word) => word.startsWith('--rows='))?.slice('--rows='.length);
  if (rows === undefined) window.loadFile(join(__dirname, 'index.html'));
  else window.loadFile(join(__dirname, 'list.html'), { query: { rows } });
});

app.on('window-all-closed', () => undefined);
