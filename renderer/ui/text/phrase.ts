/** Sentences with markup: the message contains the places, so each language can order them. */

/** Delimiters of a place; no text of a user or a panel contains them. */
const begin = '\uE010';
const end = '\uE011';
const places = /\uE010([^\uE011]*)\uE011/;

/** Value for `say` that `Phrase` replaces by the snippet of this name. */
export function phrasePlace(name: string): string {
  return begin + name + end;
}

export type Piece = { readonly text: string } | { readonly place: string };

/** Text and places of a sentence, in order. */
export function phrasePieces(sentence: string): Piece[] {
  // Splitting by a pattern with a group alternates texts and place names.
  return sentence
    .split(places)
    .map((part, at) => (at % 2 === 0 ? { text: part } : { place: part }))
    .filter((piece) => !('text' in piece && piece.text === ''));
}
