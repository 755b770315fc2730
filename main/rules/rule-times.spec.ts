import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarIn } from '../../bridge/backups/calendar.js';
import { aRule, aMoment } from '../../tests/support/rule-examples.js';
import { RuleRig } from '../../tests/support/rule-rig.js';
import { checkTimes, newTimes, nextPlanned, type RuleTimes } from './rule-times.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const berlin = calendarIn('Europe/Berlin');
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const at = (text: string) => Date.parse(text);
const look = (times: RuleTimes, wall: number, plan: { days?: number[]; minute?: number } = {}, now = wall) =>
  checkTimes(
    times,
    { kind: 'time', days: everyDay, minute: 240, ...plan },
    { ...aMoment({ now }), wall, calendar: berlin },
  );
const from = (text: string) => newTimes({ wall: at(text) });
const iso = (times: readonly number[]) => times.map((one) => new Date(one).toISOString());

describe('planned times', () => {
  it('are due once, within ten minutes', () => {
    const due = at('2026-12-01T03:00:00Z');
    expect(look(from('2026-11-30T12:00:00Z'), due - 1).due).toBeNull();
    const first = look(from('2026-11-30T12:00:00Z'), due + 10 * minute);
    expect([first.due, first.missed]).toEqual([due, []]);
    expect(look(first.times, due + 10 * minute).due).toBeNull();
    const late = look(from('2026-11-30T12:00:00Z'), due + 10 * minute + 1);
    expect([late.due, late.missed]).toEqual([null, [due]]);
  });

  it('are missed while Perch sleeps: listed, and not caught up', () => {
    const after = look(from('2026-11-30T12:00:00Z'), at('2026-12-03T03:05:00Z'));
    expect(iso([after.due ?? 0])).toEqual(['2026-12-03T03:00:00.000Z']);
    expect(iso(after.missed)).toEqual(['2026-12-01T03:00:00.000Z', '2026-12-02T03:00:00.000Z']);
    expect(look(from('2020-01-01T00:00:00Z'), at('2026-12-03T12:00:00Z')).missed).toHaveLength(50);
  });

  it('come on chosen days only', () => {
    // 1 December 2026 is a Tuesday.
    const plan = { days: [2] };
    expect(look(from('2026-11-30T12:00:00Z'), at('2026-12-01T03:00:00Z'), plan).due).toBeNull();
    expect(look(from('2026-11-30T12:00:00Z'), at('2026-12-02T03:00:00Z'), plan).due).not.toBeNull();
  });

  it('come once where the clock shows a time twice, and later where the clock skips a time', () => {
    const plan = { minute: 150 };
    const autumn = look(from('2026-10-24T12:00:00Z'), at('2026-10-25T00:30:00Z'), plan);
    expect(autumn.due).toBe(at('2026-10-25T00:30:00Z'));
    expect(look(autumn.times, at('2026-10-25T01:30:00Z'), plan).due).toBeNull();
    const spring = look(from('2026-03-28T12:00:00Z'), at('2026-03-29T01:30:00Z'), plan);
    expect(spring.due).toBe(at('2026-03-29T01:30:00Z'));
  });

  it('do not follow each other closely after somebody sets the clock back by more than a day', () => {
    const ran = look(from('2026-11-30T12:00:00Z'), at('2026-12-02T03:00:00Z')).times;
    const now = at('2026-12-02T03:05:00Z');
    const back = look(ran, now - 26 * hour, {}, now).times;
    expect(back.era).toBe(1);
    const again = look(back, at('2026-12-01T03:00:00Z'), {}, now + 2 * hour);
    expect([again.due, iso(again.missed)]).toEqual([null, ['2026-12-01T03:00:00.000Z']]);
    expect(look(back, at('2026-12-01T03:00:00Z'), {}, now + 20 * hour).due).not.toBeNull();
  });

  it('of a rule that was off are neither due nor missed', () => {
    const rig = new RuleRig(aRule(), { wall: at('2026-11-30T12:00:00Z') });
    rig.advance(minute);
    rig.switchRule(false);
    rig.advance(2 * day, 10 * minute);
    rig.switchRule(true);
    rig.advance(hour);
    expect([rig.sent.length, rig.state.missed]).toEqual([0, []]);
    rig.advance(day, minute);
    expect(rig.sent).toHaveLength(1);
  });

  it('are listed with the rule after a sleep', () => {
    const rig = new RuleRig(aRule(), { wall: at('2026-11-30T12:00:00Z') });
    rig.sleep(2 * day);
    rig.advance(minute);
    expect(iso(rig.state.missed)).toEqual(['2026-12-01T03:00:00.000Z', '2026-12-02T03:00:00.000Z']);
    expect(rig.sent).toEqual([]);
  });
});

