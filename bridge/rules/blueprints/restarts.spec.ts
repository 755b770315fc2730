import { describe, expect, it } from 'vitest';
import {
  minute,
  hour,
  rulesOf,
  rigOf,
  game,
  orders,
  runEnds,
  times,
} from '../../../tests/support/blueprint-rig.js';

describe('nightly restart', () => {
  it('warns at 10, 5 and 1 minutes, restarts at the chosen time, and waits until the server runs', () => {
    const rig = rigOf(rulesOf('nightly-restart', { time: 14 * 60 })[0]);
    rig.advance(2 * hour);
    expect(orders(rig)).toEqual(['warn', 'warn', 'warn', 'restart'].map((one) => `${one} home/1`));
    expect(times(rig)).toEqual(['12:50', '12:55', '12:59', '13:00']);
    expect(rig.sent.map(({ act }) => ('text' in act ? act.text : ''))).toEqual([
      'The server restarts in 10 min.',
      'The server restarts in 5 min.',
      'The server restarts in 1 min.',
      '',
    ]);
    expect(runEnds(rig)).toEqual(['done']);
  });

  it('begins on the day before if the warnings do', () => {
    const [rule] = rulesOf('nightly-restart', { days: [1], time: 5, warnMinutes: 10 });
    expect(rule?.trigger).toEqual({ kind: 'time', days: [0], minute: 1435 });
  });

  it('leaves a server that somebody stopped alone', () => {
    const rig = rigOf(rulesOf('nightly-restart', { time: 14 * 60 })[0]);
    game(rig).power = 'offline';
    rig.advance(2 * hour);
    expect([orders(rig), runEnds(rig)]).toEqual([[], ['condition']]);
  });
});

describe('restart on high memory', () => {
  it('restarts only while nobody is on, and waits until then', () => {
    const rig = rigOf(rulesOf('restart-on-memory')[0]);
    game(rig).memory = 96;
    game(rig).players = 3;
    rig.advance(3 * hour);
    expect(rig.sent).toEqual([]);
    game(rig).players = 0;
    rig.advance(9 * minute);
    expect(rig.sent).toEqual([]);
    rig.advance(20 * minute);
    expect(orders(rig)).toEqual(['restart home/1']);
  });
});
