/** Pattern of a YAML anchor name; only the first 40 characters are compared. */
const name = String.raw`[^ \t\r\n,[\]{}]{1,40}`;
const anchors = new RegExp(`&(?=(${name}))`, 'g');
const aliases = new RegExp(`\\*(?=(${name}))`, 'g');

/**
 * True if the feed may contain a YAML anchor (`&name`) with an alias (`*name`).
 *
 * A few hundred bytes of aliases can expand to gigabytes, and electron-updater expands them before Perch sees the
 * result. Feeds of electron-builder have no aliases. The test uses regular expressions instead of a parser; it may
 * find an alias in plain text, and never misses a real alias.
 */
export function mayRepeatItself(feed: string): boolean {
  const known = new Set(namesIn(feed, anchors));
  return known.size > 0 && namesIn(feed, aliases).some((found) => known.has(found));
}

function namesIn(feed: string, signs: RegExp): (string | undefined)[] {
  return Array.from(feed.matchAll(signs), ([, found]) => found);
}
