/** The difference of two texts, line by line. */
import { diffLines } from 'diff';

export interface DiffLine {
  /** `gap` = lines that are the same and left out. */
  readonly kind: 'same' | 'added' | 'removed' | 'gap';
  readonly text: string;
}

/** Lines that are the same and shown around a difference. */
const context = 3;
/** Texts that differ in more lines are not compared, because that takes seconds. */
const mostChanges = 5000;

/** Empty for equal texts; null if they differ too much. */
export function unifiedDiff(was: string, is: string): DiffLine[] | null {
  const parts = diffLines(was, is, { stripTrailingCr: true, maxEditLength: mostChanges });
  if (parts === undefined) return null;
  if (parts.every(({ added, removed }) => !added && !removed)) return [];
  return parts.flatMap(({ added, removed, value }, at) => {
    const lines = value.replace(/\n$/, '').split('\n');
    if (added || removed) return lines.map((text) => ({ kind: added ? 'added' : 'removed', text }) as const);
    return around(lines, at === 0, at === parts.length - 1);
  });
}

/** Lines that are the same: those beside a difference, and one gap for the others. */
function around(lines: readonly string[], isFirst: boolean, isLast: boolean): DiffLine[] {
  const same = (text: string): DiffLine => ({ kind: 'same', text });
  const before = isFirst ? 0 : context;
  const after = isLast ? 0 : context;
  const left = lines.length - before - after;
  if (left <= 1) return lines.map(same);
  return [
    ...lines.slice(0, before).map(same),
    { kind: 'gap', text: String(left) },
    ...lines.slice(lines.length - after).map(same),
  ];
}
