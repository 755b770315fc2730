/** Syntax tree of a PCRE pattern. Codes are code points with the modifier u, and bytes without it. */

export type CodeSet = (code: number) => boolean;

export type PlaceTest =
  'start' | 'end' | 'end-or-newline' | 'line-start' | 'line-end' | 'word-edge' | 'no-word-edge';

export type PatternNode =
  | { kind: 'set'; has: CodeSet }
  | { kind: 'sequence'; parts: PatternNode[] }
  | { kind: 'choice'; options: PatternNode[] }
  | { kind: 'repeat'; part: PatternNode; min: number; max: number }
  | { kind: 'place'; test: PlaceTest }
  | { kind: 'look'; parts: PatternNode[]; behind: boolean; negative: boolean };

export interface Flags {
  caseless: boolean;
  multiline: boolean;
  dotAll: boolean;
  extended: boolean;
  anchored: boolean;
  dollarEndOnly: boolean;
  unicode: boolean;
}

/**
 * `broken`: PCRE refuses the pattern.
 * `unsupported`: PCRE accepts the pattern, but only the panel can match values against it.
 */
export class PatternTrouble extends Error {
  constructor(readonly kind: 'broken' | 'unsupported') {
    super(kind);
  }
}

export const broken = (): never => {
  throw new PatternTrouble('broken');
};

export const unsupported = (): never => {
  throw new PatternTrouble('unsupported');
};

/** Number of codes that the node matches; null if the number varies. */
export function widthOf(node: PatternNode): number | null {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'place':
    case 'look':
      return 0;
    case 'repeat': {
      const width = widthOf(node.part);
      return width === null || node.min !== node.max ? null : width * node.min;
    }
    case 'sequence':
      return node.parts.reduce<number | null>((sum, part) => {
        const width = widthOf(part);
        return sum === null || width === null ? null : sum + width;
      }, 0);
    case 'choice': {
      const widths = new Set(node.options.map(widthOf));
      const [width] = widths;
      return widths.size === 1 && width !== undefined ? width : null;
    }
  }
}

/** Codes of a text; null if the text contains half of a surrogate pair, which cannot be sent. */
export function codesOf(text: string, unicode: boolean): number[] | null {
  const codes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) return null;
    if (unicode || code < 0x80) codes.push(code);
    else codes.push(...bytesOf(code));
  }
  return codes;
}

function bytesOf(code: number): number[] {
  const last = 0x80 | (code & 0x3f);
  if (code < 0x800) return [0xc0 | (code >> 6), last];
  const middle = 0x80 | ((code >> 6) & 0x3f);
  if (code < 0x10000) return [0xe0 | (code >> 12), middle, last];
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), middle, last];
}
