import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { aTicket } from '../../tests/support/wings-session.js';
import { Renewal, type RenewalReason } from './renewal.js';
import { holdTicket } from './token.js';

/** Accepted tokens that each expire after `lifetimeMs`. */
function rig(lifetimeMs = 600_000) {
  const clock = new FakeClock(0);
  let fetched = 0;
  const renewal = new Renewal({
    clock,
    random: () => 0.5,
    fetch: () => {
      fetched += 1;
      return Promise.resolve(holdTicket(aTicket({ iat: 0, exp: lifetimeMs / 1000 }), clock.now()));
    },
    send: () => undefined,
    failed: () => undefined,
  });
  /** Time from the request to the next token that the node accepts, in ms. */
  const renew = async (reason: RenewalReason): Promise<number> => {
    const from = clock.now();
    const before = fetched;
    renewal.request(reason);
    while (fetched === before) await clock.advance(100);
    renewal.accepted();
    return clock.now() - from;
  };
  return { clock, renew };
}

describe('the pause before the next token', () => {
  it('grows until a token stays in force for a minute', async () => {
    const { clock, renew } = rig();
    const pauses: number[] = [];
    for (let round = 0; round < 4; round++) {
      pauses.push(await renew('expired'));
      await clock.advance(59_000);
    }
    expect(pauses.map((pause) => Math.floor(pause / 1000))).toEqual([0, 1, 2, 4]);
  });

  it('starts over after a token in force for a minute', async () => {
    const { clock, renew } = rig();
    for (let round = 0; round < 4; round++) await renew('expired');
    await clock.advance(60_000);
    expect(await renew('expired')).toBeLessThan(1000);
    await clock.advance(1000);
    expect(await renew('expired')).toBeGreaterThanOrEqual(1000);
  });

  it('starts over at the end of a token that the panel made short', async () => {
    const { clock, renew } = rig(20_000);
    for (let round = 0; round < 4; round++) await renew('ending');
    await clock.advance(5000);
    expect(await renew('ending')).toBeLessThan(1000);
    await clock.advance(4900);
    expect(await renew('ending')).toBeGreaterThanOrEqual(1000);
    // A refused token does not count as long-lived.
    await clock.advance(5000);
    expect(await renew('expired')).toBeGreaterThanOrEqual(1000);
  });

  it('does not start over after an early warning of the end', async () => {
    const { clock, renew } = rig();
    await renew('ending');
    await clock.advance(6000);
    expect(await renew('ending')).toBeGreaterThanOrEqual(1000);
  });
});
