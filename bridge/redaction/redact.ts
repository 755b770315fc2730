/** Replaces the private parts of a text. Pure. */
import { privateKinds, type PrivateFind, type PrivateKind } from './private-kinds.js';

/** A part of a redacted text. */
export interface TextPart {
  /** The text to share. */
  readonly text: string;
  /** The replaced private text; null = no text was replaced. */
  readonly replaced: { readonly kind: PrivateKind; readonly text: string } | null;
}

/** Words of the placeholders. A shared log is read by people of any language, so these words are English. */
const placeholderWords: Record<PrivateKind, string> = {
  secret: 'secret',
  email: 'email',
  ipv4: 'address',
  ipv6: 'address',
  user: 'user',
  panel: 'name',
  host: 'host',
  player: 'player',
};

/**
 * The parts of a text with a placeholder for each private text of the chosen kinds. The same private text has the same
 * placeholder (`[address 1]`). `finds` as `privateFinds` has them.
 */
export function redact(
  text: string,
  finds: readonly PrivateFind[],
  kinds: readonly PrivateKind[],
): TextPart[] {
  const numbers = new Map<string, string>();
  const counts = new Map<string, number>();
  const placeholder = (kind: PrivateKind, was: string): string => {
    const word = placeholderWords[kind];
    const key = `${word} ${was.toLowerCase()}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const count = (counts.get(word) ?? 0) + 1;
    counts.set(word, count);
    numbers.set(key, `[${word} ${count}]`);
    return `[${word} ${count}]`;
  };
  const parts: TextPart[] = [];
  let end = 0;
  for (const { kind, from, to } of merged(finds.filter((find) => kinds.includes(find.kind)))) {
    if (from > end) parts.push({ text: text.slice(end, from), replaced: null });
    const was = text.slice(from, to);
    parts.push({ text: placeholder(kind, was), replaced: { kind, text: was } });
    end = to;
  }
  if (end < text.length) parts.push({ text: text.slice(end), replaced: null });
  return parts;
}

/** The text to share. */
export function textOf(parts: readonly TextPart[]): string {
  return parts.map(({ text }) => text).join('');
}

/** How many private texts of each kind a text has. */
export function countsOf(finds: readonly PrivateFind[]): Record<PrivateKind, number> {
  const counts = Object.fromEntries(privateKinds.map((kind) => [kind, 0])) as Record<PrivateKind, number>;
  for (const { kind } of merged(finds)) counts[kind] += 1;
  return counts;
}

/** Finds that overlap become one, so that no part of a private text stays. */
function merged(finds: readonly PrivateFind[]): PrivateFind[] {
  const whole: PrivateFind[] = [];
  for (const find of finds) {
    const last = whole.at(-1);
    if (last === undefined || find.from >= last.to) {
      whole.push(find);
      continue;
    }
    whole[whole.length - 1] = {
      kind: first(last.kind, find.kind),
      from: last.from,
      to: Math.max(last.to, find.to),
    };
  }
  return whole;
}

function first(one: PrivateKind, other: PrivateKind): PrivateKind {
  return privateKinds.indexOf(one) <= privateKinds.indexOf(other) ? one : other;
}
