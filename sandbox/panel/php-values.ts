/** Numbers in strings as PHP reads them, as far as Laravel's rules need it. Exact, without floats. */

const numericText = /^[ \t\n\r\v\f]*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?[ \t\n\r\v\f]*$/;
const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/** PHP's `is_numeric`. */
export function isNumeric(value: unknown): boolean {
  if (typeof value === 'number') return true;
  return typeof value === 'string' && numericText.test(value);
}

/** PHP's `filter_var($value, FILTER_VALIDATE_INT)`: optional sign, no leading zeros, 64 bits. */
export function isInteger(value: unknown): boolean {
  if (value === true) return true;
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const digits = String(value).replace(/^[ \t\n\r\v]+|[ \t\n\r\v]+$/g, '');
  if (!/^[+-]?(?:0|[1-9]\d*)$/.test(digits)) return false;
  const whole = BigInt(digits.replace('+', ''));
  return whole >= smallest && whole <= largest;
}

export function asNumber(text: string): number {
  return Number.parseFloat(text) || 0;
}

/** PHP's `==` for two strings: compares numbers if both are numeric. */
export function looseEquals(one: string, other: string): boolean {
  if (one === other) return true;
  return isNumeric(one) && isNumeric(other) && Number(one) === Number(other);
}

/** Compares two numbers of any length exactly: negative, zero or positive; NaN for anything else. */
export function compare(one: number | bigint | string, other: string): number {
  const a = decimal(String(one));
  const b = decimal(other);
  if (a === null || b === null) return Number.NaN;
  const scale = a.scale > b.scale ? a.scale : b.scale;
  const left = a.digits * 10n ** BigInt(scale - a.scale);
  const right = b.digits * 10n ** BigInt(scale - b.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The number is `digits` / 10^`scale`. Exponents beyond 1000 are invalid, as in the framework. */
function decimal(text: string): { digits: bigint; scale: number } | null {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!parts) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  if (whole + fraction === '' || Math.abs(Number(exponent)) > 1000) return null;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}
