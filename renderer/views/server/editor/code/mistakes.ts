/** Places where a configuration file can't be read in its language. */
import type { LanguageName } from './languages.js';

export interface Mistake {
  /** Offsets in the text. */
  readonly from: number;
  readonly to: number;
  /** The parser's own words, in English; empty if it has none. */
  readonly why: string;
}

/** Longer texts are not checked, because parsers run in the window's thread. */
const mostCharacters = 512 * 1024;

/** Longer YAML is not searched for repeated keys, which takes quadratic time. */
const mostForKeys = 64 * 1024;

const most = 50;

type Check = (text: string) => Promise<readonly Mistake[]>;

const checks: Readonly<Partial<Record<LanguageName, Check>>> = {
  json: async (text) => {
    const { parse, printParseErrorCode } = await import('jsonc-parser');
    const errors: import('jsonc-parser').ParseError[] = [];
    parse(text, errors, { disallowComments: true, allowTrailingComma: false });
    return errors.map(({ error, offset, length }) => ({
      from: offset,
      to: offset + length,
      why: printParseErrorCode(error),
    }));
  },
  json5: async (text) => {
    const { default: json5 } = await import('json5');
    return thrown(text, () => void json5.parse(text), 'lineNumber', 'columnNumber');
  },
  toml: async (text) => {
    const { parse } = await import('smol-toml');
    return thrown(text, () => void parse(text), 'line', 'column');
  },
  yaml: async (text) => {
    const { parseAllDocuments } = await import('yaml');
    const documents = parseAllDocuments(text, {
      logLevel: 'silent',
      uniqueKeys: text.length < mostForKeys,
      prettyErrors: false,
    });
    return [...documents].flatMap(({ errors }) =>
      errors.map(({ pos: [from, to], message }) => ({ from, to, why: message })),
    );
  },
  xml: async (text) => {
    const error = new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror');
    if (error === null) return [];
    const said = error.textContent;
    // As Chromium writes the error.
    const [, line = '1', column = '1', why = said] =
      /error on line (\d+) at column (\d+): (.*)/.exec(said) ?? [];
    return [at(text, Number(line), Number(column), why)];
  },
};

/** Mistakes in the order of the text; none for a language without a check. `text` has `\n` as its line end. */
export async function mistakesIn(language: LanguageName, text: string): Promise<readonly Mistake[]> {
  const check = checks[language];
  if (check === undefined || text.length > mostCharacters || text.trim() === '') return [];
  // A parser that gives up, such as on thousands of nested brackets, finds nothing.
  const found = await check(text).catch(() => []);
  return found
    .slice(0, most)
    .map(({ from, to, why }) => ({
      from: Math.min(from, text.length),
      to: Math.min(Math.max(from, to), text.length),
      why,
    }))
    .sort((one, other) => one.from - other.from)
    .filter(({ from }, at, all) => from !== all[at - 1]?.from);
}

/** The mistake of a parser that throws at the first; the error has the line and column, from 1, in these fields. */
function thrown(text: string, parse: () => void, line: string, column: string): readonly Mistake[] {
  try {
    parse();
    return [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const fields: Readonly<Record<string, unknown>> = { ...error };
    const [why = ''] = error.message.split('\n');
    return [at(text, Number(fields[line] ?? 1), Number(fields[column] ?? 1), why)];
  }
}

function at(text: string, line: number, column: number, why: string): Mistake {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) {
    const end = text.indexOf('\n', start);
    if (end === -1) break;
    start = end + 1;
  }
  const from = start + Math.max(0, column - 1);
  return { from, to: from + 1, why };
}
