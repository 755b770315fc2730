/* npm start: the application. Arguments behind `--` go to the application. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { buildStale } from './build.mjs';
import { launchOptions, onEndSignal } from './launch.mjs';
import { isCommand, runCommand, SetupFailure } from './setup/failure.mjs';
import { requireRuntime } from './setup/runtime.mjs';

/**
 * Builds changed parts, runs the application on the existing desktop, and returns its exit code.
 *
 * @param {{ args?: readonly string[], env?: NodeJS.ProcessEnv, seconds?: number }} [options] `seconds` ends it by
 *   itself, with exit code 0
 * @returns {Promise<number>}
 */
export async function start({ args, env, seconds } = {}) {
  // A verb of the command line needs no display.
  const isVerb = args?.some((word) => /^[a-z]+$/.test(word)) === true;
  if (!isVerb && process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new SetupFailure(
      'There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).',
      'Run this on a desktop, or run `npm run demo`, which brings its own.',
    );
  }
  await buildStale();
  const launch = launchOptions({ ...(args ? { args } : {}), ...(env ? { env } : {}) });
  const child = spawn(launch.executable, launch.args, { env: launch.env, stdio: 'inherit' });
  onEndSignal((signal) => child.kill(signal));
  const timer = seconds === undefined ? undefined : setTimeout(() => child.kill('SIGTERM'), seconds * 1000);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (seconds !== undefined && signal === 'SIGTERM') resolve(0);
      else resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/** Environment for an application that gets keys of real panels: its window warns of the substitute Electron. */
function realEnv() {
  const isSubstitute = requireRuntime().source === 'substitute';
  return { ...process.env, ...(isSubstitute && { PERCH_SUBSTITUTE_ELECTRON: '1' }) };
}

if (isCommand(import.meta.url))
  await runCommand(() => start({ args: process.argv.slice(2), env: realEnv() }));
