import { describe, expect, it } from 'vitest';
import type { PowerState } from '../../bridge/schema/domain.js';
import { aRule, reading } from '../../tests/support/rule-examples.js';
import { RuleRig } from '../../tests/support/rule-rig.js';
import { nothingBefore, powerBefore, withPower, type PowerBefore } from './power-before.js';

const second = 1000;
const minute = 60 * second;
const seen = (past: PowerBefore, power: PowerState, seenAt: number) =>
  withPower(past, reading(power, { seenAt }));

describe('the state before the loss of a node', () => {
  it('is the last one before a gap, during the gap and for half an hour after it', () => {
    const ran = seen(seen(nothingBefore, 'offline', 0), 'running', minute);
    expect(powerBefore(ran, 2 * minute)).toBeNull();
    expect(powerBefore(ran, 20 * minute)?.value).toBe('running');
    const back = seen(ran, 'offline', 30 * minute);
    expect(powerBefore(back, 30 * minute)).toMatchObject({ value: 'running', seenAt: minute });
    const later = seen(seen(back, 'offline', 31 * minute), 'offline', 32 * minute);
    expect(powerBefore(later, 32 * minute)?.value).toBe('running');
    expect(
      powerBefore({ ...later, last: reading<PowerState>('offline', { seenAt: 61 * minute }) }, 61 * minute),
    ).toBeNull();
  });

  it('is not changed by an old state that comes late', () => {
    const back = seen(seen(nothingBefore, 'running', 0), 'offline', 10 * minute);
    expect(seen(back, 'running', 5 * minute)).toBe(back);
  });

  it('lets a rule start the servers that ran, and no others', () => {
    const rig = new RuleRig(
      aRule({
        trigger: { kind: 'node-back' },
        condition: { kind: 'ran-before', on: null },
        steps: [{ kind: 'power', on: null, signal: 'start' }],
      }),
      { wall: Date.parse('2026-11-30T10:00:00Z'), servers: ['home/1', 'home/2'] },
    );
    rig.causeKind = 'node-back';
    const [one, other] = [...rig.servers.values()];
    if (one === undefined || other === undefined) throw new Error('no servers');
    other.power = 'offline';
    rig.advance(minute);
    one.isBlind = other.isBlind = true;
    rig.advance(20 * minute);
    one.power = 'offline';
    one.isBlind = other.isBlind = false;
    rig.advance(second);
    rig.cause();
    rig.advance(minute);
    expect(rig.sent.map(({ serverId }) => serverId)).toEqual(['home/1']);
    expect([...rig.records.values()].map(({ serverId, end }) => [serverId, end])).toEqual([
      ['home/2', 'condition'],
      ['home/1', 'done'],
    ]);
    // Perch was closed meanwhile, so nobody knows.
    rig.kill();
    one.power = 'offline';
    rig.advance(second);
    rig.cause();
    rig.advance(minute);
    expect(rig.sent).toHaveLength(1);
    expect([...rig.records.values()].at(-1)).toMatchObject({ end: 'unknown', seen: [{ of: 'ran-before' }] });
  });
});
