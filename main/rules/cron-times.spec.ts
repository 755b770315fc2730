import { describe, expect, it } from 'vitest';
import { calendarIn } from '../../bridge/backups/calendar.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { RuleRig } from '../../tests/support/rule-rig.js';
import { cronTimesBetween, isCron, nextCronTime } from './cron-times.js';
import { nextPlanned } from './rule-times.js';

const minute = 60_000;
const hour = 60 * minute;
const berlin = calendarIn('Europe/Berlin');
const at = (text: string) => Date.parse(text);
const iso = (times: readonly number[]) => times.map((one) => new Date(one).toISOString().slice(5, 16));
const between = (cron: string, from: string, to: string) =>
  iso(cronTimesBetween(cron, at(from), at(to), berlin).map((time) => time.at));

describe('times of a cron text', () => {
  it('are times of the local clock', () => {
    // Winter in Berlin is an hour ahead of UTC, summer two.
    expect(between('30 4 * * 1', '2026-11-25T00:00:00Z', '2026-12-08T00:00:00Z')).toEqual([
      '11-30T03:30',
      '12-07T03:30',
    ]);
    expect(between('30 4 * * *', '2026-07-01T00:00:00Z', '2026-07-02T00:00:00Z')).toEqual(['07-01T02:30']);
  });

  it('come once where the clock shows a time twice, and later where the clock skips a time', () => {
    expect(between('30 2 * * *', '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z')).toEqual(['10-25T00:30']);
    expect(between('30 2 * * *', '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z')).toEqual(['03-29T01:30']);
    // The skipped 2:30 comes at 3:30, which has a time of its own.
    expect(between('30 1-3 * * *', '2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z')).toEqual([
      '03-29T00:30',
      '03-29T01:30',
    ]);
  });

  it.each([
    ['30 4 * * 1', '2026-11-30T03:30:00Z', '12-07T03:30'],
    ['*/5 * * * *', '2026-11-30T03:32:10Z', '11-30T03:35'],
    ['30 2 * * *', '2026-03-28T12:00:00Z', '03-29T01:30'],
    ['30 2 * * *', '2026-10-24T12:00:00Z', '10-25T00:30'],
    ['30 2 * * *', '2026-10-25T00:45:00Z', '10-26T01:30'],
    ['0 0 29 2 *', '2026-11-30T03:30:00Z', '02-28T23:00'],
  ])('%s after %s is %s', (cron, after, next) => {
    expect(iso([nextCronTime(cron, at(after), berlin) ?? 0])).toEqual([next]);
    expect(nextPlanned({ kind: 'cron', cron }, at(after), berlin)).toBe(
      nextCronTime(cron, at(after), berlin),
    );
  });

  it('agree: the next time is the first one in between, through both changes of the clock', () => {
    /** Days within which each comes at least once. */
    const crons = { '*/20 * * * *': 1, '7 2 * * *': 2, '0 1-3/2 * * 6,0': 9 };
    for (const [cron, days] of Object.entries(crons)) {
      for (const start of ['2026-03-28T20:00:00Z', '2026-10-24T20:00:00Z']) {
        for (let from = at(start); from < at(start) + 12 * hour; from += 17 * minute) {
          const [first] = cronTimesBetween(cron, from, from + days * 24 * hour, berlin);
          expect(first?.at).toBe(nextCronTime(cron, from, berlin));
        }
      }
    }
  });

  it('do not come for a text that is no cron, or names a day that no year has', () => {
    const now = at('2026-11-30T12:00:00Z');
    expect(
      ['0 4 * * *', '0 4 31 2 *', '60 4 * * *', '0 4 * *', 'a b c d e'].map((one) => isCron(one, now)),
    ).toEqual([true, false, false, false, false]);
    expect(nextCronTime('0 4 31 2 *', now, berlin)).toBeNull();
    expect(between('x * * * *', '2026-11-30T00:00:00Z', '2026-12-30T00:00:00Z')).toEqual([]);
  });
});

describe('a rule with a cron text', () => {
  const rigFor = (cron: string) =>
    new RuleRig(aRule({ trigger: { kind: 'cron', cron } }), { wall: at('2026-11-30T11:58:00Z') });

  it('runs once for each time, and names the time as its cause', () => {
    const rig = rigFor('0,30 13 * * *');
    rig.advance(2 * hour);
    expect([...rig.records.values()].map(({ cause }) => [cause.kind, iso([cause.at])[0]])).toEqual([
      ['cron', '11-30T12:00'],
      ['cron', '11-30T12:30'],
    ]);
    rig.kill();
    rig.advance(hour);
    expect(rig.sent).toHaveLength(2);
  });

  it('lists the times that a sleep took, and does not catch up', () => {
    const rig = rigFor('0 13-23 * * *');
    rig.sleep(3.5 * hour);
    rig.advance(minute);
    expect([iso(rig.state.missed), rig.sent]).toEqual([
      ['11-30T12:00', '11-30T13:00', '11-30T14:00', '11-30T15:00'],
      [],
    ]);
  });

  it('keeps half of the usual distance when somebody sets the clock back', () => {
    const rig = rigFor('0 * * * *');
    rig.advance(5 * minute);
    rig.jump(-49 * hour);
    rig.advance(3 * hour);
    const gaps = rig.sent.slice(1).map(({ now }, index) => now - (rig.sent[index]?.now ?? 0));
    expect(rig.sent.length).toBeGreaterThan(2);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(30 * minute);
  });
});
