/** Sentences with marked-up parts: a message says where each part stands, so that languages may order them freely. */

/** Around the name of a place; no text of a person or a panel holds these. */
const begin = '\uE010';
const end = '\uE011';
const places = /\uE010([^\uE011]*)\uE011/;

/** Given to `say` as a value: there `Phrase` shows its snippet of this name. */
export function place(name: string): string {
  return begin + name + end;
}

export type Piece = { readonly text: string } | { readonly place: string };

/** A sentence in order: its own text, and the places in it. */
export function piecesOf(sentence: string): Piece[] {
  // Split by a group, texts and names of places take turns.
  return sentence
    .split(places)
    .map((part, at) => (at % 2 === 0 ? { text: part } : { place: part }))
    .filter((piece) => !('text' in piece && piece.text === ''));
}
