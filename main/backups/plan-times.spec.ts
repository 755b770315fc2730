import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarIn } from '../../bridge/backups/calendar.js';
import { graceMs, lookAtPlan, nextPlanned, ran, settled } from './plan-times.js';

const minute = 240;
const hour = 3_600_000;
const day = 24 * hour;
const utc = calendarIn('UTC');
const at = (text: string): number => Date.parse(text);
const look = (known: Parameters<typeof lookAtPlan>[0], now: number, calendar = utc, of = minute) =>
  lookAtPlan(known, { minute: of, now, calendar });
/** The times after a look before which nothing is due. */
const from = (text: string, calendar = utc, of = minute) => look(null, at(text), calendar, of).times;

describe('lookAtPlan', () => {
  it('has nothing due before the first planned time after a plan was made', () => {
    const times = from('2026-11-29T04:00:00Z');
    expect(look(times, at('2026-11-29T23:00:00Z')).due).toBeNull();
    expect(look(times, at('2026-11-30T03:59:59Z')).due).toBeNull();
    expect(look(times, at('2026-11-30T04:00:00Z')).due).toEqual({
      at: at('2026-11-30T04:00:00Z'),
      isLate: false,
    });
  });

  it('is late ten minutes after the planned time, and of several missed ones names the last', () => {
    const times = from('2026-11-29T12:00:00Z');
    const due = at('2026-11-30T04:00:00Z');
    expect(look(times, due + graceMs).due).toEqual({ at: due, isLate: false });
    expect(look(times, due + graceMs + 1).due).toEqual({ at: due, isLate: true });
    expect(look(times, due + 3 * day + hour).due).toEqual({ at: due + 3 * day, isLate: true });
    expect(look(settled(times, due + 3 * day), due + 3 * day + hour).due).toBeNull();
  });

  it('begins with a changed time of day, but never twice on one day', () => {
    const times = ran(from('2026-11-29T00:00:00Z'), at('2026-11-29T04:00:00Z'));
    expect(look(times, at('2026-11-29T10:00:00Z'), utc, 540).due).toBeNull();
    const later = look(times, at('2026-11-29T04:30:00Z'), utc, 300).times;
    expect(look(later, at('2026-11-29T05:00:00Z'), utc, 300).due).toBeNull();
    expect(nextPlanned(later, at('2026-11-29T05:00:00Z'), utc)).toBe(at('2026-11-30T05:00:00Z'));
  });

  it('forgets times that a wrong clock left far ahead', () => {
    const times = ran(from('2029-01-01T00:00:00Z'), at('2029-01-01T04:00:00Z'));
    const now = at('2026-11-29T12:00:00Z');
    expect(look(times, now).times).toEqual({ minute, settledAt: now, ranAt: null });
  });

  it('follows days of 23 and 25 hours, with one backup where the clock shows the time twice or never', () => {
    const berlin = calendarIn('Europe/Berlin');
    const spring = from('2026-03-28T12:00:00Z', berlin, 150);
    expect(nextPlanned(spring, at('2026-03-28T12:00:00Z'), berlin)).toBe(at('2026-03-29T01:30:00Z'));
    const autumn = from('2026-10-24T12:00:00Z', berlin, 150);
    const first = at('2026-10-25T00:30:00Z');
    expect(nextPlanned(autumn, at('2026-10-24T12:00:00Z'), berlin)).toBe(first);
    const after = ran(autumn, first);
    expect(look(after, first + hour, berlin, 150).due).toBeNull();
    expect(nextPlanned(after, first + hour, berlin)).toBe(at('2026-10-26T01:30:00Z'));
  });
});

describe('any history of a plan', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia'];
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('passes' as const),
        ms: fc.integer({ min: 0, max: 30 * 60_000 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('sleeps' as const),
        ms: fc.integer({ min: 0, max: 40 * hour }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('jumps' as const),
        ms: fc.integer({ min: -10 * hour, max: 10 * hour }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('away' as const), ms: fc.integer({ min: 0, max: 3 * hour }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('plan' as const), ms: fc.integer({ min: 0, max: 1439 }) }),
    },
  );

  it('never has two backups of one day, none that is late, none that was missed, and none of an absent panel', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T00:00:00Z') }),
        fc.array(step, { maxLength: 60 }),
        (zone, start, steps) => {
          const calendar = calendarIn(zone);
          const backups: number[] = [];
          const missed: number[] = [];
          let [real, ahead, of] = [start, 0, minute];
          let times: Parameters<typeof lookAtPlan>[0] = null;
          const lookNow = (isReady: boolean): void => {
            const now = real + ahead;
            const { due, ...looked } = look(times, now, calendar, of);
            times = looked.times;
            if (due === null) return;
            expect(due.at).toBeLessThanOrEqual(now);
            if (due.isLate) {
              missed.push(due.at);
              times = settled(times, due.at);
            } else if (isReady) {
              expect(now - due.at).toBeLessThanOrEqual(graceMs);
              backups.push(due.at);
              times = ran(times, due.at);
            }
            expect(nextPlanned(times, now, calendar)).toBeGreaterThanOrEqual(now - graceMs);
          };
          const pass = (ms: number, isReady: boolean): void => {
            const end = real + ms;
            for (; real < end; real = Math.min(end, real + 60_000)) lookNow(isReady);
          };
          lookNow(true);
          for (const { kind, ms } of steps) {
            if (kind === 'plan') of = ms;
            // A clock that is a whole day wrong reads the same date twice.
            else if (kind === 'jumps') ahead = Math.max(-10 * hour, Math.min(10 * hour, ahead + ms));
            else if (kind === 'sleeps') real += ms;
            else pass(ms, kind === 'passes');
            lookNow(kind !== 'away');
          }
          const days = backups.map((when) => calendar.dayOf(when));
          expect(new Set(days).size).toBe(days.length);
          expect(backups.filter((when) => missed.includes(when))).toEqual([]);
          expect(backups).toEqual(backups.toSorted((one, other) => one - other));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('has a backup every day while Perch runs', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T00:00:00Z') }),
        (zone, of, start) => {
          const calendar = calendarIn(zone);
          const days: number[] = [];
          let { times } = look(null, start, calendar, of);
          for (let now = start; now < start + 9 * day;) {
            now = Math.max(now + 1000, nextPlanned(times, now, calendar));
            const { due } = look(times, now, calendar, of);
            if (due === null) continue;
            expect(due.isLate).toBe(false);
            days.push(calendar.dayOf(due.at));
            times = ran(times, due.at);
          }
          const [first = 0] = days;
          expect(days).toEqual(days.map((_, count) => first + count));
          expect(days.length).toBeGreaterThanOrEqual(8);
        },
      ),
      { numRuns: 100 },
    );
  });
});
