/*
 * npm run lane:node24: main without Electron on the Node of the declared Electron. The substitute Electron has Node
 * 20.18, and the user's own Node may be as old.
 * `npm run lanes` runs the modules that depend on Node's own modules; this command runs all of main, with its sandbox tests.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isCommand, runCommand, SetupFailure } from '../setup/failure.mjs';
import { withLock } from '../setup/lock.mjs';
import { userCache } from '../setup/paths.mjs';
import { run, tail } from '../setup/run.mjs';
import { runGroups } from '../steps.mjs';
import { vitestStep } from '../tools.mjs';
import { compileMessages } from '../messages.mjs';

/** Major version, because not every release exists for every system. */
const version = '24';
const onNode = ['base', 'disk', 'history', 'keyring', 'net', 'panel', 'wings'].map(
  (module) => `main/${module}/`,
);

/** @type {import('../steps.mjs').Step} */
export const node24Step = {
  name: 'node24',
  work: async (told) =>
    await vitestStep('unit', { name: 'node24', node: await node24(), files: onNode }).work(told),
};

/**
 * Path of Node 24: the running Node if it is Node 24, otherwise from the npm package for this system, kept in the
 * user's cache.
 *
 * @returns {Promise<string>}
 */
async function node24() {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const name = packageFor(process.platform, process.arch);
  const folder = join(userCache(), `node-${version}`);
  const bin = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(bin)) return bin;
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(bin)) return;
    mkdirSync(folder, { recursive: true });
    console.log(`perch: getting Node ${version} from the npm registry (45 MB, once)`);
    const args = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--loglevel=error'];
    const { code, output } = await run('npm', [...args, `${name}@${version}`]);
    if (code === 0 && existsSync(bin)) return;
    throw new SetupFailure(
      `Node ${version} could not be had as ${name}:\n${tail(output)}\n`,
      'Check that the npm registry can be reached, or run the command with a Node 24 of your own.',
    );
  });
  return bin;
}

/**
 * Name of the npm package with the Node program of a system.
 *
 * @param {string} platform
 * @param {string} arch
 */
function packageFor(platform, arch) {
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

async function lane() {
  compileMessages();
  const node = await node24();
  const steps = [
    vitestStep('unit', { node, files: ['main/', 'bridge/', 'messages/'] }),
    vitestStep('sandbox', { node, files: ['main/'] }),
  ];
  return await runGroups([{ steps, atOnce: 1 }]);
}

if (isCommand(import.meta.url)) await runCommand(lane);