describe('a plan that changes under the same agreement', () => {
  it('begins with its next time, and never runs twice on one day', () => {
    const ran = look(from('2026-11-30T12:00:00Z'), at('2026-12-01T03:00:00Z')).times;
    const earlier = look(ran, at('2026-12-01T12:00:00Z'), { minute: 600 });
    expect([earlier.due, earlier.missed]).toEqual([null, []]);
    const later = look(ran, at('2026-12-01T12:00:00Z'), { minute: 1200 }).times;
    const sameDay = look(later, at('2026-12-01T19:00:00Z'), { minute: 1200 });
    expect([sameDay.due, sameDay.missed]).toEqual([null, []]);
    const plan = { kind: 'time', days: everyDay, minute: 1200 } as const;
    const next = at('2026-12-02T19:00:00Z');
    expect(nextPlanned(plan, at('2026-12-01T12:00:00Z'), berlin, later.ranFor)).toBe(next);
    expect(look(sameDay.times, next, { minute: 1200 }).due).toBe(next);
  });

  it('may come a few hours after its last run, on the next day', () => {
    const ran = look(from('2026-11-30T12:00:00Z'), at('2026-12-01T22:00:00Z'), { minute: 1380 }).times;
    const changed = look(ran, at('2026-12-01T22:30:00Z'), { minute: 60 }).times;
    expect(look(changed, at('2026-12-02T00:00:00Z'), { minute: 60 }).due).toBe(at('2026-12-02T00:00:00Z'));
  });
});

describe('any history of a plan', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia'];
  const happens = (kind: 'passes' | 'sleeps' | 'jumps' | 'changes', min: number, max: number) =>
    fc.record({ kind: fc.constant(kind), ms: fc.integer({ min, max }) });
  const act = fc.oneof(
    { weight: 6, arbitrary: happens('passes', 0, 30 * minute) },
    { weight: 3, arbitrary: happens('sleeps', 0, 40 * hour) },
    { weight: 1, arbitrary: happens('jumps', -10 * hour, 10 * hour) },
    { weight: 1, arbitrary: happens('changes', 0, 1439) },
  );
  const during2026 = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T00:00:00Z') });

  it('never has two runs of one day, none that is late, and none that was missed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        during2026,
        fc.array(act, { maxLength: 60 }),
        (zone, start, acts) => {
          const calendar = calendarIn(zone);
          const [runs, missed]: [number[], number[]] = [[], []];
          let [real, ahead, of] = [start, 0, 240];
          let times = newTimes({ wall: start });
          const lookNow = (): void => {
            const moment = { ...aMoment({ now: real }), wall: real + ahead, calendar };
            const seen = checkTimes(times, { kind: 'time', days: everyDay, minute: of }, moment);
            times = seen.times;
            missed.push(...seen.missed);
            if (seen.due === null) return;
            expect(seen.due).toBeLessThanOrEqual(moment.wall);
            expect(moment.wall - seen.due).toBeLessThanOrEqual(10 * minute);
            runs.push(seen.due);
          };
          lookNow();
          for (const { kind, ms } of acts) {
            if (kind === 'changes') of = ms;
            // A clock that is a whole day wrong reads the same date twice.
            else if (kind === 'jumps') ahead = Math.max(-10 * hour, Math.min(10 * hour, ahead + ms));
            else if (kind === 'sleeps') real += ms;
            else for (const end = real + ms; real < end; real = Math.min(end, real + minute)) lookNow();
            lookNow();
          }
          const days = runs.map((when) => calendar.dayOf(when));
          expect(new Set(days).size).toBe(days.length);
          expect(runs.filter((when) => missed.includes(when))).toEqual([]);
          expect(new Set(missed).size).toBe(missed.length);
          expect(runs).toEqual(runs.toSorted((one, other) => one - other));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('has a run on every day while Perch runs', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1439 }),
        during2026,
        (zone, of, start) => {
          const calendar = calendarIn(zone);
          const plan = { kind: 'time', days: everyDay, minute: of } as const;
          const days: number[] = [];
          let times = newTimes({ wall: start });
          for (let now = start; now < start + 9 * day;) {
            now = Math.max(now + 1000, nextPlanned(plan, now, calendar, times.ranFor) ?? 0);
            const seen = checkTimes(times, plan, { ...aMoment({ now }), wall: now, calendar });
            times = seen.times;
            expect(seen.missed).toEqual([]);
            if (seen.due !== null) days.push(calendar.dayOf(seen.due));
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
