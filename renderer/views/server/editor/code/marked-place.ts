/** The value whose setting has the focus in the form, and its line. */
import { StateEffect, StateField, type Extension, type Text } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** Offsets in the text. */
export interface MarkedPlace {
  readonly from: number;
  readonly to: number;
}

/** Marks a place; null = no mark. */
export const markPlace = StateEffect.define<MarkedPlace | null>();

const line = Decoration.line({ class: 'cm-markedLine' });
const value = Decoration.mark({ class: 'cm-markedPlace', inclusiveEnd: true });

function marksOf(place: MarkedPlace | null, doc: Text): DecorationSet {
  if (place === null) return Decoration.none;
  const { from } = doc.lineAt(place.from);
  const marks = [line.range(from)];
  return Decoration.set(
    place.from === place.to ? marks : [...marks, value.range(place.from, place.to)],
    true,
  );
}

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, { changes, effects, newDoc }) =>
    effects.reduce(
      (now, effect) => (effect.is(markPlace) ? marksOf(effect.value, newDoc) : now),
      marks.map(changes),
    ),
  provide: (marks) => EditorView.decorations.from(marks),
});

export const markedPlace: Extension = field;
