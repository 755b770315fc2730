import { describe, expect, it } from 'vitest';
import { requestSchema } from './wire.js';

describe('requestSchema', () => {
  it.each([
    { kind: 'call', name: 'app.info', input: undefined },
    { kind: 'watch', name: 'fleet', subscription: 1, params: undefined },
    { kind: 'unwatch', subscription: 1 },
  ])('takes %j', (request) => {
    expect(requestSchema.parse(request)).toEqual(request);
  });

  it.each([
    { kind: 'call', input: {} },
    { kind: 'watch', name: 'fleet', subscription: 1.5, params: undefined },
    { kind: 'unwatch' },
    { kind: 'evaluate', code: '1' },
  ])('refuses %j', (request) => {
    expect(requestSchema.safeParse(request).success).toBe(false);
  });
});
