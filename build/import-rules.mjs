/* The allow lists of docs/import-rules.md. Everything else fails the lint (build/lint/). */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup/paths.mjs';

/**
 * @typedef {object} Module
 * @property {readonly string[] | '*'} modules names of modules, or single files of a module
 * @property {readonly string[]} types modules or files whose types may be imported; they are not bundled
 * @property {readonly string[] | '*'} node built-in modules of Node, without `node:`
 * @property {readonly string[]} packages
 * @property {readonly Capability[] | '*'} globals globals that the module may use instead of ports
 * @property {boolean} loads it imports paths that are known only at run time, which a list can't check
 */

/** @typedef {keyof typeof import('./capabilities.mjs').capabilities} Capability */

/**
 * Lists that a word of the page stands for.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const named = {
  floor: ['messages', 'bridge', 'bridge/schema', 'main/base'],
  'page-floor': ['messages', 'bridge', 'renderer/api.ts'],
};

const page = readFileSync(join(root, 'docs', 'import-rules.md'), 'utf8');
const { specs: ofSpecs, ...ofModules } = read(page);

/**
 * Rules by module. A module is a folder with its contents, or a file; the longest matching name wins. Each may import
 * itself.
 *
 * @type {Readonly<Record<string, Module>>}
 */
export const modules = ofModules;

/**
 * Imports for the specs of all modules, besides those of their own module.
 *
 * @type {Module}
 */
export const specs = /** @type {Module} */ (ofSpecs);

/**
 * Reads the blocks of text of a page. The name of a module begins a line, its lists follow indented.
 *
 * @param {string} text
 * @returns {Record<string, Module>}
 */
export function read(text) {
  const blocks = [...text.matchAll(/^```text\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block).join('');
  const entries = blocks.replace(/^#.*\n/gm, '').split(/\n(?=\S)/);
  return Object.fromEntries(entries.map((entry) => moduleIn(entry)));
}

/**
 * @param {string} entry
 * @returns {[name: string, module: Module]}
 */
function moduleIn(entry) {
  const [name = '', ...fields] = entry.trim().split(/\n {2}(?=\w)/);
  const module = { modules: [], types: [], node: [], packages: [], globals: [], loads: false };
  for (const field of fields) {
    const [kind = '', ...words] = field.split(/\s+/);
    if (!Object.hasOwn(module, kind)) throw new Error(`${name} has no list "${kind}"`);
    const list = words[0] === '*' ? '*' : words.flatMap((word) => named[word] ?? [word]);
    Object.assign(module, { [kind]: kind === 'loads' ? true : list });
  }
  return [name, module];
}
