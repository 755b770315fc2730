const from = 'aceinorsuyACEINORSUY';
const to = 'áçéíñóřšüýÁÇÉÍÑÓŘŠÜÝ';
const accents = new Map([...from].map((letter, at) => [letter, to[at] ?? letter]));

/** Around what comes from elsewhere (names, figures), which no language changes. */
const begin = '\uE000';
const end = '\uE001';
const outside = /\uE000([^\uE001]*)\uE001|[^\uE000\uE001]+/g;

/** Marks a value, so that `pseudo` leaves it as it is. */
export function unchanged(value: string): string {
  return begin + value.replaceAll(/[\uE000\uE001]/g, '') + end;
}

/** The same sentence, accented and longer by about a third, as other languages are. */
export function pseudo(text: string): string {
  let own = 0;
  const accented = text.replaceAll(outside, (part, value: string | undefined) => {
    if (value !== undefined) return value;
    own += part.length;
    return [...part].map((letter) => accents.get(letter) ?? letter).join('');
  });
  return own === 0 ? accented : `[${accented}${'~'.repeat(Math.ceil(own / 3))}]`;
}
