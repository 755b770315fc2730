import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';
import { brokenCitations } from './citations.mjs';
import { brokenLinks, brokenPaths } from './links.mjs';
import { readPage } from './page.mjs';

/** Contains wrong citations on purpose. */
const ownSpec = 'build/knowledge/knowledge.spec.ts';
const read = /\.(?:ts|mjs|cjs|js|svelte|css|py|yml|md)$/;

/**
 * Checks that the targets of citations and links in comments and pages exist.
 *
 * @type {import('../steps.mjs').Step}
 */
export const citationStep = {
  name: 'citations',
  work: async () => {
    const isMade = madeFolders();
    const findings = checkKnowledge(
      readTexts(isMade),
      (path) => isMade(path) || existsSync(join(root, path)),
    );
    return { passed: findings.length === 0 ? 1 : 0, failed: findings.length, output: findings.join('\n') };
  },
};

/**
 * @param {ReadonlyMap<string, string>} texts path in the checkout -> text
 * @param {(path: string) => boolean} exists for paths without a text: folders, pictures
 * @returns {string[]} `file:line: problem`
 */
export function checkKnowledge(texts, exists) {
  const checkout = checkoutOf(texts, exists);
  return [...texts].flatMap(([path, text]) =>
    [
      ...brokenCitations(path, text, checkout.pages),
      ...(path.endsWith('.md') ? brokenLinks(path, text, checkout) : []),
      ...brokenPaths(path, text, checkout),
    ].map(({ at, problem }) => `${path}:${text.slice(0, at).split('\n').length}: ${problem}`),
  );
}

/**
 * @param {ReadonlyMap<string, string>} texts
 * @param {(path: string) => boolean} exists
 * @returns {import('./links.mjs').Checkout}
 */
function checkoutOf(texts, exists) {
  const paths = [...texts.keys()];
  const pages = paths
    .filter((path) => path.endsWith('.md'))
    .map((path) => [path, readPage(texts.get(path) ?? '')]);
  return {
    pages: new Map(/** @type {[string, import('./page.mjs').Page][]} */ (pages)),
    exists: (path) => texts.has(path) || exists(path),
    modules: new Set(paths.filter((path) => path.includes('/')).map((path) => path.replace(/\/.*/, ''))),
    fileNames: new Set(paths.map((path) => path.replace(/.*\//, ''))),
  };
}

/**
 * Whether a path lies in a folder of generated files, which may be cited before it exists.
 *
 * @returns {(path: string) => boolean}
 */
function madeFolders() {
  const folders = readFileSync(join(root, '.gitignore'), 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('/'));
  return (path) => folders.some((folder) => `${path}/`.startsWith(folder));
}

/**
 * @param {(path: string) => boolean} isMade
 * @returns {Map<string, string>}
 */
function readTexts(isMade) {
  const top = readdirSync(root, { withFileTypes: true }).filter(
    ({ name }) => !name.startsWith('.') && !isMade(name),
  );
  const paths = top.flatMap((entry) =>
    entry.isDirectory()
      ? readdirSync(join(root, entry.name), { recursive: true, encoding: 'utf8' }).map(
          (path) => `${entry.name}/${path.replaceAll('\\', '/')}`,
        )
      : [entry.name],
  );
  return new Map(
    paths
      .filter((path) => read.test(path) && path !== ownSpec && !isMade(path))
      .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  );
}
