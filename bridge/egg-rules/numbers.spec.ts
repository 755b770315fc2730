import { describe, expect, it } from 'vitest';
import {
  areEqual,
  compareDecimals,
  isInteger,
  isNumeric,
  parseDecimal,
  phpNumber,
  roundDecimal,
  writeDecimal,
  type Decimal,
  type PhpNumber,
} from './numbers.js';

function decimal(text: string): Decimal {
  const parsed = parseDecimal(text);
  if (parsed === null) throw new Error(`${text} is no decimal.`);
  return parsed;
}

function number(text: string): PhpNumber {
  const read = phpNumber(text);
  if (read === null) throw new Error(`${text} is no number.`);
  return read;
}

describe('isNumeric', () => {
  it.each(['0', '-1', '+1', '1.', '.5', '1.50', '1e3', '1E-3', '-.5e+10', ' 1\t', '\n1\n', '007'])(
    'takes %j',
    (text) => {
      expect(isNumeric(text)).toBe(true);
    },
  );

  it.each([
    '',
    ' ',
    '.',
    '-',
    '1e',
    'e1',
    '1,5',
    '1 2',
    '0x1f',
    '1.2.3',
    '--1',
    '1e1.5',
    'a1',
    '1a',
    '1_000',
  ])('refuses %j', (text) => {
    expect(isNumeric(text)).toBe(false);
  });
});

describe('isInteger', () => {
  it.each(['0', '-0', '+0', '10', '+9223372036854775807', '-9223372036854775808'])('takes %j', (text) => {
    expect(isInteger(text)).toBe(true);
  });

  it.each(['', '01', '1.0', '1e3', ' 1', '9223372036854775808', '-9223372036854775809', '9'.repeat(21)])(
    'refuses %j',
    (text) => {
      expect(isInteger(text)).toBe(false);
    },
  );
});

describe('parseDecimal', () => {
  it.each<[string, Decimal | null]>([
    ['12', { digits: 12n, power: 0 }],
    ['-1.25', { digits: -125n, power: -2 }],
    ['+.5', { digits: 5n, power: -1 }],
    ['3.', { digits: 3n, power: 0 }],
    ['1.5e3', { digits: 15n, power: 2 }],
    ['1e1000', { digits: 1n, power: 1000 }],
    ['1e-1000', { digits: 1n, power: -1000 }],
    ['1e1001', null],
    ['1e-1001', null],
    ['many', null],
  ])('%s', (text, parsed) => {
    expect(parseDecimal(text)).toEqual(parsed);
  });

  it('reads up to 5,000 characters', () => {
    expect(parseDecimal('9'.repeat(5000))).not.toBeNull();
    expect(parseDecimal('9'.repeat(5001))).toBeNull();
  });
});

describe('compareDecimals', () => {
  it.each([
    ['1', '2', -1],
    ['2', '1', 1],
    ['1.0', '1', 0],
    ['1e3', '1000', 0],
    ['0.1', '1e-1', 0],
    ['-1', '-0.9', -1],
    ['9007199254740993', '9007199254740992', 1],
  ])('%s and %s: %d', (one, other, order) => {
    expect(compareDecimals(decimal(one), decimal(other))).toBe(order);
  });
});

describe('roundDecimal', () => {
  it.each([
    ['1.5', 2n, 1n],
    ['-1.5', -1n, -2n],
    ['2.0', 2n, 2n],
    ['-2.0', -2n, -2n],
    ['0.01', 1n, 0n],
    ['0.0', 0n, 0n],
    ['7', 7n, 7n],
    ['1.2e3', 1200n, 1200n],
  ])('%s up: %d, down: %d', (text, up, down) => {
    expect(roundDecimal(decimal(text), true)).toBe(up);
    expect(roundDecimal(decimal(text), false)).toBe(down);
  });
});

describe('writeDecimal', () => {
  it.each([
    ['12', '12'],
    ['1.2e3', '1200'],
    ['-12', '-12'],
    ['0.50', '0.5'],
    ['.05', '0.05'],
    ['-.05', '-0.05'],
    ['-0.0', '0'],
    ['10.00', '10'],
    ['-10.00', '-10'],
    ['123.456', '123.456'],
    ['1e-3', '0.001'],
  ])('%s as %s', (text, written) => {
    expect(writeDecimal(decimal(text))).toBe(written);
  });
});

describe('phpNumber', () => {
  it.each<[string, PhpNumber | null]>([
    ['12', { whole: 12n, double: 12, overflowed: false }],
    [' +12 ', { whole: 12n, double: 12, overflowed: false }],
    ['-12', { whole: -12n, double: -12, overflowed: false }],
    ['12.0', { whole: null, double: 12, overflowed: false }],
    ['1e2', { whole: null, double: 100, overflowed: false }],
    ['9223372036854775807', { whole: 9223372036854775807n, double: 2 ** 63, overflowed: false }],
    ['9223372036854775808', { whole: null, double: 2 ** 63, overflowed: true }],
    ['-9223372036854775809', { whole: null, double: -(2 ** 63), overflowed: true }],
    ['twelve', null],
  ])('%s', (text, read) => {
    expect(phpNumber(text)).toEqual(read);
  });
});

describe('areEqual', () => {
  it.each([
    ['1', '01', true],
    ['1', '1.0', true],
    ['1e2', '100', true],
    ['1.5', '1.50', true],
    ['1', '2', false],
    ['1.5', '1.6', false],
    ['9007199254740993', '9007199254740992', false],
    // Both are too large for an integer; PHP does not trust doubles of this size.
    ['9223372036854775808', '9223372036854775809', false],
    ['9223372036854775808', '9223372036854775807', false],
    ['9223372036854775808', '9223372036854775808.0', true],
    ['1e400', '1e400', false],
  ])('%s and %s: %s', (one, other, equal) => {
    expect(areEqual(number(one), number(other))).toBe(equal);
    expect(areEqual(number(other), number(one))).toBe(equal);
  });
});
