/** Exact comparison of numbers as PHP writes them. Bounds of real eggs exceed the precision of a double. */

export interface Decimal {
  /** All digits as one whole number, including the sign. */
  digits: bigint;
  /** The value is `digits` × 10^`power`. */
  power: number;
}

/** PHP's numeric string: allows surrounding blanks, a sign, decimals and an exponent, but no hex and no separators. */
const numeric = /^[ \t\n\r\v\f]*([+-]?)(?:(\d+)(\.\d*)?|(\.\d+))(?:[eE]([+-]?\d+))?[ \t\n\r\v\f]*$/;
/** A sign and digits without leading zeros; a single zero is allowed. */
const integer = /^[+-]?(?:0|[1-9]\d*)$/;
/** Laravel's own limit for exponents; the validator throws beyond it. */
const exponentLimit = 1000;
/** Longer numbers are not parsed: each keystroke would take too long. */
const digitLimit = 5000;

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

const fitsInteger = (number: bigint): boolean => number >= smallest && number <= largest;

/** True if PHP accepts the text as a number. */
export function isNumeric(text: string): boolean {
  return numeric.test(text);
}

/** True if PHP's filter accepts the text as a 64-bit integer. Expects no surrounding blanks. */
export function isInteger(text: string): boolean {
  return text.length <= 20 && integer.test(text) && fitsInteger(BigInt(text.replace('+', '')));
}

/** The exact number. Null if the text is not a number, is too long, or has an exponent that Laravel refuses. */
export function parseDecimal(text: string): Decimal | null {
  const parts = numeric.exec(text);
  if (parts === null || text.length > digitLimit) return null;
  const [, sign = '', whole = '', point = '', only = '', exponent = '0'] = parts;
  const fraction = (point + only).replace('.', '');
  const power = Number(exponent);
  if (Math.abs(power) > exponentLimit) return null;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, power: power - fraction.length };
}

/** Negative if the first number is smaller, positive if it is larger, 0 if both are equal. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  const power = Math.min(one.power, other.power);
  const left = one.digits * 10n ** BigInt(one.power - power);
  const right = other.digits * 10n ** BigInt(other.power - power);
  return left < right ? -1 : Number(left > right);
}

/** The nearest whole number at or above the decimal (`up`), or at or below it. */
export function roundDecimal({ digits, power }: Decimal, up: boolean): bigint {
  if (power >= 0) return digits * 10n ** BigInt(power);
  const unit = 10n ** BigInt(-power);
  const towardsZero = digits / unit;
  if (towardsZero * unit === digits || digits > 0n !== up) return towardsZero;
  return up ? towardsZero + 1n : towardsZero - 1n;
}

/** The decimal without an exponent and without trailing zeros, for a number field. */
export function writeDecimal({ digits, power }: Decimal): string {
  if (power >= 0) return String(digits * 10n ** BigInt(power));
  const sign = digits < 0n ? '-' : '';
  const plain = String(digits < 0n ? -digits : digits).padStart(1 - power, '0');
  const fraction = plain.slice(power).replace(/0+$/, '');
  const whole = plain.slice(0, power);
  return fraction === '' ? (whole === '0' ? '0' : sign + whole) : `${sign}${whole}.${fraction}`;
}

/** A number as PHP stores it for comparisons. */
export interface PhpNumber {
  /** Null if PHP would store a double. */
  whole: bigint | null;
  double: number;
  /**
   * True if the number is written as an integer that exceeds 64 bits; PHP's comparison treats such numbers differently.
   */
  overflowed: boolean;
}

/** Parses a text as PHP does; null if PHP does not accept the text as a number. */
export function phpNumber(text: string): PhpNumber | null {
  if (!isNumeric(text)) return null;
  const bare = text.trim();
  const double = Number(bare);
  if (!/^[+-]?\d+$/.test(bare) || bare.length > digitLimit) return { whole: null, double, overflowed: false };
  const whole = BigInt(bare.replace('+', ''));
  return fitsInteger(whole)
    ? { whole, double, overflowed: false }
    : { whole: null, double, overflowed: true };
}

/** PHP's `==` between two numeric strings: compares the values, not the text. */
export function areEqual(one: PhpNumber, other: PhpNumber): boolean {
  if (one.whole !== null && other.whole !== null) return one.whole === other.whole;
  if (one.overflowed && (other.overflowed || other.whole !== null)) return false;
  if (other.overflowed && one.whole !== null) return false;
  return Number.isFinite(one.double) && one.double === other.double;
}
