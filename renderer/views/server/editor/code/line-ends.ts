/**
 * Line ends of the text in the editor.
 *
 * CodeMirror holds lines without their ends. A file whose lines end alike needs one end for all; a file with mixed ends
 * keeps the end of each line, also through undo.
 */
import { invertedEffects } from '@codemirror/commands';
import {
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
  type Text,
  type Transaction,
} from '@codemirror/state';

type LineEnd = '\n' | '\r\n' | '\r';

interface LineEnds {
  /** End of new lines: the most frequent. */
  readonly usual: LineEnd;
  /** End of each line but the last; null = all have the usual. */
  readonly each: readonly LineEnd[] | null;
}

/** Line ends of CodeMirror. */
const anyEnd = /\r\n?|\n/g;

export function lineEndsOf(text: string): LineEnds {
  const each = (text.match(anyEnd) ?? []) as LineEnd[];
  const counts = new Map<LineEnd, number>();
  for (const end of each) counts.set(end, (counts.get(end) ?? 0) + 1);
  const [usual = '\n'] = [...counts].sort(([, one], [, other]) => other - one).map(([end]) => end);
  return { usual, each: counts.size > 1 ? each : null };
}

/** Ends of removed lines that an undo brings back; `at` = position of the first. */
const restoredEnds = StateEffect.define<{ at: number; ends: readonly LineEnd[] }>({
  map: ({ at, ends }, changes) => ({ at: changes.mapPos(at), ends }),
});

const field = StateField.define<LineEnds>({
  create: () => ({ usual: '\n', each: null }),
  update: (ends, change) => (change.docChanged && ends.each !== null ? changed(ends, change) : ends),
});

/** Extension that keeps the line ends of this text. */
export function keepingLineEnds(text: string): Extension {
  return [field.init(() => lineEndsOf(text)), invertedEffects.of(removedEnds)];
}

/** The text of the editor with the line ends of the file. */
export function textWithEnds(state: EditorState): string {
  return joined(state.doc, state.field(field));
}

function joined(doc: Text, { usual, each }: LineEnds): string {
  if (each === null) return doc.sliceString(0, doc.length, usual);
  let text = '';
  let line = 0;
  for (const content of doc.iterLines()) {
    text += line === 0 ? content : `${each[line - 1] ?? usual}${content}`;
    line += 1;
  }
  return text;
}

function changed({ usual, each }: LineEnds, change: Transaction): LineEnds {
  const ends = [...(each ?? [])];
  for (const { at, removed, added } of changedLines(change).reverse())
    ends.splice(at, removed, ...Array.from({ length: added }, () => usual));
  for (const effect of change.effects) {
    if (!effect.is(restoredEnds)) continue;
    const at = lineAt(change.state.doc, effect.value.at);
    effect.value.ends.forEach((end, index) => void (ends[at + index] = end));
  }
  return { usual, each: ends };
}

/** For each change, the number of the line where it begins, and how many line ends it removed and added. */
function changedLines({
  changes,
  startState,
}: Transaction): { at: number; removed: number; added: number }[] {
  const lines: { at: number; removed: number; added: number }[] = [];
  changes.iterChanges((from, to, _fromNew, _toNew, inserted) => {
    const at = lineAt(startState.doc, from);
    lines.push({ at, removed: lineAt(startState.doc, to) - at, added: inserted.lines - 1 });
  });
  return lines;
}

function removedEnds({ changes, startState }: Transaction): readonly StateEffect<unknown>[] {
  const { each } = startState.field(field);
  const effects: StateEffect<unknown>[] = [];
  if (each === null) return effects;
  changes.iterChanges((from, to) => {
    const ends = each.slice(lineAt(startState.doc, from), lineAt(startState.doc, to));
    if (ends.length > 0) effects.push(restoredEnds.of({ at: from, ends }));
  });
  return effects;
}

/** Number of the line at a position, from 0. */
const lineAt = (doc: Text, position: number): number => doc.lineAt(position).number - 1;
