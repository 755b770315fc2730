import { describe, expect, it } from 'vitest';
import { aTicket } from '../../tests/support/wings-session.js';
import { holdTicket } from './token.js';

describe('holdTicket', () => {
  it("counts the lifetime from receipt, whatever the panel's clock says", () => {
    const held = holdTicket(aTicket({ iat: 50, exp: 650 }), 1_000_000);
    expect(held.expiresAt).toBe(1_600_000);
    expect(held.renewAt).toBe(1_555_000);
    expect(held.reusableUntil).toBe(1_570_000);
    expect(held.permissions).toEqual(['*']);
  });

  it('keeps sensible margins for short tokens', () => {
    const held = holdTicket(aTicket({ iat: 50, exp: 60 }), 0);
    expect([held.renewAt, held.reusableUntil, held.expiresAt]).toEqual([7500, 8000, 10_000]);
  });

  it('limits absurd lifetimes, which timers cannot hold', () => {
    expect(holdTicket(aTicket({ iat: 0, exp: 9e15 }), 0).expiresAt).toBe(86_400_000);
    expect(holdTicket(aTicket({ iat: 100, exp: 50 }), 0).expiresAt).toBe(1000);
  });

  it.each(['', 'opaque', 'a.b.c', 'x'.repeat(1000)])('holds a token that it cannot read', (token) => {
    const held = holdTicket({ token, url: 'ws://x' }, 0);
    expect(held).toMatchObject({ token, expiresAt: 600_000, permissions: null, serverUuid: null });
  });

  it('reads the valid claims beside invalid claims', () => {
    const held = holdTicket(aTicket({ iat: 'soon', permissions: [7], server_uuid: 'u' }), 0);
    expect(held).toMatchObject({ expiresAt: 600_000, permissions: null, serverUuid: 'u' });
  });
});
