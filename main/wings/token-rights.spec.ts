import { describe, expect, it } from 'vitest';
import { aTicket } from '../../tests/support/wings-session.js';
import { mayBeOld, renewalIn } from './token-rights.js';
import { holdTicket, type HeldToken } from './token.js';

const token = (permissions: string[], lifetimeS = 600): HeldToken =>
  holdTicket(aTicket({ iat: 0, exp: lifetimeS, permissions }), 1000);

describe('permissions of a token', () => {
  it('may be old if the node closed the socket since the token came', () => {
    const held = token(['websocket.connect']);
    expect([null, 999, 1000, 2000].map((at) => mayBeOld(held, at))).toEqual([false, false, true, true]);
  });

  it('are not old for an owner, nor if the token cannot be read', () => {
    expect(mayBeOld(token(['*']), 2000)).toBe(false);
    expect(mayBeOld({ receivedAt: 1000, permissions: null }, 2000)).toBe(false);
  });
});

describe('renewal of a token', () => {
  const facts = { now: 1000, random: () => 0.5 };

  it('comes at its usual time while no sign contradicts its permissions', () => {
    const held = token(['websocket.connect']);
    expect(renewalIn(held, { ...facts, doubtedAt: null })).toBe(held.renewAt - 1000);
  });

  it('comes within a minute if its permissions may be old, spread over the sessions of a node', () => {
    const held = token(['websocket.connect']);
    const times = [0, 0.5, 1].map((chance) =>
      renewalIn(held, { now: 2000, doubtedAt: 2000, random: () => chance }),
    );
    expect(times).toEqual([5000, 32_500, 60_000]);
  });

  it('is never later than usual', () => {
    const held = token(['websocket.connect'], 8);
    expect(renewalIn(held, { ...facts, doubtedAt: 1000, random: () => 1 })).toBe(held.renewAt - 1000);
  });
});
