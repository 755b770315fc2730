/** Exact comparison of sizes with their bounds. */
import { outcome, type CheckOutcome } from './formats.js';
import { compareDecimals, isNumeric, parseDecimal, type Decimal } from './numbers.js';

export type Size = Decimal | 'broken' | 'unknown';

/** The exact number of a parameter; `broken` if it is not a number, because a panel then throws. */
export function boundOf(parameter: string | undefined): Size {
  const text = (parameter ?? '').trim();
  const decimal = parseDecimal(text);
  if (decimal !== null) return decimal;
  return isNumeric(text) || /^[+-]?\d+\/\d+$/.test(text) ? 'unknown' : 'broken';
}

export const isDecimal = (bound: Size): bound is Decimal => typeof bound !== 'string';

/** Number of code points, as PHP counts characters; an emoji counts once. */
export function codePointsOf(text: string): number {
  const halves = text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0;
  return text.length - halves;
}

/** The exact number of a value; `broken` for exponents beyond Laravel's limit, because a panel then throws. */
export const numberOf = (text: string): Size =>
  parseDecimal(text) ?? (/e/i.test(text) ? 'broken' : 'unknown');

export function compareWith(
  size: Size,
  parameters: readonly (string | undefined)[],
  holds: (...orders: number[]) => boolean,
): CheckOutcome {
  const bounds = parameters.map(boundOf);
  if (size === 'broken' || bounds.includes('broken')) return 'broken';
  if (size === 'unknown' || !bounds.every(isDecimal)) return 'unknown';
  return outcome(holds(...bounds.map((bound) => compareDecimals(size, bound))));
}
