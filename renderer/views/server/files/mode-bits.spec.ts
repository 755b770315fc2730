import { expect, it } from 'vitest';
import { bitsOf, isMode, modeLetters, wholeMode, withBit } from './mode-bits.js';

it('has letters and switches for digits', () => {
  expect(['644', '755', '0', '1777'].map(modeLetters)).toEqual([
    'rw-r--r--',
    'rwxr-xr-x',
    '---------',
    'rwxrwxrwx',
  ]);
  expect(bitsOf('640')).toEqual([true, true, false, true, false, false, false, false, false]);
});

it('changes one switch, and keeps zeros and a fourth digit', () => {
  expect(withBit('644', 8, true)).toBe('645');
  expect(withBit('644', 0, false)).toBe('244');
  expect(withBit('044', 3, false)).toBe('004');
  expect(withBit('1755', 1, false)).toBe('1555');
});

it('recognises a mode', () => {
  expect(wholeMode('44')).toBe('044');
  expect(['644', '0755', '64', '648', '77777', 'rw'].map(isMode)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
