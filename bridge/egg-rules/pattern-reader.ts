/** Reads a PCRE pattern into a tree. Syntax without a certain meaning throws `unsupported`, so the panel decides. */
import { anything, caseless, not, one, remembering } from './code-sets.js';
import { Cursor, readClass, readEscape } from './pattern-class.js';
import { broken, unsupported, widthOf, type Flags, type PatternNode, type PlaceTest } from './pattern.js';

const nestingLimit = 100;
const repeatLimit = 65_535;
const newline = 10;

export interface ReadPattern {
  node: PatternNode;
  /**
   * True if the pattern tests for word characters.
   * Versions of PCRE disagree on combining marks and connector punctuation.
   */
  usesWords: boolean;
}

class PatternReader {
  usesWords = false;
  private depth = 0;

  constructor(
    private readonly cursor: Cursor,
    private flags: Flags,
  ) {}

  readAll(): PatternNode {
    const node = this.readChoice();
    return this.cursor.done ? node : broken();
  }

  private readChoice(): PatternNode {
    const options = [this.readSequence()];
    while (this.cursor.take('|')) options.push(this.readSequence());
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
  }

  private readSequence(): PatternNode {
    const parts: PatternNode[] = [];
    for (;;) {
      this.skipBlanks();
      if (this.cursor.done || this.cursor.peek() === '|' || this.cursor.peek() === ')') break;
      const part = this.readPart();
      if (part !== null) parts.push(part);
    }
    return { kind: 'sequence', parts };
  }

