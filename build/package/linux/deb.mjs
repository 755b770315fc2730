import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesBelow, layOut } from './tree.mjs';

/** Names of compressions: fpm's -> dpkg-deb's. */
const compressions = new Map([
  ['gz', 'gzip'],
  ['zst', 'zstd'],
]);

/**
 * Text of `DEBIAN/control`.
 *
 * @param {import('./fpm-arguments.mjs').Order} order
 * @param {number} size installed size in KiB
 */
export function control(order, size) {
  const fields = [
    ['Package', order.name],
    ['Version', order.version],
    ['Architecture', order.architecture],
    ['Maintainer', order.maintainer],
    ['Installed-Size', String(size)],
    ['Depends', order.depends.join(', ')],
    ['Recommends', order.recommends.join(', ')],
    ['Section', order.category],
    ['Priority', order.priority],
    ['Homepage', order.url],
    ['Description', order.summary],
  ];
  const given = fields.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`);
  const more = order.description === '' ? [] : [` ${order.description}`];
  return [...given, ...more, ''].join('\n');
}

/**
 * Makes a deb with dpkg-deb.
 *
 * @param {import('./fpm-arguments.mjs').Order} order
 * @param {string} folder empty folder for the package's contents
 * @param {(command: string, args: readonly string[]) => void} run
 */
export function makeDeb(order, folder, run) {
  layOut(folder, order.files);
  const files = filesBelow(folder);
  const size = files.reduce((sum, file) => sum + Math.ceil(lstatSync(file).size / 1024), 0);
  const sums = files.map((file) => `${md5(file)}  ${relative(folder, file)}\n`).join('');
  const about = join(folder, 'DEBIAN');
  mkdirSync(about, { mode: 0o755 });
  writeFileSync(join(about, 'control'), control(order, size), { mode: 0o644 });
  writeFileSync(join(about, 'md5sums'), sums, { mode: 0o644 });
  script(order.afterInstall, join(about, 'postinst'));
  script(order.afterRemove, join(about, 'postrm'));
  const compression = compressions.get(order.compression) ?? order.compression;
  run('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', folder, order.file]);
}

/**
 * @param {string} from
 * @param {string} to
 */
function script(from, to) {
  writeFileSync(to, readFileSync(from), { mode: 0o755 });
}

/** @param {string} file */
function md5(file) {
  return createHash('md5').update(readFileSync(file)).digest('hex');
}
