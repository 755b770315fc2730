/** Bounds that a rule set puts on a number, a length or a count of digits. */
import { compareDecimals, isNumeric, roundDecimal, writeDecimal, type Decimal } from './numbers.js';
import { boundOf } from './sizes.js';
import type { PreparedRule, RuleSet } from './rule-set.js';

export interface Bound {
  at: Decimal;
  /** True if the bound itself is not allowed (`gt`, `lt`). */
  exclusive: boolean;
}

export interface Bounds {
  min: Bound | null;
  max: Bound | null;
}

const comparisons: Readonly<Record<string, { side: 'min' | 'max'; exclusive: boolean }>> = {
  gt: { side: 'min', exclusive: true },
  gte: { side: 'min', exclusive: false },
  lt: { side: 'max', exclusive: true },
  lte: { side: 'max', exclusive: false },
};

function read(parameter: string | undefined, exclusive = false): Bound | null {
  const at = boundOf(parameter);
  return typeof at === 'string' ? null : { at, exclusive };
}

function sizeBounds({ name, parameters }: PreparedRule): Bounds {
  const first = read(parameters[0]);
  if (name === 'min') return { min: first, max: null };
  if (name === 'max') return { min: null, max: first };
  if (name === 'size') return { min: first, max: first };
  return name === 'between' ? { min: first, max: read(parameters[1]) } : { min: null, max: null };
}

function comparisonBounds({ name, parameters }: PreparedRule): Bounds {
  const comparison = comparisons[name];
  if (comparison === undefined) return { min: null, max: null };
  const bound = read(parameters[0], comparison.exclusive);
  return comparison.side === 'min' ? { min: bound, max: null } : { min: null, max: bound };
}

/** Returns the stricter of two bounds; `sign` is 1 where the greater bound is stricter. */
function stricter(one: Bound | null, other: Bound | null, sign: 1 | -1): Bound | null {
  if (one === null || other === null) return one ?? other;
  const order = compareDecimals(one.at, other.at) * sign;
  return order > 0 || (order === 0 && one.exclusive) ? one : other;
}

const merge = (one: Bounds, other: Bounds): Bounds => ({
  min: stricter(one.min, other.min, 1),
  max: stricter(one.max, other.max, -1),
});

const nothing: Bounds = { min: null, max: null };

/** True if every value that passes is a number (or empty). */
export function isAboutNumbers(set: RuleSet): boolean {
  return set.isNumeric || set.rules.some(comparesNumbers);
}

const comparesNumbers = ({ name, parameters }: PreparedRule): boolean =>
  comparisons[name] !== undefined && isNumeric(parameters[0] ?? '');

/** Bounds of the number; no bounds if the rules do not compare numbers. */
export function numberBounds(set: RuleSet): Bounds {
  const sizes = set.isNumeric ? set.rules.map(sizeBounds) : [];
  return [...sizes, ...set.rules.map(comparisonBounds)].reduce(merge, nothing);
}

/** Bounds of the length in characters; no bounds if sizes mean numbers. */
export function lengthBounds(set: RuleSet): Bounds {
  return set.isNumeric ? nothing : set.rules.map(sizeBounds).reduce(merge, nothing);
}

/** Smallest and largest count of digits; null if no rule counts digits. */
export function digitBounds(set: RuleSet): Bounds | null {
  const exact = read(set.parametersOf('digits')?.[0]);
  const [least, most] = set.parametersOf('digits_between') ?? [];
  const bounds = [
    { min: exact, max: exact },
    { min: read(least), max: read(most) },
    { min: read(set.parametersOf('min_digits')?.[0]), max: null },
    { min: null, max: read(set.parametersOf('max_digits')?.[0]) },
  ].reduce(merge, nothing);
  return set.has('digits', 'digits_between', 'min_digits', 'max_digits') ? bounds : null;
}

/** The outermost whole number that the bound allows, as digits. */
export function wholeBound({ at, exclusive }: Bound, side: 'min' | 'max'): string {
  const up = side === 'min';
  const rounded = roundDecimal(at, up);
  const isItself = compareDecimals({ digits: rounded, power: 0 }, at) === 0;
  const step = exclusive && isItself ? 1n : 0n;
  return String(up ? rounded + step : rounded - step);
}

export const writeBound = (bound: Bound | null): string | null =>
  bound === null ? null : writeDecimal(bound.at);
