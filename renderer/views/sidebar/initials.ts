import { locale } from '../../../messages/messages.js';

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Two letters of a name for narrow places: `Home Panel` gives `HP`, `Building` gives `Bu`. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [name.trim()];
  const [first = '', second] = words;
  // For a numeric address, the initials of two words would be meaningless.
  if (second === undefined || /^\p{N}+$/u.test(first)) return firstOf(first, 2);
  return `${firstOf(first, 1)}${firstOf(second, 1).toLocaleUpperCase(locale())}`;
}

/** First letters, with a capital. Limited, because panel names may stack many combining marks on a letter. */
function firstOf(word: string, count: number): string {
  const few = Array.from(letters.segment(word.slice(0, 64)), ({ segment }) => segment.slice(0, 12));
  const [first = '', ...others] = few.slice(0, count);
  return `${first.toLocaleUpperCase(locale())}${others.join('')}`;
}
