import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aPanelServer } from '../../tests/support/fleet-fakes.js';
import { aRenewingFleet as rig } from '../../tests/support/renewing-fleet.js';

describe('a fleet and the limit of its panel', () => {
  it('is completely live after as many minutes as half of the limit needs, and stays live for an hour', async () => {
    const { clock, live, sessions, busiest: most } = rig(400, 256);
    await clock.advance(4 * 60_000);
    expect(live()).toBe(400);
    for (let minute = 4; minute < 40; minute++) await clock.advance(60_000);
    expect([live(), sessions.length, most()]).toEqual([400, 400, 128]);
    expect(sessions.every(({ lapses }) => lapses === 0)).toBe(true);
  });

  it('polls each server without a place, and keeps the live servers', async () => {
    const { clock, live, known, panel, sessions, busiest: most } = rig(60, 12);
    for (let minute = 0; minute < 40; minute++) await clock.advance(60_000);
    expect([live(), known()]).toEqual([47, 60]);
    expect(sessions).toHaveLength(47);
    expect(sessions.every(({ lapses }) => lapses === 0)).toBe(true);
    const polls = panel.list.map(({ identifier }) => panel.count(`resources ${identifier}`));
    expect(polls.filter((count) => count > 0).length).toBeGreaterThanOrEqual(13);
    expect(most()).toBeLessThanOrEqual(6);
  });

  it('opens visible servers although renewals and polls could fill every minute', async () => {
    const { clock, fleet, panel, live, known, sessions, busiest: most } = rig(2, 6);
    await clock.advance(29_000);
    panel.list = Array.from({ length: 21 }, (_, index) => aPanelServer(`u${index}`));
    await clock.advance(391_000);
    panel.list = Array.from({ length: 26 }, (_, index) => aPanelServer(`u${index}`));
    fleet.interests.setShown(1, ['home/u21', 'home/u22', 'home/u23', 'home/u24']);
    await clock.advance(10 * 60_000);
    expect([live(), known()]).toEqual([25, 26]);
    for (let minute = 0; minute < 120; minute++) await clock.advance(60_000);
    expect([live(), known(), most()]).toEqual([25, 26, 3]);
    // No session was replaced by another, and none ended because a token was missing.
    expect(sessions).toHaveLength(25);
    expect(sessions.every(({ lapses }) => lapses === 0)).toBe(true);
  });

  it('spends no poll on servers whose tokens wait for their turn after sleep', async () => {
    const { clock, fleet, panel, live, known, sessions } = rig(130, 260);
    await clock.advance(3 * 60_000);
    expect(live()).toBe(130);
    for (const session of sessions) session.cutOff();
    await clock.advance(200);
    fleet.onResume();
    await clock.advance(62_000);
    expect(panel.count('resources')).toBe(0);
    expect([live(), known()]).toEqual([130, 130]);
  });

  it('never uses more than half of the limit, whatever servers come, go, are pinned or scrolled past', async () => {
    const step = fc.record({
      servers: fc.integer({ min: 1, max: 40 }),
      shown: fc.uniqueArray(fc.nat(39), { maxLength: 10 }),
      pinned: fc.uniqueArray(fc.nat(39), { maxLength: 3 }),
      wakes: fc.boolean(),
      seconds: fc.integer({ min: 1, max: 400 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 8 }),
        fc.integer({ min: 2, max: 30 }),
        async (steps, limit) => {
          const { clock, fleet, panel, known, busiest: most } = rig(20, limit);
          for (const { servers, shown, pinned, wakes, seconds } of steps) {
            panel.list = Array.from({ length: servers }, (_, index) => aPanelServer(`u${index}`));
            const ids = (numbers: number[]): string[] => numbers.map((number) => `home/u${number}`);
            fleet.interests.setShown(1, ids(shown));
            fleet.interests.setPreferences({ pinned: ids(pinned), liveLimit: null });
            if (wakes) fleet.onResume();
            await clock.advance(seconds * 1000);
          }
          expect(most()).toBeLessThanOrEqual(Math.floor(limit / 2));
          // No server starves: each has been polled once in the time that polls need with a sixteenth of the limit.
          await clock.advance((16 * 60_000 * panel.list.length) / Math.floor(limit / 2) + 120_000);
          expect(known()).toBe(panel.list.length);
          await fleet.stop();
        },
      ),
      { numRuns: 15 },
    );
  });
});
