/** Of a name of YAML; more is not compared. */
const name = String.raw`[^ \t\r\n,[\]{}]{1,40}`;
const anchors = new RegExp(`&(?=(${name}))`, 'g');
const aliases = new RegExp(`\\*(?=(${name}))`, 'g');

/**
 * Whether a part of a feed may stand for another part of it (`&name`, `*name`). Some hundred bytes of such are a text of
 * gigabytes once somebody writes it out, and electron-updater does before it lets anybody look. No feed that
 * electron-builder writes has any. Nothing is parsed for it: wherever YAML sees one this does, also in the middle of a text.
 */
export function mayRepeatItself(feed: string): boolean {
  const known = new Set(namesIn(feed, anchors));
  return known.size > 0 && namesIn(feed, aliases).some((found) => known.has(found));
}

function namesIn(feed: string, signs: RegExp): (string | undefined)[] {
  return Array.from(feed.matchAll(signs), ([, found]) => found);
}
