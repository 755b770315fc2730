/** How what is typed, and what it is looked for in, become comparable. Pure. */
import uFuzzy from '@leeoniya/ufuzzy';

/** Nobody types more; what is pasted by accident must not hold up the window. */
const longestSearch = 2000;

/** Without case and accents: `Café` is found by `cafe`, and the other way round. */
export function fold(text: string): string {
  if (/^[ -~\n]*$/.test(text)) return text.toLowerCase();
  const plain = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
  return uFuzzy.latinize(plain).toLowerCase().replaceAll('ß', 'ss');
}

/** The words of a search, or of anything else that was written. */
export function wordsOf(search: string): string[] {
  return fold(search.slice(0, longestSearch)).split(/\s+/).filter(Boolean);
}

/** The address of a server's page, in a form in which two of them can be compared. */
export interface PageLink {
  /** Host and path of the panel. */
  readonly panel: string;
  /** Short or long id of the server. */
  readonly serverId: string;
}

/** What a word that was pasted from a browser's address bar points to; null for any other word. */
export function linkIn(word: string): PageLink | null {
  const [, panel, serverId] = /^(?:https?:\/\/)?([^/?#]+(?:\/[^/?#]+)*?)\/server\/([^/?#]+)/.exec(word) ?? [];
  return panel === undefined || serverId === undefined ? null : { panel, serverId };
}

/** Signs that stand around a word of a sentence, such as brackets, quotes and the full stop behind it. */
const around = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/** A short id or a uuid, or an address with its port. */
const nameless = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8}|\S+:\d{2,5})$/;

/**
 * The words of a pasted text that can name a server whatever stands around them: ids, links, addresses with a port. For
 * a sentence of somebody who asks for help; a text of one word is a search as any.
 */
export function mentionsIn(words: readonly string[]): readonly string[] {
  if (words.length < 2) return [];
  const bare = words.map((word) => word.replace(around, ''));
  return [...new Set(bare.filter((word) => nameless.test(word) || linkIn(word) !== null))];
}

/** The panel's part of such a link. */
export function panelOf(panelUrl: string): string {
  return fold(panelUrl).replace(/^https?:\/\//, '');
}

/** Whether a word of the text begins like this. */
export function beginsWord(text: string, beginning: string): boolean {
  if (beginning !== '' && !isOfWord(beginning.charCodeAt(0))) return text.includes(beginning);
  for (let at = text.indexOf(beginning); at !== -1; at = text.indexOf(beginning, at + 1)) {
    if (at === 0 || !isOfWord(text.charCodeAt(at - 1))) return true;
  }
  return false;
}

/** Whether it is a letter or a digit; asked for thousands of texts with each letter that is typed. */
function isOfWord(code: number): boolean {
  if (code > 127) return /[\p{L}\p{N}]/u.test(String.fromCharCode(code));
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}
