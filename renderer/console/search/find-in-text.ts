/** Text search for the console. Runs in a worker, because a regular expression may never finish. */

export interface Query {
  readonly text: string;
  readonly matchCase: boolean;
  readonly isExpression: boolean;
}

/** Matches in text order: line, start and length of each, in one flat array. */
export type TextMatches =
  { readonly kind: 'found'; readonly matches: Int32Array } | { readonly kind: 'invalid' | 'slow' };

/** Further matches are not counted. */
export const mostMatches = 20_000;

export function findInText(text: string, query: Query): TextMatches {
  const expression = compile(query);
  if (expression === null) return { kind: 'invalid' };
  const matches: number[] = [];
  const lines = text.split('\n');
  for (let line = 0; line < lines.length && matches.length < 3 * mostMatches; line += 1) {
    for (const match of (lines[line] ?? '').matchAll(expression)) {
      // Empty matches have no text to mark.
      if (match[0].length > 0) matches.push(line, match.index, match[0].length);
      if (matches.length >= 3 * mostMatches) break;
    }
  }
  return { kind: 'found', matches: Int32Array.from(matches) };
}

function compile({ text, matchCase, isExpression }: Query): RegExp | null {
  const source = isExpression ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  try {
    return new RegExp(source, matchCase ? 'g' : 'gi');
  } catch {
    return null;
  }
}
