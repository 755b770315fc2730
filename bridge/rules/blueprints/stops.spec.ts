import { describe, expect, it } from 'vitest';
import {
  second,
  minute,
  hour,
  wall,
  berlin,
  rulesOf,
  rigOf,
  game,
  orders,
  runEnds,
  times,
} from '../../../tests/support/blueprint-rig.js';
import { nextPlanned } from '../../../main/rules/rule-times.js';
import type { Rule } from '../../schema/rules.js';

describe('stop when empty', () => {
  it('stops after 20 minutes without players, a minute after it said so', () => {
    const rig = rigOf(rulesOf('stop-when-empty')[0]);
    game(rig).players = 2;
    rig.advance(hour);
    expect(rig.sent).toEqual([]);
    game(rig).players = 0;
    rig.advance(hour);
    expect(orders(rig)).toEqual(['warn home/1', 'stop home/1']);
    const [warn, stop] = rig.sent.map(({ now }) => now);
    expect((stop ?? 0) - (warn ?? 0)).toBeGreaterThanOrEqual(minute);
    expect(runEnds(rig)).toEqual(['done']);
  });

  it('does not stop on an answer of before somebody joined', () => {
    const rig = rigOf(rulesOf('stop-when-empty')[0]);
    rig.playersEveryMs = minute;
    rig.advance(21 * minute + 10 * second);
    expect(orders(rig)).toEqual(['warn home/1']);
    // The game has not been asked since, so its last answer still says nobody.
    game(rig).players = 1;
    rig.advance(hour);
    expect([orders(rig), runEnds(rig)]).toEqual([['warn home/1'], ['done']]);
  });

  it('lets the server run if somebody joins in the last minute', () => {
    const rig = rigOf(rulesOf('stop-when-empty')[0]);
    rig.advance(20 * minute + 20 * second);
    expect(orders(rig)).toEqual(['warn home/1']);
    game(rig).players = 1;
    rig.advance(hour);
    expect([orders(rig), runEnds(rig)]).toEqual([['warn home/1'], ['done']]);
  });

  it('does not stop if the game falls silent in the last minutes', () => {
    const rig = rigOf(rulesOf('stop-when-empty')[0]);
    rig.advance(20 * minute + 20 * second);
    game(rig).isBlind = true;
    game(rig).seen = { ...game(rig).seen, figures: {} };
    rig.advance(hour);
    expect([orders(rig), runEnds(rig)]).toEqual([['warn home/1'], ['unknown']]);
  });
});

describe('opening hours', () => {
  const [start, stop] = rulesOf('weekend-hours');

  it('start at 16:00 from Friday to Sunday, and stop at 1:00 on the days after, with warnings', () => {
    const friday = Date.parse('2026-12-04T12:00:00Z');
    const opened = rigOf(start, ['home/1'], friday);
    game(opened).power = 'offline';
    opened.advance(4 * hour);
    expect([orders(opened), times(opened)]).toEqual([['start home/1'], ['15:00']]);
    const closed = rigOf(stop, ['home/1'], friday);
    closed.advance(14 * hour);
    expect([orders(closed), times(closed)]).toEqual([
      ['warn', 'warn', 'warn', 'stop'].map((one) => `${one} home/1`),
      ['23:50', '23:55', '23:59', '00:00'],
    ]);
  });

  it('do not act on Thursday, and end on Monday', () => {
    const days = (rule: Rule | undefined) =>
      rule !== undefined && rule.trigger.kind === 'time' ? rule.trigger.days : [];
    expect([days(start), days(stop)]).toEqual([
      [4, 5, 6],
      [5, 6, 0],
    ]);
    if (start?.trigger.kind !== 'time') throw new Error('no time');
    const next = nextPlanned(start.trigger, wall, berlin) ?? 0;
    expect(new Date(next).toISOString()).toBe('2026-12-04T15:00:00.000Z');
  });

  it('end on the same day if they do not pass midnight', () => {
    const [, end] = rulesOf('weekend-hours', { time: 600, until: 1320 });
    expect(end?.trigger).toEqual({ kind: 'time', days: [4, 5, 6], minute: 1310 });
  });
});
