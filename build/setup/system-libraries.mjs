import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { localCache, root } from './paths.mjs';
import { hasProgram, run, succeeds, tail } from './run.mjs';

/** Debian's package names. A second name is that of Debian 13 and Ubuntu 24.04. */
const forElectron = [
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libasound2', 'libasound2t64'],
  ['libnss3'],
  ['libgbm1'],
  ['libx11-xcb1'],
  ['libnotify4'],
  ['libxss1'],
  ['libxtst6'],
  ['fonts-dejavu-core'],
];

const forDesktop = [
  ['xvfb'],
  ['xauth'],
  ['dbus'],
  ['gnome-keyring'],
  ['libsecret-tools'],
  ['dunst'],
  ['xdotool'],
  ['x11-utils'],
  ['python3-dbus'],
  ['python3-gi'],
  ['at-spi2-core'],
  ['gir1.2-atspi-2.0'],
];

const desktopPrograms = [
  'Xvfb',
  'dbus-daemon',
  'gnome-keyring-daemon',
  'secret-tool',
  'dunst',
  'xdotool',
  'xprop',
];

/** Tests check that keytar and Perch find each other's entries. */
const keytar = join(root, 'node_modules', 'keytar', 'prebuilds', `linux-${process.arch}`, 'keytar.node');

/** Debian's own Python, to which python3-dbus belongs. The PATH may name another one first. */
const systemPython = '/usr/bin/python3';

/**
 * Checks Electron's system libraries and, with `desktop`, the programs of a desktop session.
 * On Debian and Ubuntu as root it installs missing packages; elsewhere it fails with the command to run.
 *
 * @param {{ executable: string, desktop: boolean }} wanted
 */
export async function ensureSystemLibraries({ executable, desktop }) {
  if (process.platform !== 'linux') return;
  const stamp = stampFor(executable, desktop);
  if (stamp !== null && stamp.matches()) return;

  const missing = await whatIsMissing(executable, desktop);
  if (missing.length > 0) {
    await install(desktop ? [...forElectron, ...forDesktop] : forElectron, missing);
    const still = await whatIsMissing(executable, desktop);
    if (still.length > 0) {
      throw new SetupFailure(
        `The packages were installed, but this is still missing: ${still.join(', ')}.`,
        'Install what provides it, then run the command again.',
      );
    }
  }
  stampFor(executable, desktop)?.write();
}

/**
 * @param {string} executable
 * @param {boolean} desktop
 */
async function whatIsMissing(executable, desktop) {
  const missing = await missingLibraries(desktop ? [executable, keytar] : [executable]);
  // Electron loads these libraries itself, at the start and for a notification, so the linker does not list them.
  for (const library of ['libX11-xcb.so.1', 'libnotify.so.4']) {
    if (!(await linkerKnows(library))) missing.push(library);
  }
  if (!desktop) return missing;
  missing.push(...desktopPrograms.filter((name) => !hasProgram(name)));
  if (!succeeds(systemPython, ['-c', 'import dbus, gi'])) missing.push('python3-dbus', 'python3-gi');
  const asScreenReader = 'import gi; gi.require_version("Atspi", "2.0")';
  if (!succeeds(systemPython, ['-c', asScreenReader])) missing.push('at-spi2-core', 'gir1.2-atspi-2.0');
  return missing;
}

/** @param {readonly string[]} binaries */
async function missingLibraries(binaries) {
  const results = await Promise.all(
    binaries.filter((file) => existsSync(file)).map((file) => run('ldd', [file])),
  );
  const names = results.flatMap(({ output }) =>
    [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? ''),
  );
  return [...new Set(names)];
}

/** @param {string} library */
async function linkerKnows(library) {
  const ldconfig = hasProgram('ldconfig') ? 'ldconfig' : '/sbin/ldconfig';
  const { code, output } = await run(ldconfig, ['-p']);
  // A system without ldconfig (musl, NixOS) can't be checked; the application will report a missing library.
  return code !== 0 || output.includes(library);
}

/**
 * @param {readonly (readonly string[])[]} packages
 * @param {readonly string[]} missing names for messages
 */
