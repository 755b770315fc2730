import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { electronFlags } from '../electron-flags.mjs';

/** Time limit for the packaged application to end at a refused flag. */
const REFUSAL_MS = 20_000;
/** The first start of the sandbox makes keys and installs servers. */
const DEMO_MS = 90_000;

/**
 * Program of the unpacked package that electron-builder made; its folder names system and architecture.
 *
 * @param {string} folder folder of the packages
 * @param {NodeJS.Platform} platform
 * @returns {string | undefined}
 */
export function programIn(folder, platform) {
  const inside = { darwin: 'Perch.app/Contents/MacOS/Perch', win32: 'Perch.exe', linux: 'perch' };
  const kind = {
    darwin: /^mac(?:-\w+)?$/,
    win32: /^win(?:-\w+)?-unpacked$/,
    linux: /^linux(?:-\w+)?-unpacked$/,
  };
  const system = /** @type {keyof typeof inside} */ (platform);
  const made = existsSync(folder) ? readdirSync(folder).filter((name) => kind[system].test(name)) : [];
  return made.map((name) => join(folder, name, inside[system])).find((file) => existsSync(file));
}

/**
 * Flags that open Perch to other programs and that Perch does not refuse with a message.
 *
 * @param {string} executable
 */
export function openedBy(executable) {
  const flags = [
    '--remote-debugging-port=0',
    '--js-flags=--expose-gc',
    '--load-extension=/tmp',
    '--inspect=0',
  ];
  return flags.filter((flag) => {
    const { status, stderr } = spawnSync(executable, [...electronFlags(), flag], { timeout: REFUSAL_MS });
    return status !== 2 || !String(stderr).includes(`Perch does not start with ${flag.split('=')[0]}`);
  });
}

/**
 * Starts the demo in a package and waits until one of its servers is live, which needs main, the sandbox, its servers,
 * the panel's HTTP and a node's websocket. For systems whose tray can't be clicked by a test.
 *
 * @param {string} executable
 * @returns {Promise<string[]>} a sentence for each problem
 */
export async function demoLives(executable) {
  const data = mkdtempSync(join(tmpdir(), 'perch-smoke-'));
  const child = spawn(executable, electronFlags(), {
    env: { ...process.env, PERCH_DEMO: '1', PERCH_DATA: data },
    stdio: 'ignore',
  });
  /** @type {{ code: number | null } | undefined} */
  let ended;
  child.once('exit', (code) => (ended = { code }));
  const log = join(data, 'logs', 'perch.log');
  const said = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  const until = Date.now() + DEMO_MS;
  while (!said().includes('wings.live') && !ended && Date.now() < until) await sleep(250);
  const lived = said().includes('wings.live') && !ended;
  const told = said();
  child.kill();
  while (!ended && Date.now() < until + REFUSAL_MS) await sleep(50);
  rmSync(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  if (lived) return [];
  const end = ended ? `it ended with ${String(ended.code)}` : 'no server of the demo was live';
  return [`The packaged application: ${end}. Its log:\n${told}`];
}
