import { describe, expect, it } from 'vitest';
import type { Allocation } from '../schema/domain.js';
import { isTypedPlace } from './typed-place.js';

const first: Allocation = {
  ip: '203.0.113.1',
  alias: 'play.example.com',
  port: 5000,
  notes: null,
  isDefault: true,
};

describe('a place that players type', () => {
  it.each([
    ['play.example.com', 5000, true],
    ['203.0.113.1', 5000, true],
    ['203.0.113.1', 5001, false],
    ['node.example.com', 5000, false],
  ])('%s:%i %s', (host, port, isTyped) => {
    expect(isTypedPlace({ host, port }, [first, { ...first, port: 5001 }])).toBe(isTyped);
  });

  it('is none of a private network, of this computer, of no allocation', () => {
    for (const ip of ['10.0.0.2', '192.168.1.2', '127.0.0.1', '0.0.0.0', 'localhost'])
      expect(isTypedPlace({ host: ip, port: 5000 }, [{ ...first, ip, alias: null }])).toBe(false);
    expect(isTypedPlace({ host: '203.0.113.1', port: 5000 }, [])).toBe(false);
  });
});
