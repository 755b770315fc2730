import { describe, expect, it } from 'vitest';
import { calendarIn } from '../../bridge/backups/calendar.js';
import { aRule, aMoment } from '../../tests/support/rule-examples.js';
import { RuleRig } from '../../tests/support/rule-rig.js';
import { lookAtTimes, newTimes, type RuleTimes } from './rule-times.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const berlin = calendarIn('Europe/Berlin');
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const at = (text: string) => Date.parse(text);
const look = (times: RuleTimes, wall: number, plan: { days?: number[]; minute?: number } = {}, now = wall) =>
  lookAtTimes(
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
