import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { modules, specs } from '../import-rules.mjs';

/** @typedef {import('../import-rules.mjs').Module} Module */

const ending = /\.[cm]?[jt]s$/;
const names = Object.keys(modules).sort((a, b) => b.length - a.length);

/**
 * @param {string} path in the checkout, with slashes; the ending `.js` means `.ts` as well, as it does in imports
 * @returns {string | undefined} name of its module
 */
export function moduleOf(path) {
  const isAtRoot = !path.includes('/') && !modules[path];
  return isAtRoot ? '.' : names.find((name) => isIn(path, name));
}

/** @param {string} path */
export function isSpec(path) {
  return path.replace(ending, '').endsWith('.spec');
}

/**
 * Reason why a file may not import a source.
 *
 * @param {string} from path in the checkout
 * @param {string} source as written in the import
 * @param {{ typeOnly: boolean }} kind
 * @returns {string | undefined} undefined if allowed
 */
export function refusal(from, source, { typeOnly }) {
  const name = moduleOf(from);
  if (name === undefined) return `${from} lies in no module`;
  const module = isSpec(from) ? withSpecs(modules[name]) : modules[name];
  const isRelative = /^\.{1,2}(?:\/|$)/.test(source);
  const target = isRelative ? posix.join(posix.dirname(from), source.replace(/\?.*$/, '')) : source;
  const isAllowed = isRelative ? allowsFile(name, module, target, typeOnly) : allowsPackage(module, source);
  return isAllowed ? undefined : `${isSpec(from) ? `a spec of ${name}` : name} may not import ${target}`;
}

/**
 * @param {Module | undefined} module
 * @returns {Module}
 */
function withSpecs(module) {
  return { ...specs, packages: [...(module?.packages ?? []), ...(specs.packages ?? [])] };
}

/**
 * @param {Module | undefined} module
 * @param {string} source
 */
function allowsPackage(module, source) {
  const builtIn = source.replace(/^node:/, '');
  if (builtIn !== source || builtinModules.includes(builtIn)) {
    return module?.node === '*' || (module?.node?.includes(builtIn) ?? false);
  }
  const name = /^(?:@[^/]+\/)?[^/]*/.exec(source)?.[0] ?? source;
  return module?.packages?.includes(name) ?? false;
}

/**
 * @param {string} own
 * @param {Module | undefined} module
 * @param {string} path
 * @param {boolean} typeOnly
 */
function allowsFile(own, module, path, typeOnly) {
  const target = moduleOf(path);
  // Built files are in no module, and specs may not be imported.
  if (!module || target === undefined || isSpec(path)) return false;
  if (module.modules === '*' || target === own) return true;
  const entries = [...module.modules, ...(typeOnly ? (module.types ?? []) : [])];
  return entries.some((entry) => entry === target || (!modules[entry] && isIn(path, entry)));
}

/**
 * @param {string} path
 * @param {string} place a folder, or a file with its ending
 */
function isIn(path, place) {
  if (ending.test(place)) return path.replace(ending, '') === place.replace(ending, '');
  return path === place || path.startsWith(`${place}/`);
}
