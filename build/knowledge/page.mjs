import GithubSlugger from 'github-slugger';

/**
 * Places of a Markdown page that citations and links can name.
 *
 * @typedef {object} Page
 * @property {Set<string>} places targets of citations: the number of a heading (`4.7`), its title, and each with a
 *   number behind it for an entry of its numbered list (`4.7.2`, `Tray 2`)
 * @property {Set<string>} anchors targets of links: `<a id>` and the slugs that GitHub gives headings
 */

/**
 * @param {string} text
 * @returns {Page}
 */
export function readPage(text) {
  /** @type {Page} */
  const page = { places: new Set(), anchors: new Set() };
  const slugger = new GithubSlugger();
  let here = { number: '', title: '' };
  for (const line of withoutFences(text).split('\n')) {
    const heading = /^#{1,6} (.+?)\s*$/.exec(line)?.[1];
    if (heading !== undefined) {
      here = partsOf(heading);
      for (const name of [here.number, here.title]) if (name !== '') page.places.add(name);
      page.anchors.add(slugger.slug(heading.replace(/[`*]/g, '')));
    }
    const entry = /^(\d+)\. /.exec(line)?.[1];
    if (entry !== undefined) {
      if (here.number !== '') page.places.add(`${here.number}.${entry}`);
      page.places.add(`${here.title} ${entry}`);
    }
    for (const [, id = ''] of line.matchAll(/<a id="([^"]+)">/g)) page.anchors.add(id);
  }
  return page;
}

/**
 * The text with empty code blocks, line by line.
 *
 * @param {string} text
 */
export function withoutFences(text) {
  return text.replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/[^\n]/g, ''));
}

/** @param {string} heading */
function partsOf(heading) {
  const [, number = '', title = ''] = /^(\d+(?:\.\d+)*)?\.?\s*(.*)$/.exec(heading) ?? [];
  return { number, title };
}
