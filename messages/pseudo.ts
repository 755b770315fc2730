const from = 'aceinorsuyACEINORSUY';
const to = 'áçéíñóřšüýÁÇÉÍÑÓŘŠÜÝ';
const accents = new Map([...from].map((letter, at) => [letter, to[at] ?? letter]));

/** Private-use characters around values (names, figures), which stay untranslated. */
const begin = '\uE000';
const end = '\uE001';
const outside = /\uE000([^\uE001]*)\uE001|[^\uE000\uE001]+/g;

/** Marks a value, so that `pseudo` leaves it unchanged. */
export function unchanged(value: string): string {
  return begin + value.replaceAll(/[\uE000\uE001]/g, '') + end;
}

/** The sentence with accents, lengthened by a third as translations often are. */
export function pseudo(text: string): string {
  let own = 0;
  const accented = text.replaceAll(outside, (part, value: string | undefined) => {
    if (value !== undefined) return value;
    own += part.length;
    return [...part].map((letter) => accents.get(letter) ?? letter).join('');
  });
  return own === 0 ? accented : `[${accented}${'~'.repeat(Math.ceil(own / 3))}]`;
}
