/** Normalises search input and searched texts for comparison. Pure. */
import uFuzzy from '@leeoniya/ufuzzy';

/** Longest search that is read (characters); a huge paste must not freeze the window. */
const longestSearch = 2000;

/** Removes case and accents: `cafe` finds `Café`, and the other way round. */
export function foldText(text: string): string {
  if (/^[ -~\n]*$/.test(text)) return text.toLowerCase();
  const plain = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
  return uFuzzy.latinize(plain).toLowerCase().replaceAll('ß', 'ss');
}

/** Folded words of a text. */
export function wordsOf(search: string): string[] {
  return foldText(search.slice(0, longestSearch)).split(/\s+/).filter(Boolean);
}

/** Address of a server's page on its panel, in a comparable form. */
export interface PageLink {
  /** Host and path of the panel. */
  readonly panel: string;
  /** Short id or uuid of the server. */
  readonly serverId: string;
}

/** The server page that a pasted link points to; null for any other word. */
export function linkIn(word: string): PageLink | null {
  const [, panel, serverId] = /^(?:https?:\/\/)?([^/?#]+(?:\/[^/?#]+)*?)\/server\/([^/?#]+)/.exec(word) ?? [];
  return panel === undefined || serverId === undefined ? null : { panel, serverId };
}

/** Punctuation around a word, such as brackets, quotes and a full stop. */
const around = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/** A short id, a uuid, or an address with its port. */
const nameless = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8}|\S+:\d{2,5})$/;

/**
 * Words of a pasted sentence that identify a server on their own: ids, links, addresses with a port.
 * Empty for a single word, which is an ordinary search.
 */
export function mentionsIn(words: readonly string[]): readonly string[] {
  if (words.length < 2) return [];
  const bare = words.map((word) => word.replace(around, ''));
  return [...new Set(bare.filter((word) => nameless.test(word) || linkIn(word) !== null))];
}

/** Host and path of a panel, comparable with `PageLink.panel`. */
export function panelOf(panelUrl: string): string {
  return foldText(panelUrl).replace(/^https?:\/\//, '');
}

/** Whether a word of the text begins with `beginning`. */
export function beginsWord(text: string, beginning: string): boolean {
  if (beginning !== '' && !isOfWord(beginning.charCodeAt(0))) return text.includes(beginning);
  for (let at = text.indexOf(beginning); at !== -1; at = text.indexOf(beginning, at + 1)) {
    if (at === 0 || !isOfWord(text.charCodeAt(at - 1))) return true;
  }
  return false;
}

/** Whether the character is a letter or a digit. Runs for thousands of texts on each keystroke. */
function isOfWord(code: number): boolean {
  if (code > 127) return /[\p{L}\p{N}]/u.test(String.fromCharCode(code));
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}
