import { Chunk } from '@codemirror/merge';
import { Text } from '@codemirror/state';

/** Lines of the base that one side changed, and the lines that it has in their place. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/**
 * Two edited versions of a text in one. Where both changed the same lines, `mine` counts and `overlaps` grows. Every
 * line keeps its end.
 */
export function mergedText(base: string, theirs: string, mine: string): { text: string; overlaps: number } {
  const lines = linesOf(base);
  const edits = { theirs: editsOf(base, theirs), mine: editsOf(base, mine) };
  const merged: string[] = [];
  let overlaps = 0;
  let at = 0;
  for (const { from, to } of regions([...edits.theirs, ...edits.mine])) {
    merged.push(...lines.slice(at, from));
    const [other, own] = [edits.theirs, edits.mine].map((of) => within(of, { from, to }));
    const isOverlap = other !== undefined && own !== undefined && other.length > 0 && own.length > 0;
    const [taken, left] = [applied(lines, own ?? [], from, to), applied(lines, other ?? [], from, to)];
    if (isOverlap && taken.join('') !== left.join('')) overlaps += 1;
    merged.push(...((own?.length ?? 0) > 0 ? taken : left));
    at = to;
  }
  merged.push(...lines.slice(at));
  return { text: merged.join(''), overlaps };
}

/** Lines with their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$/g) ?? [];
}

/** Lines as the editor compares them: an empty last line after the last end is no line of its own. */
function editsOf(base: string, edited: string): Edit[] {
  const [before, after] = [docOf(base), docOf(edited)];
  const lines = linesOf(edited);
  return Chunk.build(before, after).map(({ fromA, toA, fromB, toB }) => ({
    from: lineAt(before, fromA),
    to: lineAt(before, toA),
    lines: lines.slice(lineAt(after, fromB), lineAt(after, toB)),
  }));
}

const docOf = (text: string): Text => Text.of(text.split(/\r\n?|\n/));

/** Number of the line that begins at a position, from 0; the number of all lines behind the last. */
function lineAt(doc: Text, position: number): number {
  return position > doc.length ? doc.lines : doc.lineAt(position).number - 1;
}

/** Edits of the same lines become one region, and so does an insertion with an edit that it touches. */
function regions(edits: readonly Edit[]): { from: number; to: number }[] {
  const found: { from: number; to: number; endsInserted: boolean }[] = [];
  for (const { from, to } of [...edits].sort((one, other) => one.from - other.from || one.to - other.to)) {
    const last = found.at(-1);
    const isInsertion = from === to;
    const touches = from === last?.to && (isInsertion || last.endsInserted);
    if (last === undefined || (from >= last.to && !touches))
      found.push({ from, to, endsInserted: isInsertion });
    else Object.assign(last, { to: Math.max(last.to, to), endsInserted: isInsertion });
  }
  return found;
}

const within = (edits: readonly Edit[], { from, to }: { from: number; to: number }): Edit[] =>
  edits.filter((edit) => edit.from >= from && edit.to <= to);

/** A region of the base with these edits in it. */
function applied(lines: readonly string[], edits: readonly Edit[], from: number, to: number): string[] {
  const made: string[] = [];
  let at = from;
  for (const edit of edits) {
    made.push(...lines.slice(at, edit.from), ...edit.lines);
    at = edit.to;
  }
  return [...made, ...lines.slice(at, to)];
}
