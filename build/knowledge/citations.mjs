import { proseOf, put } from './prose.mjs';

/**
 * Checks the citations in comments. CONTRIBUTING "Citing" defines their forms.
 *
 * @typedef {import('./page.mjs').Page} Page
 * @typedef {ReadonlyMap<string, Page>} Pages by path
 * @typedef {import('./prose.mjs').Prose} Prose
 */

/**
 * @typedef {object} Finding
 * @property {number} at offset in the text
 * @property {string} problem
 */

/** Pages without facts to cite; comments name them as files. */
const uncited = ['README', 'CHANGELOG'];

/**
 * Path of the page that a comment cites by its file name in capitals: PLATFORM "Tray" is on docs/platform.md,
 * IMPORT-RULES "Globals" on docs/import-rules.md.
 *
 * @param {string} name
 * @param {Pages} pages
 */
function pathOf(name, pages) {
  const file = `${name.toLowerCase()}.md`;
  return [`docs/${file}`, `${name}.md`].find((path) => pages.has(path));
}

/**
 * Names of all pages that a comment can cite.
 *
 * @param {Pages} pages
 */
function namesOf(pages) {
  const files = [...pages.keys()].map((path) => /^(?:docs\/)?([\w-]+)\.md$/.exec(path)?.[1] ?? '');
  return files.map((name) => name.toUpperCase()).filter((name) => name !== '' && !uncited.includes(name));
}

const place = String.raw`(?:traps?\s+\d+|D\d+\b|(?:sections?\s+)?\d+(?:\.\d+)*\b|"[^"\n]+"(?:\s+\d+\b)?)`;
const between = String.raw`(?:\s*[,;]\s*(?:and\s+)?|\s+(?:and|or|to|-)\s+)`;
const named = new RegExp(
  String.raw`(?<![\w./])([A-Z]{4,}(?:-[A-Z]+)*),?\s+(${place}(?:${between}${place})*)`,
  'g',
);
/** Citations without a page name, because only the page of the protocol has these. */
const unnamed = new RegExp(String.raw`(?<![\w-])(?:traps?\s+\d+(?:${between}\d+)*|D\d{1,2}\b(?!["'-]))`, 'g');
const inBrackets = /(?<=\s)\((\d{1,2}(?:\.\d{1,2})+(?:,\s*\d{1,2}\.\d{1,2})*)\)/g;
const ownSections = /\((\d+\.\d+(?:, \d+\.\d+)*)\)|\bsections? (\d+(?:\.\d+)*)\b/g;

/**
 * All citations in the text whose target does not exist, or whose form is ambiguous.
 *
 * @param {string} path of the text
 * @param {string} text
 * @param {Pages} pages
 * @returns {Finding[]}
 */
export function brokenCitations(path, text, pages) {
  const prose = proseOf(text);
  const rest = withoutNamed(prose, pages);
  const findings = [
    ...brokenNamed(prose, pages),
    ...brokenUnnamed(rest, pages),
    ...(pages.has(path) ? brokenOwn(path, text, pages) : unfollowable(rest, pages)),
  ];
  return findings.sort((a, b) => a.at - b.at);
}

/**
 * `PROTOCOL 4.7`, `PLATFORM "Tray"`. Unknown page names are reported in comments only, because a string may hold any
 * word in capitals.
 *
 * @param {Prose} prose
 * @param {Pages} pages
 */
function brokenNamed({ flat, comments }, pages) {
  return [...flat.matchAll(named)].flatMap(({ index, 1: name = '', 2: list = '' }) => {
    const path = pathOf(name, pages);
    if (path !== undefined) return missing(list, path, pages).map((problem) => ({ at: index, problem }));
    const isCitation = comments.startsWith(name, index) && /^(?:"|D\d|trap|\d+\.\d)/.test(list);
    return isCitation
      ? [{ at: index, problem: `there is no page ${name}; there are ${namesOf(pages).join(', ')}` }]
      : [];
  });
}

/**
 * `D13` and `trap 35` alone.
 *
 * @param {Prose} rest
 * @param {Pages} pages
 */
function brokenUnnamed({ flat }, pages) {
  return [...flat.matchAll(unnamed)].flatMap(({ index, 0: list }) =>
    missing(list, 'docs/protocol.md', pages).map((problem) => ({ at: index, problem })),
  );
}

/**
 * References of a page to its own sections.
 *
 * @param {string} path
 * @param {string} text
 * @param {Pages} pages
 */
function brokenOwn(path, text, pages) {
  return [...text.matchAll(ownSections)].flatMap(({ index, 1: brackets, 2: section }) =>
    missing(brackets ?? section ?? '', path, pages).map((problem) => ({ at: index, problem })),
  );
}

/**
 * Numbers and page names without a place, which a reader can't follow.
 *
 * @param {Prose} rest
 * @param {Pages} pages
 */
function unfollowable({ comments }, pages) {
  const nameAlone = new RegExp(String.raw`(?<![\w./-])(?:${namesOf(pages).join('|')})\b(?!\.md|[:-])`, 'g');
  return [
    ...[...comments.matchAll(inBrackets)].map(({ index, 1: number }) => ({
      at: index,
      problem: `(${number}) names no page; PROTOCOL ${number}?`,
    })),
    ...[...comments.matchAll(nameAlone)].map(({ index, 0: name }) => ({
      at: index,
      problem: `${name} names no place on the page`,
    })),
  ];
}

/**
 * @param {string} list places as a citation lists them
 * @param {string} path
 * @param {Pages} pages
 * @returns {string[]}
 */
function missing(list, path, pages) {
  const page = pages.get(path);
  if (page === undefined) return [`${path} is not there`];
  let isTrap = false;
  const problems = [];
  for (const [found] of list.matchAll(/traps?\s+\d+|D\d+|\d+(?:\.\d+)*|"[^"\n]+"(?:\s+\d+)?/g)) {
    // In "traps 22 and 34" both numbers are traps.
    isTrap = found.startsWith('trap') || (isTrap && /^\d+$/.test(found));
    const number = /\d+$/.exec(found)?.[0] ?? '';
    if (isTrap && !page.anchors.has(`trap-${number}`)) problems.push(`${path} has no trap ${number}`);
    if (!isTrap && !hasPlace(page, found)) problems.push(`${path} has no ${found}`);
  }
  return problems;
}

/**
 * @param {Page} page
 * @param {string} found
 */
function hasPlace(page, found) {
  if (/^D\d/.test(found)) return page.anchors.has(found.toLowerCase());
  return page.places.has(found.replaceAll('"', '').replace(/\s+/g, ' '));
}

/**
 * @param {Prose} prose
 * @param {Pages} pages
 * @returns {Prose}
 */
function withoutNamed({ flat, comments }, pages) {
  const spans = [...flat.matchAll(named)].filter(({ 1: name = '' }) => pathOf(name, pages) !== undefined);
  /** @param {string} text */
  const cut = (text) =>
    spans.reduce((left, { index, 0: whole }) => put(left, index, ' '.repeat(whole.length)), text);
  return { flat: cut(flat), comments: cut(comments) };
}
