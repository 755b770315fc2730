import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../setup/paths.mjs';

/**
 * Circles of imports between files, also of types alone: two files in a circle can only be read together.
 *
 * @param {readonly string[]} files paths from the root, with slashes
 * @param {(path: string) => string} [read]
 * @returns {string[][]} the files of each circle, sorted
 */
export function circlesOf(files, read = (path) => readFileSync(join(root, path), 'utf8')) {
  const known = new Set(files);
  const imports = new Map(files.map((file) => [file, importsOf(file, read(file), known)]));
  return stronglyConnected(imports).filter((group) => group.length > 1);
}

/**
 * @param {string} file
 * @param {string} text
 * @param {ReadonlySet<string>} known
 */
function importsOf(file, text, known) {
  const sources = [...text.matchAll(/^\s*(?:import|export)\b[^;'"]*?\bfrom\s+'(\.[^']+)'/gm)];
  return sources
    .map(([, source = '']) => posix.join(posix.dirname(file), source))
    .flatMap((path) => [path, path.replace(/\.js$/, '.ts')].filter((name) => known.has(name)));
}

/**
 * Tarjan's algorithm.
 *
 * @param {ReadonlyMap<string, readonly string[]>} graph
 * @returns {string[][]}
 */
function stronglyConnected(graph) {
  /** @type {Map<string, { index: number, low: number, isOpen: boolean }>} */
  const seen = new Map();
  /** @type {string[]} */
  const open = [];
  /** @type {string[][]} */
  const groups = [];
  /** @param {string} name */
  const visit = (name) => {
    const node = { index: seen.size, low: seen.size, isOpen: true };
    seen.set(name, node);
    open.push(name);
    for (const next of graph.get(name) ?? []) {
      const other = seen.get(next) ?? visit(next);
      if (other.isOpen) node.low = Math.min(node.low, other.low);
    }
    if (node.low === node.index) groups.push(close(name));
    return node;
  };
  /** @param {string} first */
  const close = (first) => {
    const group = open.splice(open.indexOf(first));
    for (const name of group) {
      const node = seen.get(name);
      if (node) node.isOpen = false;
    }
    return group.sort();
  };
  for (const name of graph.keys()) if (!seen.has(name)) visit(name);
  return groups;
}
