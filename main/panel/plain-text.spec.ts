import { describe, expect, it } from 'vitest';
import { placeForLog, saidIn } from './plain-text.js';

describe('saidIn', () => {
  it('removes markup and cuts after 200 characters', () => {
    expect(saidIn('<script>alert(1)</script>too "late" <')).toBe('alert(1) too "late" ‹');
    expect(saidIn('x'.repeat(1000))).toHaveLength(200);
  });
});

describe('placeForLog', () => {
  it("names a panel's fields, and no longer text", () => {
    expect(placeForLog(['data', 3, 'attributes', 'current_state'])).toBe('data.3.attributes.current_state');
    const key = 'ptlc_AbCdEf0123456789';
    const forms = [key, [...key].reverse().join(''), btoa(key), Buffer.from(key).toString('hex')];
    expect(placeForLog(forms)).toBe('[21 letters].[21 letters].[28 letters].[42 letters]');
  });
});
