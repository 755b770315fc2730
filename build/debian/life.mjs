import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { join } from 'node:path';
import { startDesktop } from '../../tests/support/desktop/desktop.mjs';
import { until } from '../../tests/support/desktop/processes.mjs';
import { run } from '../setup/run.mjs';
import { BareDebian } from './bare-debian.mjs';
import { person } from './base.mjs';
import { lowerAndHigher } from './lower-and-higher.mjs';
import { processesOf, unprotected } from './processes.mjs';

/** @typedef {import('./bare-debian.mjs').Way} Way */
/** @typedef {import('../../tests/support/desktop/desktop.mjs').Desktop} Desktop */

const executable = '/opt/Perch/perch';
const data = `${person.home}/.config/perch`;
/** An invalid Perch link; the log shows that it arrived. */
const link = 'perch://nowhere/at/all';
const PATIENCE_MS = 60_000;

/**
 * Tests the deb on a bare Debian as an ordinary user: apt installs its dependencies and a lower version, which is
 * started in a desktop session with Chromium's sandbox, opened by a link, upgraded, used again and removed. The first
 * half uses the sandbox's setuid program, the second the kernel's user namespaces.
 *
 * @param {string} suite of Debian
 * @param {string} unpacked folder of the unpacked package
 * @param {(what: string) => void} lap called after each stage with its name
 * @returns {Promise<string[]>} a sentence for each problem
 */
export async function lifeOn(suite, unpacked, lap) {
  const debs = await lowerAndHigher(unpacked);
  lap('two packages made');
  const debian = await BareDebian.unpacked(suite);
  const desktop = await startDesktop({ guest: person.id });
  try {
    debian.join(desktop.env);
    await plantSettings(debian);
    lap('Debian unpacked');
    await debian.apt(['satisfy', await dependsOf(debs.lower)], 'chroot');
    const before = new Set(await debian.listing());
    lap('dependencies installed');
    const installing = await debian.apt(['install', debian.bring(debs.lower)], 'chroot');
    lap('lower version installed');
    const described = await descriptionsIn(debian.root);
    const first = await used(debian, desktop, 'chroot', () => {
      debian.start(['perch', '--quit'], 'chroot');
      return Promise.resolve();
    });
    lap('used with the setuid sandbox');
    await debian.apt(['install', debian.bring(debs.higher)], 'pivot');
    lap('upgraded');
    const second = await used(debian, desktop, 'pivot', () => desktop.clickMenu(['Perch beenden']));
    lap('used with user namespaces');
    await debian.apt(['purge', 'perch'], 'pivot');
    const left = (await debian.listing()).filter((path) => !before.has(path));
    lap('removed');
    return [
      ...(installing.includes(' 1 newly installed') ? [] : ['It does not name all that it depends on.']),
      ...[...described, ...first, ...second],
      ...left.map((path) => `${path} is left.`),
      ...keptIn(debian),
    ];
  } finally {
    for (const { pid } of processesOf(executable)) process.kill(pid, 'SIGKILL');
    await desktop.stop();
    debian.remove();
    rmSync(debs.folder, { recursive: true, force: true });
  }
}

/** @param {string} deb */
async function dependsOf(deb) {
  return (await run('dpkg-deb', ['--field', deb, 'Depends'])).output.trim();
}

/**
 * Problems that desktops and software centres would report.
 *
 * @param {string} root
 */
async function descriptionsIn(root) {
  const share = join(root, 'usr', 'share');
  const checks = await Promise.all([
    run('desktop-file-validate', [join(share, 'applications', 'app.perch.Perch.desktop')]),
    run('appstreamcli', [
      ...['validate', '--no-net', '--no-color'],
      join(share, 'metainfo', 'app.perch.Perch.metainfo.xml'),
    ]),
  ]);
  return checks.filter(({ code }) => code !== 0).map(({ output }) => output);
}

/**
 * Stores German as the language that the user chose before; the menu's language shows that the setting was read.
 *
 * @param {BareDebian} debian
 */
async function plantSettings(debian) {
  const folder = join(debian.root, data);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ version: 2, settings: { language: 'de' } }));
  const paths = ['.config', '.config/perch', '.config/perch/settings.json'];
  for (const path of paths) {
    await chown(join(debian.root, person.home, path), Number(person.id), Number(person.id));
  }
}

/**
 * Starts Perch without a window, follows a link, which opens one, and quits.
 *
 * @param {BareDebian} debian
 * @param {Desktop} desktop
 * @param {Way} way
 * @param {() => Promise<void>} quit as the desktop file's entry or the tray's menu
 * @returns {Promise<string[]>} a sentence for each problem
 */
async function used(debian, desktop, way, quit) {
  const perch = debian.start(['perch', '--hidden'], way);
  let said = '';
  for (const pipe of [perch.stdout, perch.stderr]) pipe.on('data', (chunk) => (said += String(chunk)));
  try {
    await desktop.waitForTray(PATIENCE_MS);
    const links = () => logOf(debian).split('link.unreadable').length;
    const linksBefore = links();
    debian.start(['xdg-open', link], way);
    await until(() => Promise.resolve(links() > linksBefore), {
      what: `the arrival of ${link}`,
      timeoutMs: PATIENCE_MS,
    });
    const showsPage = () => processesOf(executable).some(({ words }) => words.includes('--type=renderer'));
    await until(() => Promise.resolve(showsPage()), { what: 'a window', timeoutMs: PATIENCE_MS });
    const amiss = unprotected(processesOf(executable), person.id);
    await quit();
    const isGone = () => Promise.resolve(processesOf(executable).length === 0);
    await until(isGone, { what: 'the end of all its processes', timeoutMs: PATIENCE_MS });
    return amiss;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${said}`, { cause: error });
  }
}

/** @param {BareDebian} debian */
function logOf(debian) {
  const file = join(debian.root, data, 'logs', 'perch.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** @param {BareDebian} debian */
function keptIn(debian) {
  const file = join(debian.root, data, 'settings.json');
  const isKept = existsSync(file) && readFileSync(file, 'utf8').includes('"de"');
  return isKept ? [] : ["The person's settings are gone."];
}
