import { describe, expect, it } from 'vitest';
import { cleanKey } from './key.js';

describe('cleanKey', () => {
  it.each([
    [' ptlc_abcDEF123 \n', 'ptlc_abcDEF123'],
    ['ptlc_abc\n  DEF123', 'ptlc_abcDEF123'],
    ['ptlc_\u00a0abc\tDEF\r\n123', 'ptlc_abcDEF123'],
    ['\u200bptlc_abc\u200bDEF\ufeff123\u200b', 'ptlc_abcDEF123'],
    ['Bearer pacc_abcDEF123', 'pacc_abcDEF123'],
    ['bearer \n "pacc_abcDEF123"', 'pacc_abcDEF123'],
    ['bearerOfAKey', 'bearerOfAKey'],
    ["'plcn_abcDEF123'", 'plcn_abcDEF123'],
    ['`plcn_abcDEF123`', 'plcn_abcDEF123'],
    ['"plcn_abcDEF123\'', '"plcn_abcDEF123\''],
    ['"plcn_abcDEF123"', 'plcn_abcDEF123'],
    ['x'.repeat(48), 'x'.repeat(48)],
  ])('cleans %j', (pasted, expected) => {
    expect(cleanKey(pasted)).toBe(expected);
  });

  it.each(['', ' \n ', '\u200b', 'Bearer ', 'Bearer', 'schlüssel', 'ptlc_\u0000abc', 'ptlc_\u007f'])(
    'refuses %j',
    (pasted) => {
      expect(() => cleanKey(pasted)).toThrowError(
        expect.objectContaining({
          problem: expect.objectContaining({ code: 'invalid', fields: expect.any(Object) }),
        }),
      );
    },
  );
});
