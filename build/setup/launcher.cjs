'use strict';

/*
 * Replaces Electron's default application in a runtime without one.
 * Takes the application's folder from the command line, pretends that Electron loaded it, and loads its main file. `-r
 * FILE` is loaded before, which Playwright uses.
 */
const { app } = require('electron');
const { readFileSync } = require('node:fs');
const { extname, join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');

const args = process.argv.slice(1);
const preloads = [];
let given;
for (let at = 0; at < args.length && given === undefined; at += 1) {
  const arg = args[at];
  if (arg === '-r' || arg === '--require') preloads.push(args[(at += 1)]);
  else if (!arg.startsWith('-')) given = arg;
}

if (given === undefined) {
  console.error('Usage: electron FOLDER-OF-THE-APPLICATION');
  process.exit(1);
}

for (const file of preloads) require(resolve(file));

const folder = resolve(given);
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const main = join(folder, manifest.main ?? 'index.js');
process.defaultApp = true;
app.name = manifest.productName ?? manifest.name;
app.setVersion(manifest.version);
app.setDesktopName(manifest.desktopName ?? `${app.name}.desktop`);
app.setAppPath(folder);
app.setPath('userData', join(app.getPath('appData'), app.name));

const isModule = extname(main) === '.mjs' || (extname(main) === '.js' && manifest.type === 'module');
if (isModule) {
  import(pathToFileURL(main).href).catch((error) => {
    console.error(error);
    app.exit(1);
  });
} else {
  require(main);
}
