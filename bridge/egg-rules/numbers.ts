/** Numbers as PHP writes them, compared exactly: bounds of real eggs lie beyond what a double can hold. */

export interface Decimal {
  /** All digits as one whole number, with the sign. */
  digits: bigint;
  /** The number is `digits` times ten to this power. */
  power: number;
}

/** PHP's numeric string: blanks around it, a sign, decimals and an exponent are fine; hex and separators are not. */
const numeric = /^[ \t\n\r\v\f]*([+-]?)(?:(\d+)(\.\d*)?|(\.\d+))(?:[eE]([+-]?\d+))?[ \t\n\r\v\f]*$/;
/** A sign and digits; one zero may stand alone, otherwise there are no leading zeros. */
const integer = /^[+-]?(?:0|[1-9]\d*)$/;
/** Laravel's own limit; beyond it the validator throws. */
const exponentLimit = 1000;
/** More digits than this are not worth a keystroke's time. */
const digitLimit = 5000;

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

const fitsInteger = (number: bigint): boolean => number >= smallest && number <= largest;

/** True where PHP takes the text for a number. */
export function isNumeric(text: string): boolean {
  return numeric.test(text);
}

/** True where PHP's filter takes the text, which has no blanks around it, for an integer of 64 bits. */
export function isInteger(text: string): boolean {
  return text.length <= 20 && integer.test(text) && fitsInteger(BigInt(text.replace('+', '')));
}

/** The exact number, or null where the text is none, or one that is too long or whose exponent Laravel refuses. */
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

/** Below zero where the first is less, above where it is more. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  const power = Math.min(one.power, other.power);
  const left = one.digits * 10n ** BigInt(one.power - power);
  const right = other.digits * 10n ** BigInt(other.power - power);
  return left < right ? -1 : Number(left > right);
}

/** The next whole number at or above (`up`) or at or below the decimal, as digits. */
export function roundDecimal({ digits, power }: Decimal, up: boolean): bigint {
  if (power >= 0) return digits * 10n ** BigInt(power);
  const unit = 10n ** BigInt(-power);
  const towardsZero = digits / unit;
  if (towardsZero * unit === digits || digits > 0n !== up) return towardsZero;
  return up ? towardsZero + 1n : towardsZero - 1n;
}

/** The decimal without exponent and without needless zeros, as a number field takes it. */
export function writeDecimal({ digits, power }: Decimal): string {
  if (power >= 0) return String(digits * 10n ** BigInt(power));
  const sign = digits < 0n ? '-' : '';
  const plain = String(digits < 0n ? -digits : digits).padStart(1 - power, '0');
  const fraction = plain.slice(power).replace(/0+$/, '');
  const whole = plain.slice(0, power);
  return fraction === '' ? (whole === '0' ? '0' : sign + whole) : `${sign}${whole}.${fraction}`;
}

/** A number as PHP holds it, for comparing. */
export interface PhpNumber {
  /** Null where PHP would hold a double. */
  whole: bigint | null;
  double: number;
  /** Written as an integer and too large for one: PHP remembers that when it compares. */
  overflowed: boolean;
}

/** Null where PHP does not take the text for a number. */
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

/** PHP's `==` between two strings that are numbers: they are equal when their values are, whatever they look like. */
export function areEqual(one: PhpNumber, other: PhpNumber): boolean {
  if (one.whole !== null && other.whole !== null) return one.whole === other.whole;
  if (one.overflowed && (other.overflowed || other.whole !== null)) return false;
  if (other.overflowed && one.whole !== null) return false;
  return Number.isFinite(one.double) && one.double === other.double;
}
