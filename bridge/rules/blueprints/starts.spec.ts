import { describe, expect, it } from 'vitest';
import type { RuleRig } from '../../../tests/support/rule-rig.js';
import {
  second,
  minute,
  hour,
  order,
  rulesOf,
  rigOf,
  game,
  orders,
  runEnds,
} from '../../../tests/support/blueprint-rig.js';

describe('start after an outage', () => {
  function outage(after: 'running' | 'offline', before: 'running' | 'offline' = 'running'): RuleRig {
    const rig = rigOf(rulesOf('start-after-outage')[0]);
    rig.causeKind = 'node-back';
    game(rig).power = before;
    rig.advance(minute);
    game(rig).isBlind = true;
    rig.advance(hour);
    game(rig).power = after;
    game(rig).isBlind = false;
    rig.advance(second);
    rig.cause(['home/1']);
    rig.advance(hour);
    return rig;
  }

  it('starts servers that ran before, and says so', () => {
    expect(orders(outage('offline'))).toEqual(['start home/1', 'notify home/1']);
  });

  it('starts no server that the node has started, or that was off before', () => {
    expect(orders(outage('running'))).toEqual([]);
    const off = outage('offline', 'offline');
    expect([orders(off), runEnds(off)]).toEqual([[], ['condition']]);
  });
});

describe('start in order', () => {
  it('starts each server when the previous server runs, and skips a running server', () => {
    const rig = rigOf(rulesOf('start-in-order')[0], order);
    rig.causeKind = 'by-hand';
    for (const id of ['home/2', 'home/1']) game(rig, id).power = 'offline';
    rig.advance(minute);
    rig.cause(['home/1']);
    rig.advance(hour);
    expect([orders(rig), runEnds(rig)]).toEqual([['start home/2', 'start home/1'], ['done']]);
    const [first, second] = rig.sent.map(({ now }) => now);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(20_000);
  });

  it('starts no game without its database', () => {
    const rig = rigOf(rulesOf('start-in-order')[0], order);
    rig.causeKind = 'by-hand';
    for (const id of order) game(rig, id).power = 'offline';
    rig.faults.set('power', 'refuse');
    rig.advance(minute);
    rig.cause(['home/1']);
    rig.advance(hour);
    expect([orders(rig), runEnds(rig)]).toEqual([['start home/2'], ['failed']]);
  });

  it('never begins without a press', () => {
    const rig = rigOf(rulesOf('start-in-order')[0], order);
    rig.advance(48 * hour, 2 * minute);
    expect(rig.records.size).toBe(0);
  });
});
