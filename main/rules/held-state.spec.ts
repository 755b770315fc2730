import { describe, expect, it } from 'vitest';
import { calendarIn } from '../../bridge/backups/calendar.js';
import { aMoment, aRule, aRuleServer, reading } from '../../tests/support/rule-examples.js';
import { RuleRig } from '../../tests/support/rule-rig.js';
import { checkHeld, notHeld } from './held-state.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const wall = Date.parse('2026-11-30T10:00:00Z');

function rigFor(above = 2): RuleRig {
  return new RuleRig(
    aRule({
      trigger: { kind: 'figure', of: 'players', above, forMs: 10 * minute },
      steps: [{ kind: 'notify', text: 'Many' }],
    }),
    { wall },
  );
}
function gameOf(rig: RuleRig) {
  const server = rig.servers.get('home/1');
  if (server === undefined) throw new Error('no server');
  return server;
}

describe('a condition that holds for ten minutes', () => {
  it('starts again with a player, and with a time in which nothing is known', () => {
    const rig = new RuleRig(
      aRule({
        trigger: {
          kind: 'holds',
          condition: {
            kind: 'all',
            parts: [
              { kind: 'figure', on: null, of: 'memory', atLeast: 90, atMost: null },
              { kind: 'figure', on: null, of: 'players', atLeast: null, atMost: 0 },
            ],
          },
          forMs: 10 * minute,
        },
        steps: [{ kind: 'notify', text: 'Full and empty' }],
      }),
      { wall },
    );
    const game = gameOf(rig);
    game.memory = 95;
    rig.advance(9 * minute);
    game.players = 1;
    rig.advance(minute);
    game.players = 0;
    rig.advance(7 * minute);
    game.isBlind = true;
    rig.advance(5 * minute);
    game.isBlind = false;
    rig.advance(9 * minute);
    expect(rig.sent).toEqual([]);
    rig.advance(2 * minute);
    expect([...rig.records.values()]).toMatchObject([{ cause: { kind: 'holds', value: 95 }, end: 'done' }]);
    rig.advance(2 * hour);
    expect(rig.sent).toHaveLength(1);
  });
});

describe('a figure above a number for ten minutes', () => {
  it('is one cause, and a further cause only after the figure was below the number', () => {
    const rig = rigFor();
    gameOf(rig).players = 3;
    rig.advance(9 * minute);
    expect(rig.sent).toEqual([]);
    rig.advance(5 * hour);
    expect(rig.sent).toHaveLength(1);
    gameOf(rig).players = 2;
    rig.advance(minute);
    gameOf(rig).players = 3;
    rig.advance(11 * minute);
    expect(rig.sent).toHaveLength(2);
    expect([...rig.records.values()][0]?.cause).toMatchObject({ kind: 'figure', value: 3 });
  });

  it.each<[string, (rig: RuleRig) => void]>([
    ['a sleep', (rig) => rig.sleep(8 * minute)],
    ['a restart of Perch', (rig) => rig.kill()],
    [
      'an unknown number',
      (rig) => {
        gameOf(rig).isBlind = true;
        rig.advance(4 * minute);
        gameOf(rig).isBlind = false;
      },
    ],
  ])('counts again after %s', (_, interrupt) => {
    const rig = rigFor();
    gameOf(rig).players = 3;
    rig.advance(8 * minute);
    interrupt(rig);
    rig.advance(9 * minute);
    expect(rig.sent).toEqual([]);
    rig.advance(2 * minute);
    expect(rig.sent).toHaveLength(1);
  });

  it('is no new cause in a new process that is above the number as well', () => {
    const trigger = { kind: 'figure', of: 'memory', above: 90, forMs: 10 * minute } as const;
    let [held, causes] = [notHeld, 0];
    for (let now = 0; now < 2 * hour; now += minute) {
      const startedAt = now < 30 * minute ? -hour : 30 * minute;
      const server = aRuleServer({ startedAt, figures: { memory: reading(95, { seenAt: now }) } });
      const moment = { ...aMoment({ now }, server), wall, calendar: calendarIn('UTC') };
      const look = checkHeld(held, trigger, moment, 'home/1');
      held = look.held;
      if (look.met !== null) causes += 1;
    }
    expect(causes).toBe(1);
  });

  it('is no new cause after a restart of Perch, or after a time without knowledge', () => {
    const rig = rigFor();
    gameOf(rig).players = 3;
    rig.advance(15 * minute);
    rig.kill();
    rig.advance(hour);
    gameOf(rig).isBlind = true;
    rig.advance(hour);
    gameOf(rig).isBlind = false;
    rig.advance(hour);
    expect(rig.sent).toHaveLength(1);
  });
});
