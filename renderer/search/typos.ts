/** Words that are nearly right. Pure. */
import uFuzzy from '@leeoniya/ufuzzy';

/**
 * One letter wrong, missing, too many, or two that changed places, never the first one; short words are forgiven less
 * and numbers nothing. Words of any script; each has to begin where a word of the text does.
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

/** The work grows with the square of the length; nobody mistypes a word as long as this. */
const longestPart = 24;
/** `bed-wars`, `mc.example.com`: what has more parts was pasted, and is right or wrong as a whole. */
const mostParts = 6;

/** The texts, by their place, that hold each part of the word nearly as it was typed. */
export function nearly(texts: readonly string[], word: string): ReadonlySet<number> {
  const parts = word.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const isTooLong = parts.length > mostParts || parts.some(({ length }) => length > longestPart);
  // A number that is not there is another number.
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
