const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Two letters that stand for a name where there is no room for it: `Home Panel` is `HP`, `Building` is `Bu`. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [name.trim()];
  const [first = '', second] = words;
  // Of an address that is all numbers, the first letters of two say nothing.
  if (second === undefined || /^\p{N}+$/u.test(first)) return firstOf(first, 2);
  return `${firstOf(first, 1)}${firstOf(second, 1).toLocaleUpperCase()}`;
}

/** With the first as a capital. What a panel calls itself may pile up more signs on a letter than anybody can read. */
function firstOf(word: string, count: number): string {
  const few = Array.from(letters.segment(word.slice(0, 64)), ({ segment }) => segment.slice(0, 12));
  const [first = '', ...others] = few.slice(0, count);
  return `${first.toLocaleUpperCase()}${others.join('')}`;
}
