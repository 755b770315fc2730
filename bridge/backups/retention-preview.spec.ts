import { describe, expect, it } from 'vitest';
import { aKeptBackup, aRetentionRule } from '../../tests/support/some-backups.js';
import { calendarIn } from './calendar.js';
import { playRule, type Play, type PlayedDay } from './retention-preview.js';

const noon = Date.parse('2026-11-29T12:00:00Z');
const play = (fields: Partial<Play>): PlayedDay[] =>
  playRule({
    rule: aRetentionRule({ last: 3 }),
    backups: [],
    limit: null,
    now: noon,
    days: 5,
    minute: 240,
    ...fields,
  });
const dates = ({ survivors }: PlayedDay): string[] =>
  survivors.map(({ createdAt }) => new Date(createdAt).toISOString().slice(5, 16));

describe('the preview of a rule', () => {
  it('shows which backups exist on each day', () => {
    expect(play({}).map(dates)).toEqual([
      ['11-30T04:00'],
      ['12-01T04:00', '11-30T04:00'],
      ['12-02T04:00', '12-01T04:00', '11-30T04:00'],
      ['12-03T04:00', '12-02T04:00', '12-01T04:00'],
      ['12-04T04:00', '12-03T04:00', '12-02T04:00'],
    ]);
  });

  it('begins today if the time is still to come', () => {
    expect(play({ minute: 13 * 60, days: 1 }).map(dates)).toEqual([['11-29T13:00']]);
  });

  it('ends with the tiers of a grown rule, each with its reasons', () => {
    const days = play({ rule: aRetentionRule({ daily: 3, weekly: 2, monthly: 2 }), days: 70 });
    expect(
      days.at(-1)?.survivors.map((each) => [new Date(each.createdAt).toISOString().slice(0, 10), each.for]),
    ).toEqual([
      ['2027-02-07', ['daily', 'weekly', 'monthly']],
      ['2027-02-06', ['daily']],
      ['2027-02-05', ['daily']],
      ['2027-01-31', ['weekly', 'monthly']],
    ]);
  });

  it('begins with the backups that exist, and leaves those alone that the rule may not delete', () => {
    const backups = [
      aKeptBackup('old', { createdAt: noon - 9e9 }),
      aKeptBackup('locked', { createdAt: noon - 8e9, locked: true }),
      aKeptBackup('now', { createdAt: noon, state: 'running' }),
    ];
    const [first] = play({ rule: aRetentionRule({ last: 2 }), backups, days: 1 });
    expect(first?.survivors).toEqual([
      { createdAt: Date.parse('2026-11-30T04:00:00Z'), for: ['last'] },
      { createdAt: noon, for: ['last'] },
      { createdAt: noon - 8e9, for: [] },
    ]);
  });

  it('says on which days the limit of the host leaves no room', () => {
    expect(play({ limit: 2 }).map(({ missed }) => missed)).toEqual([null, null, 'kept', 'kept', 'kept']);
    expect(play({ limit: 3 }).map(({ missed }) => missed)).toEqual([null, null, null, null, null]);
    expect(play({ limit: 0, days: 1 }).map(({ missed, survivors }) => [missed, survivors])).toEqual([
      ['not-allowed', []],
    ]);
  });

  it('keeps to the local time through a change of the clock', () => {
    const rule = aRetentionRule({ last: 9 }, { calendar: calendarIn('Europe/Berlin') });
    const days = play({ rule, now: Date.parse('2026-10-23T12:00:00Z'), days: 3 });
    expect(days.map(({ at }) => new Date(at).toISOString())).toEqual([
      '2026-10-24T02:00:00.000Z',
      '2026-10-25T03:00:00.000Z',
      '2026-10-26T03:00:00.000Z',
    ]);
  });
});
