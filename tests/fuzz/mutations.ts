/** Inputs that are nearly right: valid ones with a few things changed, as broken or hostile others send them. */
import fc from 'fast-check';

const strange: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202egnp.exe',
  '../../etc/passwd',
  'x'.repeat(20_000),
  [],
  [[]],
  {},
  { __proto__: null, constructor: 1 },
  '{"a":',
];

/** Any JSON, often of the strange kind. */
const anything = fc.oneof(fc.constantFrom<unknown>(...strange), fc.jsonValue());

interface Change {
  /** Which of all places in the value, counted from the first and around. */
  place: number;
  how: 'replace' | 'drop' | 'repeat' | 'rename';
  value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  place: fc.nat(5000),
  how: fc.constantFrom('replace', 'replace', 'drop', 'repeat', 'rename'),
  value: anything,
});

/** A value like one of these, with up to four changes anywhere in it. */
export function nearly(values: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...values), fc.array(change, { maxLength: 4 }))
    .map(([value, changes]) => changes.reduce(changed, structuredClone(value)));
}

/** A text like one of these, cut, with something in it, or as it is. */
export function nearlyText(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom(...texts),
      fc.nat(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('keep', 'cut', 'put', 'swap'),
    )
    .map(([text, at, more, how]) => {
      const place = text === '' ? 0 : at % text.length;
      if (how === 'keep') return text;
      if (how === 'cut') return text.slice(0, place);
      return text.slice(0, place) + more + text.slice(how === 'swap' ? place + more.length : place);
    });
}

function changed(value: unknown, { place, how, value: shared }: Change): unknown {
  // Put in twice it would hold itself.
  const other = structuredClone(shared);
  const places = placesIn(value);
  const chosen = places[place % Math.max(1, places.length)];
  if (chosen === undefined) return other;
  const { parent, key } = chosen;
  if (Array.isArray(parent)) changeList(parent, Number(key), how, other);
  else changeObject(parent, key, how, other);
  return value;
}

function changeList(list: unknown[], at: number, how: Change['how'], other: unknown): void {
  if (how === 'drop') list.splice(at, 1);
  else if (how === 'repeat') list.push(...Array.from({ length: 30 }, () => list[at]));
  else list[at] = other;
}

function changeObject(
  object: Record<string, unknown>,
  key: string,
  how: Change['how'],
  other: unknown,
): void {
  if (how === 'drop') Reflect.deleteProperty(object, key);
  else if (how === 'rename') {
    object[key.toUpperCase()] = object[key];
    Reflect.deleteProperty(object, key);
  } else object[key] = other;
}

interface Place {
  parent: unknown[] | Record<string, unknown>;
  key: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Place['parent'];
  return Object.entries(value).flatMap(([key, inner]) => [{ parent, key }, ...placesIn(inner)]);
}
