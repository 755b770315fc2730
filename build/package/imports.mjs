import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';

const modules = ['bridge', 'main', 'preload', 'renderer', 'sandbox', 'messages'];
/** Node's modules, and the modules that Electron provides. */
const given = new Set([...builtinModules, 'electron']);

/**
 * Packages that the application's sources import, for code or styles. Tests do not count.
 *
 * @returns {string[]}
 */
export function importedPackages() {
  const names = modules.flatMap((module) =>
    sourcesOf(join(root, module)).flatMap((file) => packagesIn(read(file))),
  );
  return [...new Set(names)].sort();
}

/**
 * @param {string} source TypeScript, Svelte or CSS
 * A method such as `Buffer.from('ssh-rsa')` is no import.
 *
 * @returns {string[]} names of packages, without the imported names
 */
export function packagesIn(source) {
  return [...source.matchAll(/(?<!\.)\b(?:from|import)\s*\(?\s*['"]([^'"\s]+)['"]/g)]
    .map(([, name = '']) => name)
    .filter((name) => /^[@a-z]/.test(name) && !name.startsWith('node:'))
    .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'))
    .filter((name) => !given.has(name));
}

/** @param {string} folder */
function sourcesOf(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js|svelte|css)$/.test(name) && !name.endsWith('.spec.ts'))
    .map((name) => join(folder, name));
}

/** @param {string} file */
function read(file) {
  return readFileSync(file, 'utf8');
}
