import { describe, expect, it } from 'vitest';
import { cleanKey } from './key.js';

describe('cleanKey', () => {
  it.each([
    [' ptlc_abcDEF123 \n', 'ptlc_abcDEF123'],
    ['ptlc_abc\n  DEF123', 'ptlc_abcDEF123'],
    ['Bearer pacc_abcDEF123', 'pacc_abcDEF123'],
    ['"plcn_abcDEF123"', 'plcn_abcDEF123'],
    ['x'.repeat(48), 'x'.repeat(48)],
  ])('cleans %j', (pasted, expected) => {
    expect(cleanKey(pasted)).toBe(expected);
  });

  it.each(['', ' \n ', 'Bearer ', 'schlüssel', 'ptlc_\u0000abc'])('refuses %j', (pasted) => {
    expect(() => cleanKey(pasted)).toThrowError(
      expect.objectContaining({
        problem: expect.objectContaining({ code: 'invalid', fields: expect.any(Object) }),
      }),
    );
  });
});
