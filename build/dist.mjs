/*
 * npm run dist: packages for this system by electron-builder, around the Electron that set-up has got. `-- --dir` makes
 * the unpacked folder only, `-- --substitute-electron` takes a substitute where there is no other. All other arguments
 * go to electron-builder. Nothing is ever published from here.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildStale } from './build.mjs';
import { packagingOf, substituteFlag } from './package/electron.mjs';
import { failureOf, stackLine } from './package/failed.mjs';
import { runCommand } from './setup/failure.mjs';
import { root } from './setup/paths.mjs';
import { declaredVersion, requireRuntime } from './setup/runtime.mjs';
import { runTool } from './tools.mjs';

/**
 * @param {readonly string[]} args `--substitute-electron`, and what is for electron-builder
 * @param {{ show: boolean }} options
 * @returns {Promise<{ code: number, output: string, folder: string }>} the folder is where packages are put
 */
export async function makePackage(args, { show }) {
  const flagged = args.includes(substituteFlag);
  const packaging = packagingOf(requireRuntime(), { declared: declaredVersion(), flagged });
  await buildStale({ quiet: !show });
  const others = args.filter((arg) => arg !== substituteFlag);
  const made = await runTool('electron-builder', [...others, '--publish', 'never', ...packaging.args], {
    show,
    hide: stackLine,
  });
  return { ...made, folder: join(root, packaging.output) };
}

async function dist() {
  const { code, output } = await makePackage(process.argv.slice(2), { show: true });
  if (code !== 0) throw failureOf(output);
}

const isCommand = process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href;
if (isCommand) await runCommand(dist);
