import { describe, expect, it } from 'vitest';
import { aRule } from '../../tests/support/rule-examples.js';
import { RuleRig } from '../../tests/support/rule-rig.js';

const minute = 60_000;
const hour = 60 * minute;
const wall = Date.parse('2026-11-30T10:00:00Z');

/** Three crashes in half an hour. */
const rigOf = () =>
  new RuleRig(
    aRule({
      trigger: { kind: 'repeated', event: 'crashed', times: 3, withinMs: 30 * minute },
      steps: [{ kind: 'notify', text: 'Three crashes' }],
    }),
    { wall, servers: ['home/1', 'home/2'] },
  );
const ends = (rig: RuleRig) => [...rig.records.values()].map(({ serverId, end }) => `${serverId} ${end}`);

describe('an event that must repeat', () => {
  it('causes a run at its third time, and then counts again', () => {
    const rig = rigOf();
    for (let count = 0; count < 5; count++) {
      rig.cause(['home/1']);
      rig.advance(5 * minute);
    }
    expect(ends(rig)).toEqual([
      'home/1 too-few',
      'home/1 too-few',
      'home/1 done',
      'home/1 too-few',
      'home/1 too-few',
    ]);
  });

  it('counts each server separately', () => {
    const rig = rigOf();
    rig.cause(['home/1']);
    rig.cause(['home/2']);
    rig.cause(['home/1']);
    rig.advance(minute);
    expect(rig.sent).toEqual([]);
  });

  it('forgets events that are too old, by the monotonic clock', () => {
    const rig = rigOf();
    rig.cause(['home/1']);
    rig.advance(31 * minute);
    rig.cause(['home/1']);
    rig.jump(-hour);
    rig.advance(31 * minute);
    rig.cause(['home/1']);
    rig.advance(minute);
    expect(rig.sent).toEqual([]);
  });

  it('keeps counting after Perch was killed, and starts again after the rule was off', () => {
    const rig = rigOf();
    rig.cause(['home/1']);
    rig.cause(['home/1']);
    rig.kill();
    rig.cause(['home/1']);
    rig.advance(minute);
    expect(rig.sent).toHaveLength(1);
    rig.cause(['home/1']);
    rig.cause(['home/1']);
    rig.switchRule(false);
    rig.switchRule(true);
    rig.cause(['home/1']);
    rig.advance(minute);
    expect(rig.sent).toHaveLength(1);
  });

  it('does not count a press of the user, who gets the run at once', () => {
    const rig = rigOf();
    rig.causeKind = 'by-hand';
    rig.cause(['home/1']);
    rig.advance(minute);
    expect(rig.sent).toHaveLength(1);
  });
});
