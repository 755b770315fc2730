import { describe, expect, it } from 'vitest';
import { forLog, quoted } from './plain-text.js';

describe('quoted', () => {
  it('takes the markup out and ends after 200 characters', () => {
    expect(quoted('<script>alert(1)</script>too "late" <')).toBe('“alert(1) too "late" ‹”');
    expect(quoted('x'.repeat(1000))).toHaveLength(202);
  });
});

describe('forLog', () => {
  it('keeps keys and tokens out', () => {
    const token = 'eyJ0eXAi.eyJpc3Mi.c2ln';
    const text = forLog(`{"token":"${token}","k":"ptlc_abcdefABCDEF0123"} Authorization: Bearer abc.def`);
    expect(text).not.toMatch(/eyJ|abcdef|abc\.def/);
  });
});
