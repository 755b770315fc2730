/* The files of a module with every small change in them, each behind a switch. */
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from '../setup/paths.mjs';

/** Where the test run finds the changed files. */
export const changedFile = join(root, '.cache/mutate/changed.json');

/**
 * @typedef {object} Mutant
 * @property {string} id
 * @property {string} fileName from the root, with `/`
 * @property {string} mutatorName
 * @property {string} replacement
 * @property {{ start: { line: number, column: number }, end: { line: number, column: number } }} location lines are counted from 1
 */

/**
 * Writes `changedFile` and returns the changes.
 *
 * @param {string} place a folder or a file, from the root
 * @returns {Promise<Mutant[]>}
 */
export async function changeModule(place) {
  const files = filesOf(join(root, place)).map((path) => ({
    name: relative(root, path).replaceAll('\\', '/'),
    mutate: true,
    content: readFileSync(path, 'utf8'),
  }));
  const { files: changed, mutants } = await new Instrumenter(silent).instrument(files, {
    plugins: null,
    ignorers: [constructorsWithRunes],
    // Tests need not check texts for the log or for developers.
    excludedMutations: ['StringLiteral'],
  });
  mkdirSync(dirname(changedFile), { recursive: true });
  const contents = Object.fromEntries(changed.map(({ name, content }) => [name, content]));
  writeFileSync(changedFile, JSON.stringify(contents));
  return mutants
    .filter(({ status }) => status !== 'Ignored')
    .map(({ id, fileName, mutatorName, replacement, location: { start, end } }) => ({
      id,
      fileName,
      mutatorName,
      replacement,
      location: { start: fromOne(start), end: fromOne(end) },
    }));
}

/** @typedef {{ expression?: { right?: { callee?: { name?: string, object?: { name?: string } } } } }} Statement */

/**
 * Svelte accepts `$state` in a constructor only at its top level, so no switch may stand around its statements.
 *
 * @type {Parameters<Instrumenter['instrument']>[1]['ignorers'][number]}
 */
const constructorsWithRunes = {
  shouldIgnore(path) {
    const { node } = /** @type {{ node: { kind?: string, body?: { body: Statement[] } } }} */ (path);
    if (node.kind !== 'constructor' || node.body === undefined) return undefined;
    const callees = node.body.body.map(({ expression }) => expression?.right?.callee);
    const hasRune = callees.some((callee) => (callee?.object ?? callee)?.name === '$state');
    return hasRune ? 'Svelte refuses a switch here.' : undefined;
  },
};

/** @param {{ line: number, column: number }} place */
function fromOne({ line, column }) {
  return { line: line + 1, column };
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.spec|\.d)\.ts$/.test(name))
    .map((name) => join(path, name));
}

const nothing = () => undefined;
const no = () => false;
/** @type {ConstructorParameters<typeof Instrumenter>[0]} */
const silent = {
  isTraceEnabled: no,
  isDebugEnabled: no,
  isInfoEnabled: no,
  isWarnEnabled: no,
  isErrorEnabled: no,
  isFatalEnabled: no,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};
