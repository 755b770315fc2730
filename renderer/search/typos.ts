/** Matches words with typos. Pure. */
import uFuzzy from '@leeoniya/ufuzzy';

/**
 * Allows one wrong, missing or extra letter, or two swapped letters, never the first letter.
 * Short words allow less and numbers nothing. Words of any script; each must begin where a word of the text begins.
 */
const fuzzy = new uFuzzy({
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  interBound: '[^\\p{L}\\d]',
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraChars: "[\\p{L}\\d']",
  intraContr: "'\\p{L}{1,2}\\b",
  intraMode: 1,
  interLft: 1,
});

/** Longest part with typos: the work grows with the square of the length. */
const longestPart = 24;
/**
 * Most parts of a word with typos: `bed-wars` has two, `mc.example.com` three.
 * Longer words were probably pasted and must match exactly.
 */
const mostParts = 6;

/** Indexes of the texts that contain each part of the word, allowing typos. */
export function nearly(texts: readonly string[], word: string): ReadonlySet<number> {
  const parts = word.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const isTooLong = parts.length > mostParts || parts.some(({ length }) => length > longestPart);
  // A number with a different digit is a different number.
  if (isTooLong || !/\p{L}/u.test(word)) return new Set();
  const haystack = [...texts];
  let places = haystack.map((_, at) => at);
  for (const part of parts) {
    places = fuzzy.filter(haystack, part, places) ?? [];
    if (places.length === 0) break;
    places = fuzzy.info(places, haystack, part).idx;
  }
  return new Set(places);
}
