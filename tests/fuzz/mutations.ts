/** Nearly valid inputs: valid values with a few changes, as faulty or hostile peers send them. */
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

/** Any JSON, often with unusual values. */
const anything = fc.oneof(fc.constantFrom<unknown>(...strange), fc.jsonValue());

interface Change {
  /** Index of the changed place in the value, modulo the number of places. */
  place: number;
  how: 'replace' | 'drop' | 'repeat' | 'rename';
  value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  place: fc.nat(5000),
  how: fc.constantFrom('replace', 'replace', 'drop', 'repeat', 'rename'),
  value: anything,
});

/** Value like one of these, with up to four changes at any depth. */
export function nearly(values: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...values), fc.array(change, { maxLength: 4 }))
    .map(([value, changes]) => changes.reduce(changed, structuredClone(value)));
}

/** Text like a sample: cut, with an insertion, or unchanged. */
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
  // The same object inserted twice would contain itself.
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
