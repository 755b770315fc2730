import { posix } from 'node:path';
import { withoutFences } from './page.mjs';
import { proseOf } from './prose.mjs';

/** @typedef {import('./page.mjs').Page} Page */
/** @typedef {import('./citations.mjs').Finding} Finding */

/**
 * Contents of the checkout, by paths from its root.
 *
 * @typedef {object} Checkout
 * @property {ReadonlyMap<string, Page>} pages
 * @property {(path: string) => boolean} exists
 * @property {ReadonlySet<string>} modules the folders at its root
 * @property {ReadonlySet<string>} fileNames without their folders
 */

/**
 * Links of a Markdown page to missing files and anchors.
 *
 * @param {string} path of the page
 * @param {string} text
 * @param {Checkout} checkout
 * @returns {Finding[]}
 */
export function brokenLinks(path, text, { pages, exists }) {
  const links = withoutFences(text).matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g);
  return [...links].flatMap(({ index, 1: target = '' }) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [file = '', anchor] = target.split('#', 2);
    const to = file === '' ? path : posix.join(posix.dirname(path), decodeURI(file));
    if (!exists(to)) return [{ at: index, problem: `${to} is not there` }];
    const isThere = anchor === undefined || pages.get(to)?.anchors.has(anchor);
    return isThere ? [] : [{ at: index, problem: `${to} has no anchor ${anchor}` }];
  });
}

/**
 * Missing source files that a page, or a comment elsewhere, names between backticks: by path from the root, or by name
 * alone.
 *
 * @param {string} path of the text
 * @param {string} text
 * @param {Checkout} checkout
 * @returns {Finding[]}
 */
export function brokenPaths(path, text, { exists, modules, fileNames }) {
  const prose = path.endsWith('.md') ? withoutFences(text) : proseOf(text).comments;
  return [...prose.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/?)`/g)]
    .filter(({ 1: code = '' }) => {
      const module = code.split('/', 1)[0] ?? '';
      if (code.includes('/')) return modules.has(module) && !exists(code.replace(/\/$/, ''));
      return /^[a-z\d-]+(?:\.[a-z]+)?\.(?:ts|mjs|cjs|svelte|css)$/.test(code) && !fileNames.has(code);
    })
    .map(({ index, 1: code }) => ({ at: index, problem: `${code} is not there` }));
}
