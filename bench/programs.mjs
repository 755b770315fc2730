/* The two compared applications, and how a user starts them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause } from './figures.mjs';
import { connectionsOf, memoryOf, secondsOf } from './processes.mjs';

/** @typedef {import('../tests/support/desktop/desktop.mjs').Desktop} Desktop */
/** @typedef {'bare' | 'perch'} ProgramName */

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const executable = /** @type {string} */ (
  JSON.parse(readFileSync(join(root, '.cache/electron-runtime.json'), 'utf8')).executable
);

const programs = {
  bare: { folder: join(root, 'bench/bare'), title: 'Bare' },
  perch: { folder: root, title: 'Perch' },
};

/** Time limit for a program that hangs. */
const endsWithinMs = 20_000;

/**
 * @param {ProgramName} name
 * @param {readonly string[]} flags
 */
export function argumentsOf(name, flags) {
  return [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), programs[name].folder, ...flags];
}

/**
 * Keeps the program's data in the session, so that a second start finds the data of the first.
 *
 * @param {Desktop} desktop
 * @param {ProgramName} name
 */
export function environmentOf(desktop, name) {
  return {
    ...desktop.env,
    PERCH_DATA: join(desktop.folder, `data-${name}`),
    PERCH_NODE: process.execPath,
  };
}

/**
 * Starts the program and waits until it is idle.
 *
 * @param {Desktop} desktop
 * @param {ProgramName} name
 * @param {{ hidden: boolean, restMs: number, flags?: readonly string[], env?: Record<string, string> }} options
 */
export async function run(desktop, name, { hidden, restMs, flags = [], env = {} }) {
  const started = performance.now();
  const child = spawn(executable, argumentsOf(name, hidden ? ['--hidden', ...flags] : flags), {
    env: { ...environmentOf(desktop, name), ...env },
    stdio: 'ignore',
  });
  const pid = /** @type {number} */ (child.pid);
  const ended = once(child, 'exit');
  const windowShown = hidden
    ? null
    : visibleWindow(desktop, programs[name].title).then(() => performance.now() - started);
  await desktop.waitForTray();
  const tray = performance.now() - started;
  const window = await windowShown;
  await pause(restMs);
  return {
    pid,
    tray,
    window,
    memory: () => memoryOf(pid, executable).mib,
    cpuSeconds: () => secondsOf(pid, executable),
    connections: () => connectionsOf(pid),
    end: async () => {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), endsWithinMs);
      const [, signal] = await ended;
      clearTimeout(late);
      if (signal === 'SIGKILL')
        throw new Error(`${programs[name].title} did not end within ${endsWithinMs / 1000} s.`);
    },
  };
}

/**
 * Polls, because xdotool's own waiting checks only twice a second.
 *
 * @param {Desktop} desktop
 * @param {string} title
 */
async function visibleWindow(desktop, title) {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const { code } = await desktop.run('xdotool', ['search', '--onlyvisible', '--name', `^${title}`]);
    if (code === 0) return;
    await pause(50);
  }
  throw new Error(`No window of ${title} within 20 s.`);
}
