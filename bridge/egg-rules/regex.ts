/** Matches a value against the PCRE pattern of an egg, as PHP's preg_match does. */
import { Budget, buildSteps, verdictSteps } from './budget.js';
import { wordSet } from './code-sets.js';
import { endOfPattern } from './parse.js';
import { buildMachine, runMachine, type Machine } from './pattern-machine.js';
import { readPattern } from './pattern-reader.js';
import { codesOf, PatternTrouble, type Flags } from './pattern.js';

/** Longer values get the answer `unknown`. */
const valueLimit = 2000;
const patternLimit = 5000;

export type MatchAnswer = 'match' | 'no-match' | 'unknown' | 'broken';

export type CompiledPattern =
  | { kind: 'machine'; machine: Machine; unicode: boolean; usesWords: boolean }
  | { kind: 'unknown' }
  | { kind: 'broken' };

const flagNames: Readonly<Record<string, keyof Flags>> = {
  i: 'caseless',
  m: 'multiline',
  s: 'dotAll',
  x: 'extended',
  A: 'anchored',
  D: 'dollarEndOnly',
  u: 'unicode',
};
/** Modifiers that change how PCRE works, but not whether it matches. */
const idleModifiers = /^[SUJ \r\n]$/;

function readFlags(modifiers: string): Flags | 'unknown' | 'broken' {
  const flags: Flags = {
    caseless: false,
    multiline: false,
    dotAll: false,
    extended: false,
    anchored: false,
    dollarEndOnly: false,
    unicode: false,
  };
  let doubtful = false;
  for (const letter of modifiers) {
    const name = flagNames[letter];
    if (name !== undefined) flags[name] = true;
    else if (letter === 'X' || letter === 'n') doubtful = true;
    else if (!idleModifiers.test(letter)) return 'broken';
  }
  return doubtful ? 'unknown' : flags;
}

/** Compiles a pattern with its delimiters and modifiers. `budget` limits the compilation. */
export function compilePattern(written: string, budget = new Budget(buildSteps)): CompiledPattern {
  const end = endOfPattern(written, 0);
  if (end < 0) return { kind: 'broken' };
  const flags = readFlags(written.slice(end));
  if (flags === 'unknown' || flags === 'broken') return { kind: flags };
  const body = written.slice(0, end).trimStart().slice(1, -1);
  const codes = codesOf(body, flags.unicode);
  if (codes === null || codes.length > patternLimit) return { kind: 'unknown' };
  try {
    const { node, usesWords } = readPattern(codes, flags);
    const machine = buildMachine(node, flags.anchored, wordSet(flags.unicode), budget);
    return { kind: 'machine', machine, unicode: flags.unicode, usesWords };
  } catch (error) {
    return { kind: troubleOf(error) };
  }
}

function troubleOf(error: unknown): 'unknown' | 'broken' {
  if (!(error instanceof PatternTrouble)) throw error;
  return error.kind === 'broken' ? 'broken' : 'unknown';
}

export function testPattern(
  pattern: CompiledPattern,
  value: string,
  budget = new Budget(verdictSteps),
): MatchAnswer {
  if (pattern.kind !== 'machine') return pattern.kind;
  if (value.length > valueLimit) return 'unknown';
  // Versions of PCRE differ in whether combining marks and connector punctuation belong to a word.
  if (pattern.unicode && pattern.usesWords && /(?!_)[\p{Mn}\p{Pc}]/u.test(value)) return 'unknown';
  const codes = codesOf(value, pattern.unicode);
  if (codes === null) return 'unknown';
  try {
    return runMachine(pattern.machine, codes, budget) ? 'match' : 'no-match';
  } catch (error) {
    return troubleOf(error);
  }
}
