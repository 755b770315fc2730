import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, tail } from '../setup/run.mjs';
import { cached, debianBase, person } from './base.mjs';
import { failureOfApt } from './reach.mjs';

const enter = join(dirname(fileURLToPath(import.meta.url)), 'enter.sh');
/** Folders of temporary data, of the package manager's own data, and of the user. */
const notListed = ['proc', 'sys', 'dev', 'tmp', 'run', 'home', 'var/lib/dpkg', 'var/lib/apt', 'var/cache'];

/**
 * In `chroot` the kernel makes no user namespaces, so Chromium's sandbox needs its setuid program; in `pivot` it uses
 * namespaces.
 *
 * @typedef {'chroot' | 'pivot'} Way
 */

/** A complete Debian in a folder, with apt and one user. */
export class BareDebian {
  /**
   * @param {string} root
   * @param {string} archives apt's cache of downloads
   */
  constructor(root, archives) {
    this.root = root;
    this.archives = archives;
    /** @type {Record<string, string>} */
    this.session = {};
  }

  /** @param {string} suite */
  static async unpacked(suite) {
    const base = await debianBase(suite);
    const root = mkdtempSync(join(tmpdir(), `perch-${suite}-`));
    const { code, output } = await run('tar', ['--extract', '--file', base, '--directory', root]);
    if (code === 0) return new BareDebian(root, cached(suite).archives);
    rmSync(root, { recursive: true, force: true });
    throw new Error(`${basename(base)} could not be unpacked:\n${tail(output)}`);
  }

  /**
   * Lets the user's programs join a desktop session of the host.
   *
   * @param {Record<string, string>} env of the session
   */
  join(env) {
    const bus = /path=([^,]+)/.exec(env.DBUS_SESSION_BUS_ADDRESS ?? '')?.[1] ?? '';
    this.session = { ENTER_BUS: bus, ENTER_X11: '/tmp/.X11-unix' };
    this.display = env.DISPLAY ?? '';
  }

  /**
   * Runs a program as root.
   *
   * @param {readonly string[]} command
   * @param {Way} way
   */
  async asRoot(command, way) {
    const system = {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      DEBIAN_FRONTEND: 'noninteractive',
      LC_ALL: 'C.UTF-8',
    };
    return await run('unshare', this.entering(['env', '-i', ...pairs(system), ...command], way), {
      env: this.outside(),
    });
  }

  /**
   * Runs apt-get. Repeats it with new package lists if the old ones name files that are gone.
   *
   * @param {readonly string[]} args
   * @param {Way} way
   */
  async apt(args, way) {
    const command = ['apt-get', '-y', '-q', '--no-install-recommends', ...args];
    const first = await this.asRoot(command, way);
    if (first.code === 0) return first.output;
    await this.asRoot(['apt-get', '-q', 'update'], way);
    const second = await this.asRoot(command, way);
    if (second.code !== 0) {
      throw failureOfApt(`apt-get ${args.join(' ')}:\n${tail(second.output, 30)}`, second.output);
    }
    return second.output;
  }

  /**
   * Copies a file into the system.
   *
   * @param {string} file
   * @returns {string} where it is inside
   */
  bring(file) {
    const inside = `/tmp/${basename(file)}`;
    mkdirSync(join(this.root, 'tmp'), { recursive: true });
    copyFileSync(file, join(this.root, inside));
    return inside;
  }

  /**
   * Starts a program of the user in the session.
   *
   * @param {readonly string[]} command
   * @param {Way} way
   */
  start(command, way) {
    const env = {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      HOME: person.home,
      LANG: 'C.UTF-8',
      XDG_RUNTIME_DIR: '/run/user/1000',
      XDG_SESSION_TYPE: 'x11',
      NO_AT_BRIDGE: '1',
      DISPLAY: this.display ?? '',
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus',
      DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/run/user/1000/bus',
    };
    const become = ['setpriv', `--reuid=${person.id}`, `--regid=${person.id}`, '--clear-groups'];
    return spawn(
      'unshare',
      this.entering([...become, 'env', '-i', `--chdir=${person.home}`, ...pairs(env), ...command], way),
      { env: this.outside(), stdio: ['ignore', 'pipe', 'pipe'] },
    );
  }

  /** Every path of the system except the user's, sorted. */
  async listing() {
    const without = notListed.flatMap((path) => ['-path', `./${path}`, '-prune', '-o']);
    const { output } = await run('find', ['.', ...without, '-print'], { cwd: this.root });
    return output.trim().split('\n').sort();
  }

  remove() {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 20 });
  }

  /**
   * @param {readonly string[]} command
   * @param {Way} way
   */
  entering(command, way) {
    return ['--mount', '--propagation', 'private', 'sh', enter, this.root, way, ...command];
  }

  outside() {
    return { ...process.env, ENTER_BUS: '', ...this.session, ENTER_ARCHIVES: this.archives };
  }
}

/** @param {Record<string, string>} env */
function pairs(env) {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}
