/*
 * npm run dist: packages for this system by electron-builder, around the Electron that set-up has got. `-- --dir` makes
 * the unpacked folder only. All arguments go to electron-builder. Nothing is ever published from here.
 */
import { pathToFileURL } from 'node:url';
import { buildStale } from './build.mjs';
import { runCommand } from './setup/failure.mjs';
import { requireRuntime } from './setup/runtime.mjs';
import { runTool } from './tools.mjs';

/**
 * @param {readonly string[]} args for electron-builder
 * @param {{ show: boolean }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function makePackage(args, { show }) {
  await buildStale({ quiet: !show });
  const runtime = requireRuntime();
  return runTool(
    'electron-builder',
    [
      ...args,
      '--publish',
      'never',
      `-c.electronDist=${runtime.path}`,
      `-c.electronVersion=${runtime.version}`,
    ],
    { show },
  );
}

const isCommand = process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href;
if (isCommand) {
  await runCommand(async () => (await makePackage(process.argv.slice(2), { show: true })).code);
}
