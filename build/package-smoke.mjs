import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { until } from '../tests/support/desktop/processes.mjs';
import { makePackage } from './package/make.mjs';
import { electronFlags } from './electron-flags.mjs';
import { substituteFlag } from './package/electron.mjs';
import { inspect } from './package/inspect.mjs';
import { demoLives, openedBy, programIn } from './package/outside.mjs';
import { pretendDevServer } from './package/pretended-dev-server.mjs';
import { isCommand, runCommand } from './setup/failure.mjs';
import { runGroups } from './steps.mjs';

/** Time limit for the packaged application to end after "Quit". */
const QUIT_MS = 10_000;
/** The sandbox's first start makes keys and installs servers. */
const DEMO_MS = 40_000;
/** A server of the demo saves for about a second. */
const STOP_MS = 10_000;

/**
 * Makes a package, with the substitute Electron if there is no other, and checks its contents and licences.
 *
 * Then uses the package from outside, as a user on a computer without Node, because its fuses forbid Playwright:
 * starts it with the demo, waits for the servers in the tray's menu, stops one server there, and chooses "Quit". It
 * must not have the tools of a checkout: it must not contact a given dev server, its menu has no developer tools, and
 * it ends at flags that open it to other programs.
 * On systems other than Linux the tray can't be clicked, so there the test ends when the demo is live.
 *
 * @type {import('./steps.mjs').Step}
 */
export const packageSmoke = {
  name: 'package',
  work: async () => {
    const made = await makePackage(['--dir', substituteFlag], { show: false });
    const executable = programIn(made.folder, process.platform);
    if (made.code !== 0 || executable === undefined) return wrong(made.output);
    const isLinux = process.platform === 'linux';
    const system = process.arch === 'arm64' ? 'linux-arm64' : 'linux-x64';
    const amiss = isLinux ? inspect(dirname(executable), system) : [];
    if (amiss.length > 0) return wrong(amiss.join('\n'));
    const open = openedBy(executable);
    if (open.length > 0) return wrong(`The package starts with ${open.join(', ')}.`);
    if (isLinux) return await useDemo(executable);
    const dead = await demoLives(executable);
    return dead.length > 0 ? wrong(dead.join('\n')) : fine('');
  },
};

/** @param {string} executable */
async function useDemo(executable) {
  const desktop = await startDesktop();
  const devServer = await pretendDevServer();
  const child = spawn(executable, electronFlags(), {
    env: {
      ...withoutNode(desktop.env, join(desktop.folder, 'bin')),
      PERCH_DEMO: '1',
      PERCH_DEV_SERVER: devServer.address,
      PERCH_DATA: join(desktop.folder, 'perch'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const pipe of [child.stdout, child.stderr]) pipe.on('data', (chunk) => (said += String(chunk)));
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  /** @type {(line: string, timeoutMs: number) => Promise<void>} */
  const seeInMenu = async (line, timeoutMs) => {
    const isThere = async () => (await desktop.trayMenu()).some(({ label }) => label.endsWith(line));
    await until(isThere, { what: `"${line}" in the tray's menu`, timeoutMs });
  };
  try {
    await desktop.waitForTray();
    await seeInMenu('Survival — running', DEMO_MS);
    if (devServer.asked() > 0) return wrong('The package takes its pages from a dev server.');
    const menu = await desktop.trayMenu();
    if (menu.some(({ label }) => label === 'Developer tools'))
      return wrong('The package has developer tools in its menu.');
    await desktop.clickMenu(['Survival', 'Stop']);
    await seeInMenu('Survival — offline', STOP_MS);
    await desktop.clickMenu(['Quit']);
    const code = await Promise.race([ended, later(QUIT_MS, 'it did not end')]);
    if (code !== 0) return wrong(`The packaged application ended with ${String(code)}.\n${said}`);
    const nothingIsLeft = () => Promise.resolve(processesOf(executable).length === 0);
    await until(nothingIsLeft, { what: 'the end of all its processes', timeoutMs: STOP_MS });
    return fine(said);
  } catch (error) {
    return wrong(
      `The packaged application: ${error instanceof Error ? error.message : String(error)}\n${said}`,
    );
  } finally {
    child.kill('SIGKILL');
    devServer.close();
    await desktop.stop();
  }
}

/**
 * The environment with all programs of its path except Node.
 *
 * @param {Record<string, string>} env
 * @param {string} folder for links to the programs
 */
function withoutNode(env, folder) {
  mkdirSync(folder, { recursive: true });
  const places = (env.PATH ?? '').split(delimiter).filter((place) => existsSync(place));
  // Reversed, so that the first folder of the path sets its links last and wins.
  const programs = new Map(
    places.toReversed().flatMap((place) => readdirSync(place).map((name) => [name, join(place, name)])),
  );
  for (const [name, file] of programs) {
    if (!/^(node|nodejs|npm|npx|electron)$/.test(name)) symlinkSync(file, join(folder, name));
  }
  const kept = Object.entries(env).filter(([name]) => !/^(npm_|NODE|PERCH_|ELECTRON_)/.test(name));
  return { ...Object.fromEntries(kept), PATH: folder };
}

/** @param {string} executable */
function processesOf(executable) {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(join('/proc', pid, 'exe')) === executable;
    } catch {
      // The process has ended, or is a kernel thread.
      return false;
    }
  });
}

/**
 * @param {number} ms
 * @param {string} what
 */
function later(ms, what) {
  return new Promise((resolve) => setTimeout(() => resolve(what), ms).unref());
}

/** @param {string} output */
const fine = (output) => ({ passed: 1, failed: 0, output });
/** @param {string} output */
const wrong = (output) => ({ passed: 0, failed: 1, output });

if (isCommand(import.meta.url)) {
  await runCommand(() => runGroups([{ steps: [packageSmoke], atOnce: 1 }]));
}
