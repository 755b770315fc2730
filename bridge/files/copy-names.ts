/** Names that nodes give to copies of files (PROTOCOL 2.17.17). Pure. */
import { nameFault } from './file-paths.js';

/** Most files that one call copies into another folder: each of them is a request of its own. */
export const mostCopied = 50;

/** The text that a node puts between the stem and the ending: ` copy`, ` copy 1`, or after 50 copies the time. */
const between = /^(?: copy(?: \d{1,2})?|copy\.\d{4}-\d\d-\d\dT.{1,20})$/;

/** Whether a node may have given the first name to a copy of the file with the second one. */
export function isCopyName(copy: string, name: string): boolean {
  const { stem, ending } = partsOf(name);
  if (copy.length <= name.length || !copy.startsWith(stem) || !copy.endsWith(ending)) return false;
  return between.test(copy.slice(stem.length, copy.length - ending.length));
}

/**
 * Whether a panel can act on the copy of a file. The copy of `.env` is ` copy.env`, whose first character panels cut, and
 * the name of a copy may be too long.
 */
export function hasUsableCopy(name: string): boolean {
  const { stem, ending } = partsOf(name);
  return nameFault(`${stem} copy 49${ending}`) === null;
}

function partsOf(name: string): { readonly stem: string; readonly ending: string } {
  const dot = name.lastIndexOf('.');
  if (dot === -1) return { stem: name, ending: '' };
  const stem = name.slice(0, dot);
  return stem.endsWith('.tar')
    ? { stem: stem.slice(0, -'.tar'.length), ending: `.tar${name.slice(dot)}` }
    : { stem, ending: name.slice(dot) };
}
