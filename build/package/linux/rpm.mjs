import { lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { below, layOut } from './tree.mjs';

/** rpm's compression: level and program. */
const payloads = new Map([
  ['xzmt', 'w6T0.xzdio'],
  ['gz', 'w6.gzdio'],
  ['zst', 'w10T0.zstdio'],
  ['none', 'w.ufdio'],
]);

/** Names of processors: Debian's, which electron-builder passes -> rpm's. */
const processors = new Map([
  ['amd64', 'x86_64'],
  ['arm64', 'aarch64'],
]);

/**
 * Spec file for a package with a finished tree.
 *
 * @param {import('./fpm-arguments.mjs').Order} order
 * @param {{ files: readonly string[], scripts: { install: string, remove: string } }} contents lines of `%files`
 */
export function spec(order, { files, scripts }) {
  const payload = payloads.get(order.compression);
  if (payload === undefined) throw new Error(`rpm knows no compression "${order.compression}"`);
  return [
    // The tree is complete: without stripping, dependency search or compilation.
    '%define __spec_install_post %{nil}',
    '%define debug_package %{nil}',
    '%define _build_id_links none',
    `%define _binary_payload ${payload}`,
    `Name: ${order.name}`,
    `Version: ${order.version}`,
    'Release: 1',
    `Summary: ${order.summary}`,
    `License: ${order.licence}`,
    `Group: ${order.category}`,
    `Vendor: ${order.vendor}`,
    `Packager: ${order.maintainer}`,
    `URL: ${order.url}`,
    'AutoReqProv: no',
    ...order.depends.map((name) => `Requires: ${name}`),
    '',
    '%description',
    order.description,
    '',
    ...scriptlet('%post', scripts.install),
    ...scriptlet('%postun', scripts.remove),
    '',
    '%files',
    '%defattr(-,root,root,-)',
    ...files,
    '',
  ].join('\n');
}

/**
 * Makes an rpm with rpmbuild, also for another processor.
 *
 * @param {import('./fpm-arguments.mjs').Order} order
 * @param {string} folder empty folder for the package's contents
 * @param {(command: string, args: readonly string[]) => void} run
 */
export function makeRpm(order, folder, run) {
  const tree = join(folder, 'tree');
  mkdirSync(tree);
  layOut(tree, order.files);
  const scripts = { install: text(order.afterInstall), remove: text(order.afterRemove) };
  const specFile = join(folder, `${order.name}.spec`);
  writeFileSync(specFile, spec(order, { files: fileLines(tree), scripts }));
  const processor = processors.get(order.architecture) ?? order.architecture;
  run('rpmbuild', [
    ...['-bb', '--quiet', '--target', `${processor}-linux`, '--buildroot', tree],
    ...['--define', `_topdir ${folder}`, '--define', `_rpmdir ${dirname(order.file)}`],
    ...['--define', `_rpmfilename ${basename(order.file)}`, specFile],
  ]);
}

/**
 * All files, and the folders that belong to the package; other folders belong to the system.
 *
 * @param {string} tree
 */
function fileLines(tree) {
  return below(tree).flatMap((path) => {
    const installed = `/${relative(tree, path)}`;
    if (!lstatSync(path).isDirectory()) return [`"${installed}"`];
    return /^\/opt\/./.test(installed) ? [`%dir "${installed}"`] : [];
  });
}

/**
 * Script inside a spec file. It names its interpreter, and percent signs are escaped because they begin macros.
 *
 * @param {string} section
 * @param {string} script
 */
function scriptlet(section, script) {
  const shell = /^#!(\S+)/.exec(script)?.[1] ?? '/bin/sh';
  return [`${section} -p ${shell}`, script.replaceAll('%', '%%')];
}

/** @param {string} file */
function text(file) {
  return readFileSync(file, 'utf8');
}
