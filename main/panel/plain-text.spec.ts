import { describe, expect, it } from 'vitest';
import { forLog, saidIn } from './plain-text.js';

describe('saidIn', () => {
  it('takes the markup out and ends after 200 characters', () => {
    expect(saidIn('<script>alert(1)</script>too "late" <')).toBe('alert(1) too "late" ‹');
    expect(saidIn('x'.repeat(1000))).toHaveLength(200);
  });
});

describe('forLog', () => {
  it('keeps keys and tokens out', () => {
    const token = 'eyJ0eXAi.eyJpc3Mi.c2ln';
    const text = forLog(`{"token":"${token}","k":"ptlc_abcdefABCDEF0123"} Authorization: Bearer abc.def`);
    expect(text).not.toMatch(/eyJ|abcdef|abc\.def/);
  });
});
