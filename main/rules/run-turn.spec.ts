import { describe, expect, it } from 'vitest';
import type { RuleStep } from '../../bridge/schema/rule-parts.js';
import { RuleRig } from '../../tests/support/rule-rig.js';
import { aRule } from '../../tests/support/rule-examples.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const wall = Date.parse('2026-11-30T10:00:00Z');
const backup: RuleStep = { kind: 'backup', on: null, quietly: false, inTurn: true };

function rigWith(...steps: RuleStep[]): RuleRig {
  const rig = new RuleRig(aRule({ steps: [backup, ...steps], trigger: { kind: 'by-hand' } }), { wall });
  rig.causeKind = 'by-hand';
  return rig;
}
function run(rig: RuleRig) {
  return rig.state.lanes['home/1']?.run ?? null;
}
function lastRecord(rig: RuleRig) {
  const record = [...rig.records.values()].at(-1);
  return [record?.end, record?.steps.map(({ outcome, tries = 1 }) => `${outcome} ${tries}`).join()];
}
/** Times of the attempts in ms after the first one, and their ids. */
const attempts = (rig: RuleRig) => rig.sent.map(({ now }) => now - (rig.sent[0]?.now ?? 0));

describe('a step in turn', () => {
  it('leaves when its turn comes, whatever is known about the server', () => {
    const rig = rigWith();
    rig.turnMs = 20 * minute;
    for (const server of rig.servers.values()) server.isBlind = true;
    rig.advance(3 * minute);
    rig.cause();
    rig.advance(19 * minute);
    expect([rig.sent.length, run(rig)?.phase, run(rig)?.steps[0]?.outcome]).toEqual([0, 'turn', 'waiting']);
    rig.advance(2 * minute);
    expect(rig.sent).toHaveLength(1);
    expect(lastRecord(rig)).toEqual(['done', 'done 1']);
  });

  it('ends late without an order if its turn comes after an hour, also in a sleep', () => {
    const slow = rigWith();
    slow.turnMs = 61 * minute;
    slow.cause();
    slow.advance(2 * hour);
    expect([slow.sent, ...lastRecord(slow)]).toEqual([[], 'late', 'late 1']);
    const asleep = rigWith();
    asleep.turnMs = minute;
    asleep.cause();
    asleep.sleep(8 * hour);
    asleep.advance(hour);
    expect([asleep.sent, ...lastRecord(asleep)]).toEqual([[], 'late', 'late 1']);
    expect(asleep.reportedRuns.size).toBe(1);
  });

  it('asks a throttled panel again when it may, for an hour', () => {
    const rig = rigWith();
    rig.faults.set('backup', 'busy');
    rig.cause();
    rig.advance(12 * minute);
    rig.faults.clear();
    rig.advance(10 * minute);
    expect(rig.sent).toHaveLength(4);
    expect(new Set(rig.sent.map(({ id }) => id)).size).toBe(4);
    expect(rig.done).toHaveLength(1);
    expect(lastRecord(rig)).toEqual(['done', 'done 4']);
    rig.faults.set('backup', 'busy');
    rig.cause();
    rig.advance(3 * hour);
    expect(lastRecord(rig)).toEqual(['failed', 'refused 12']);
  });

  it('asks a panel that does not answer again each minute, for ten minutes after the planned time', () => {
    const rig = rigWith();
    rig.faults.set('backup', 'away');
    rig.cause(['home/1'], 'time:1', 'time');
    rig.advance(hour);
    expect(attempts(rig).length).toBe(10);
    expect(Math.max(...attempts(rig))).toBeLessThanOrEqual(10 * minute);
    expect(lastRecord(rig)[0]).toBe('failed');
  });

  it.each(['unsure', 'lose', 'refuse'] as const)('is never tried again after the fault %s', (fault) => {
    const rig = rigWith();
    rig.faults.set('backup', fault);
    rig.cause();
    rig.advance(3 * hour);
    expect(rig.sent).toHaveLength(1);
    expect(lastRecord(rig)[0]).toBe(fault === 'refuse' ? 'failed' : 'unsure');
  });

  it('keeps its place over a restart of Perch, and asks a silent panel for another ten minutes', () => {
    const rig = rigWith();
    rig.turnMs = 30 * minute;
    rig.cause();
    rig.advance(minute);
    rig.kill(10 * minute);
    expect(run(rig)?.phase).toBe('turn');
    rig.turnMs = 100;
    rig.kill();
    rig.faults.set('backup', 'away');
    rig.advance(5 * minute);
    rig.faults.clear();
    rig.advance(5 * minute);
    expect(rig.done).toHaveLength(1);
    expect(lastRecord(rig)[0]).toBe('done');
  });

  it('is interrupted if Perch was closed for longer than its hour', () => {
    const rig = rigWith();
    rig.turnMs = 30 * minute;
    rig.cause();
    rig.advance(minute);
    rig.kill(2 * hour);
    rig.advance(hour);
    expect([rig.sent, ...lastRecord(rig)]).toEqual([[], 'interrupted', 'cut 1']);
  });

  it('sends nothing after the rule was switched off, and repeats nothing after a refusal', () => {
    const waiting = rigWith();
    waiting.turnMs = minute;
    waiting.cause();
    waiting.advance(second);
    waiting.switchRule(false);
    waiting.advance(hour);
    expect([waiting.sent, ...lastRecord(waiting)]).toEqual([[], 'switched-off', 'cut 1']);
    const refused = rigWith();
    refused.faults.set('backup', 'busy');
    refused.cause();
    refused.advance(400);
    expect(run(refused)?.phase).toBe('sent');
    refused.switchRule(false);
    refused.advance(hour);
    expect([refused.sent.length, lastRecord(refused)[0]]).toEqual([1, 'failed']);
  });
});