async function install(packages, missing) {
  if (!hasProgram('apt-get')) {
    throw new SetupFailure(
      `This system lacks ${missing.join(', ')}.`,
      `Install them with your package manager (on Debian they are in: ${packages.map((names) => names[0]).join(' ')}), then run the command again.`,
    );
  }
  const become = whoInstalls();
  if (become === null) {
    const names = await availableNames(packages);
    throw new SetupFailure(
      `This system lacks ${missing.join(', ')}.`,
      `Run this once: sudo apt-get install -y ${names.join(' ')}`,
    );
  }
  console.log(`perch: installing system packages (missing: ${missing.join(', ')})`);
  const update = await aptGet(become, ['update', '-q']);
  const result = await aptGet(become, [
    'install',
    '-y',
    '-q',
    '--no-install-recommends',
    ...(await availableNames(packages)),
  ]);
  if (result.code !== 0) {
    const why = update.code === 0 ? result : update;
    throw new SetupFailure(
      `apt-get could not install the system packages:\n${tail(why.output)}\n`,
      'Mend that, then run the command again.',
    );
  }
}

/**
 * Words before `apt-get`: none for root, and `sudo` on a CI machine, where it asks for no password. Other systems are
 * not changed.
 *
 * @returns {readonly string[] | null} null if the user has to do it
 */
function whoInstalls() {
  if (process.getuid?.() === 0) return [];
  const sudo = ['sudo', '--non-interactive'];
  return process.env.CI && succeeds('sudo', ['--non-interactive', 'true']) ? sudo : null;
}

/**
 * @param {readonly string[]} become
 * @param {readonly string[]} args
 */
function aptGet(become, args) {
  // sudo passes no variables on.
  const [command = '', ...rest] = [...become, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  return run(command, [...rest, '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3', ...args]);
}

/**
 * Checks optional programs of a command. On Debian as root it installs the missing ones.
 *
 * @param {Readonly<Record<string, string>>} wanted Debian's package of each program
 * @returns {Promise<string[]>} the programs that are still missing
 */
export async function ensurePrograms(wanted) {
  const missing = () => Object.keys(wanted).filter((name) => !hasProgram(name));
  const become = whoInstalls();
  if (missing().length === 0 || !hasProgram('apt-get') || become === null) return missing();
  console.log(`perch: installing system packages (missing: ${missing().join(', ')})`);
  await aptGet(become, ['update', '-q']);
  const packages = missing().map((name) => wanted[name] ?? name);
  await aptGet(become, ['install', '-y', '-q', '--no-install-recommends', ...packages]);
  return missing();
}

/**
 * The alternative package names that this release of the distribution has.
 *
 * @param {readonly (readonly string[])[]} packages
 */
async function availableNames(packages) {
  const newer = packages.flatMap((names) => names.slice(1));
  const { output } = await run('apt-cache', ['policy', ...newer]);
  const known = new Set(
    output
      .split(/\n(?=\S)/)
      .filter((entry) => /Candidate: (?!\(none\))/.test(entry))
      .map((entry) => entry.slice(0, entry.indexOf(':'))),
  );
  return packages.map((names) => names.find((name) => known.has(name)) ?? names[0] ?? '');
}

/**
 * Stamp of a passed check, valid until Debian's list of installed packages changes. Other systems have no such list and
 * therefore no stamp, so the check (some 200 ms) runs each time.
 *
 * @param {string} executable
 * @param {boolean} desktop
 */
function stampFor(executable, desktop) {
  const dpkg = '/var/lib/dpkg/status';
  if (!existsSync(dpkg)) return null;
  const file = join(localCache, desktop ? 'system-desktop' : 'system-electron');
  const wanted = (desktop ? [...forElectron, ...forDesktop] : forElectron).flat().join(' ');
  const value = `${executable} ${statSync(dpkg).mtimeMs} ${wanted}\n`;
  return {
    matches: () => existsSync(file) && readFileSync(file, 'utf8') === value,
    write: () => {
      mkdirSync(localCache, { recursive: true });
      writeFileSync(file, value);
    },
  };
}