  private skipBlanks(): void {
    if (!this.flags.extended) return;
    while (/^[ \t\n\v\f\r#]$/.test(this.cursor.peek())) {
      const comment = this.cursor.next() === 35;
      while (comment && !this.cursor.done && this.cursor.next() !== newline);
    }
  }

  /** Reads one part with its quantifier; null for parts that match no text, such as flags and comments. */
  private readPart(): PatternNode | null {
    const atom = this.readAtom();
    this.skipBlanks();
    const times = this.readTimes();
    if (times === null) return atom;
    if (atom === null || atom.kind === 'place' || atom.kind === 'look') return unsupported();
    this.skipBlanks();
    if (!this.cursor.take('?') && this.cursor.peek() === '+') return unsupported();
    this.skipBlanks();
    return this.readTimes() === null ? { kind: 'repeat', part: atom, ...times } : unsupported();
  }

  private readTimes(): { min: number; max: number } | null {
    if (this.cursor.take('*')) return { min: 0, max: Infinity };
    if (this.cursor.take('+')) return { min: 1, max: Infinity };
    if (this.cursor.take('?')) return { min: 0, max: 1 };
    if (this.cursor.peek() !== '{') return null;
    const braces = this.cursor.match(/^\{(\d+)(,?)(\d*)\}/);
    if (braces === null) {
      // Newer versions of PCRE read these as a repetition, older versions as text.
      return /^\{[\d ]*(?:,[\d ]*)?\}/.test(this.cursor.rest(24)) && this.cursor.rest(2) !== '{}'
        ? unsupported()
        : null;
    }
    const min = Number(braces[1]);
    const max = braces[2] === '' ? min : braces[3] === '' ? Infinity : Number(braces[3]);
    const tooMany = min > repeatLimit || (max !== Infinity && max > repeatLimit);
    return tooMany || max < min ? broken() : { min, max };
  }

  private readAtom(): PatternNode | null {
    const character = this.cursor.peek();
    if (/[*+?]/.test(character)) return broken();
    const code = this.cursor.next();
    if (character === '(') return this.readGroup();
    if (character === '[') return { kind: 'set', has: readClass(this.cursor, this.flags) };
    if (character === '\\') return this.readBackslash();
    if (character === '.') return { kind: 'set', has: this.flags.dotAll ? anything : not(one(newline)) };
    if (character === '^') return this.place(this.flags.multiline ? 'line-start' : 'start');
    if (character === '$') return this.place(this.dollar());
    return this.literal(code);
  }

  private dollar(): PlaceTest {
    if (this.flags.multiline) return 'line-end';
    return this.flags.dollarEndOnly ? 'end' : 'end-or-newline';
  }

  private place(test: PlaceTest): PatternNode {
    return { kind: 'place', test };
  }

  private literal(code: number): PatternNode {
    const { caseless: anyCase, unicode } = this.flags;
    if (!anyCase) return { kind: 'set', has: one(code) };
    // Finding the other case of a letter beyond ASCII is slow, so its answers are cached.
    return {
      kind: 'set',
      has: unicode ? remembering(caseless(one(code), true)) : caseless(one(code), false),
    };
  }

  private readBackslash(): PatternNode {
    if (/^[wWbB]/.test(this.cursor.peek())) this.usesWords = true;
    if (this.cursor.take('b')) return this.place('word-edge');
    if (this.cursor.take('B')) return this.place('no-word-edge');
    if (this.cursor.take('A')) return this.place('start');
    if (this.cursor.take('Z')) return this.place('end-or-newline');
    if (this.cursor.take('z')) return this.place('end');
    if (this.cursor.take('N')) return { kind: 'set', has: not(one(newline)) };
    const escape = readEscape(this.cursor, this.flags);
    return 'set' in escape ? { kind: 'set', has: escape.set } : this.literal(escape.code);
  }

  /** Reads a group. The cursor stands after the opening parenthesis. */
  private readGroup(): PatternNode | null {
    if (this.cursor.peek() === '*') return unsupported();
    if (!this.cursor.take('?')) return this.readBody();
    if (this.cursor.take('#')) return this.skipComment();
    if (this.cursor.take(':') || this.cursor.take('|')) return this.readBody();
    const look = this.cursor.match(/^(<?)([=!])/);
    if (look !== null) return this.readLook(look[1] === '<', look[2] === '!');
    if (this.cursor.match(/^(?:P?<[A-Za-z_]\w{0,31}>|'[A-Za-z_]\w{0,31}')/) !== null) return this.readBody();
    const flags = this.cursor.match(/^([imsxUn]*)(?:-([imsxUn]*))?([:)])/);
    if (flags === null || /xx|n/.test(flags[0])) return unsupported();
    const changed = this.withFlags(flags[1] ?? '', flags[2] ?? '');
    if (flags[3] === ':') return this.readBody(changed);
    this.flags = changed;
    return null;
  }

  private withFlags(on: string, off: string): Flags {
    const value = (letter: string, now: boolean): boolean =>
      off.includes(letter) ? false : on.includes(letter) ? true : now;
    return {
      ...this.flags,
      caseless: value('i', this.flags.caseless),
      multiline: value('m', this.flags.multiline),
      dotAll: value('s', this.flags.dotAll),
      extended: value('x', this.flags.extended),
    };
  }

  private skipComment(): null {
    while (this.cursor.next() !== 41);
    return null;
  }

  private readBody(flags = this.flags): PatternNode {
    const outer = this.flags;
    this.flags = flags;
    this.depth += 1;
    if (this.depth > nestingLimit) return unsupported();
    const node = this.readChoice();
    if (!this.cursor.take(')')) return broken();
    this.depth -= 1;
    this.flags = outer;
    return node;
  }

  private readLook(behind: boolean, negative: boolean): PatternNode {
    const node = this.readBody();
    const parts = node.kind === 'choice' ? node.options : [node];
    if (behind && parts.some((part) => widthOf(part) === null)) return unsupported();
    return { kind: 'look', parts, behind, negative };
  }
}

/** Throws a `PatternTrouble` if the pattern is broken or uses unsupported syntax. */
export function readPattern(codes: readonly number[], flags: Flags): ReadPattern {
  const reader = new PatternReader(new Cursor(codes), flags);
  const node = reader.readAll();
  return { node, usesWords: reader.usesWords };
}
