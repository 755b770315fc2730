/** Splits an egg's rule string into rules. Pipes inside a regex do not split. */

export interface EggRule {
  /** Snake case with aliases resolved: `int` becomes `integer`. */
  name: string;
  /** True if Laravel finds the rule's method but does not recognise the rule, such as `NULLABLE`. */
  oddlyWritten: boolean;
  parameters: string[];
}

const aliases: Readonly<Record<string, string>> = { int: 'integer', bool: 'boolean' };
const patternRules = new Set(['regex', 'not_regex', 'notregex']);
const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** Index after the closing delimiter of the pattern that starts at `from`; -1 if the pattern is not closed. */
export function endOfPattern(text: string, from: number): number {
  let start = from;
  while (start < text.length && /\s/.test(text.charAt(start))) start += 1;
  const opener = text.charAt(start);
  if (opener === '' || /[a-z0-9\\\0]/i.test(opener)) return -1;
  const closer = closers[opener] ?? opener;
  let depth = 1;
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (character === closer) depth -= 1;
    else if (character === opener) depth += 1;
    if (depth === 0) return at + 1;
  }
  return -1;
}

/** End of the regex segment that starts at `from`. Pipes inside a complete pattern do not end the segment. */
function endOfRegexSegment(rules: string, from: number, colon: number): number {
  const closed = endOfPattern(rules, colon + 1);
  const naive = endOfPlainSegment(rules, from);
  if (closed < 0) return naive;
  const modifiers = /^[a-z\s]*(?=\||;;|$)/i.exec(rules.slice(closed));
  return modifiers === null ? naive : closed + modifiers[0].length;
}

function endOfPlainSegment(rules: string, from: number): number {
  const pipe = rules.indexOf('|', from);
  return pipe < 0 ? rules.length : pipe;
}

/** Splits at `|`, and at `;;`, which panels accept when an egg is saved. */
export function segmentsOf(rules: string): string[] {
  const segments: string[] = [];
  let at = 0;
  while (at <= rules.length) {
    const head = /^(?:regex|not_regex|notregex):/i.exec(rules.slice(at, at + 10));
    let end: number;
    if (head !== null) {
      end = endOfRegexSegment(rules, at, at + head[0].length - 1);
    } else {
      const double = rules.indexOf(';;', at);
      end = endOfPlainSegment(rules, at);
      if (double >= 0 && double < end) end = double;
    }
    segments.push(rules.slice(at, end));
    at = end + (rules.startsWith(';;', end) ? 2 : 1);
  }
  return segments;
}

/** Fields of one CSV line as PHP reads it: quotes, doubled quotes, and a backslash that escapes a quote. */
function readCsv(text: string): string[] {
  const fields: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const [field, end] = readField(text, at);
    fields.push(field);
    at = end + 1;
  }
  return fields;
}

function readField(text: string, from: number): [string, number] {
  const quoted = /^[ \t]*"/.exec(text.slice(from));
  if (quoted === null) {
    const comma = text.indexOf(',', from);
    const end = comma < 0 ? text.length : comma;
    return [text.slice(from, end), end];
  }
  let field = '';
  let at = from + quoted[0].length;
  for (; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"' && text.charAt(at + 1) !== '"') break;
    if (character === '"') at += 1;
    field += character;
    if (character === '\\' && at + 1 < text.length) {
      at += 1;
      field += text.charAt(at);
    }
  }
  const comma = text.indexOf(',', at);
  const end = comma < 0 ? text.length : comma;
  return [field + text.slice(at + 1, end), end];
}

/** Converts studly case: `AlphaDash` becomes `alpha_dash`. */
function snakeCase(studly: string): string {
  return studly.replace(/(?<=.)([A-Z])/g, '_$1').toLowerCase();
}

function studlyCase(written: string): string {
  return written
    .split(/[-_ ]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function readRule(segment: string, known: ReadonlyMap<string, string>): EggRule | null {
  const colon = segment.indexOf(':');
  const written = colon < 0 ? segment : segment.slice(0, colon);
  const studly = studlyCase(written.trim());
  if (studly === '') return null;
  const exact = snakeCase(studly);
  const found = known.get(studly.toLowerCase());
  const name = aliases[found ?? exact] ?? found ?? exact;
  const parameter = colon < 0 ? null : segment.slice(colon + 1);
  const isPattern = patternRules.has(written.toLowerCase());
  const parameters = parameter === null ? [] : isPattern ? [parameter] : readCsv(parameter);
  return { name, oddlyWritten: found !== undefined && found !== exact, parameters };
}

/** Parses segments into rules. `known` maps names without underscores to snake case: PHP method names ignore case. */
export function readRules(segments: readonly string[], known: ReadonlyMap<string, string>): EggRule[] {
  return segments.map((segment) => readRule(segment, known)).filter((rule) => rule !== null);
}
