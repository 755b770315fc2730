import { describe, expect, it } from 'vitest';
import type { LastPlanned, PlanRecord } from '../../bridge/schema/backup-plans.js';
import { aPlansRig, day, four, hour, midnight } from '../../tests/support/plans-rig.js';

const problem = { id: 'backup-rules.no-room-kept' } as const;
function aRecord(last: Partial<LastPlanned> | null): PlanRecord {
  const at = four - day;
  const whole = last === null ? null : { at, outcome: 'good' as const, backup: null, problem: null, ...last };
  return { serverId: 'home/a', minute: 240, settledAt: at, ranAt: at, last: whole };
}

describe('a record of the earlier version', () => {
  it.each<Partial<LastPlanned>>([
    { outcome: 'good', backup: 'b1' },
    { outcome: 'failed', backup: 'b1' },
    { outcome: 'refused', problem },
    { outcome: 'unreachable' },
    { outcome: 'closed' },
  ])('is shown as before: $outcome', async (last) => {
    const { clock, disk, run, told } = aPlansRig({ earlier: [aRecord(last)] });
    const plans = run();
    await clock.advance(2000);
    expect(plans.of('home/a')?.last).toEqual(aRecord(last).last);
    expect(plans.of('home/a')?.nextAt).toBe(four);
    expect(told).toEqual([]);
    await clock.advance(four - midnight);
    expect(disk.runs[0]?.lastRun ?? disk.runs[0]?.lanes['home/a']?.run).not.toBeNull();
  });

  it('of a backup under way gets its end', async () => {
    const { clock, facts, run } = aPlansRig({ earlier: [aRecord({ outcome: 'begun', backup: 'b1' })] });
    const plans = run();
    await clock.advance(2000);
    expect(plans.of('home/a')?.last).toMatchObject({ at: four - day, outcome: 'begun', backup: 'b1' });
    const fact = { kind: 'backup', isSuccessful: true, backupId: 'b1', sha1: null, bytes: 1 } as const;
    facts.emit({ serverId: 'home/a', fact });
    expect(plans.of('home/a')?.last).toMatchObject({ outcome: 'good', backup: 'b1' });
  });

  it.each<Partial<LastPlanned>>([{ outcome: 'waiting' }, { outcome: 'begun', backup: null }])(
    'that the earlier version did not come to is told once, and offered: $outcome',
    async (last) => {
      const { begun, clock, run, told } = aPlansRig({ earlier: [aRecord(last)] });
      const first = run();
      await clock.advance(10_000);
      expect(first.of('home/a')?.last).toMatchObject({ at: four - day, outcome: 'closed' });
      expect(told).toMatchObject([{ why: 'closed', serverIds: ['home/a'] }]);
      first.stop();
      const plans = run();
      await clock.advance(hour);
      expect(told).toHaveLength(1);
      plans.catchUp(['home/a']);
      await clock.advance(1000);
      expect(begun).toHaveLength(1);
    },
  );

  it('still keeps the plan from a second backup on its day', async () => {
    const { begun, clock, run } = aPlansRig({
      earlier: [{ ...aRecord({}), settledAt: midnight, ranAt: midnight }],
    });
    run();
    await clock.advance(four - midnight + hour);
    expect(begun).toEqual([]);
    await clock.advance(day);
    expect(begun).toHaveLength(1);
  });

  it('leaves the memory once the disk has the rule, and replaces the state of no rule', async () => {
    const { clock, disk, facts, memory, run } = aPlansRig({
      earlier: [aRecord({ outcome: 'refused', problem })],
    });
    const first = run();
    await clock.advance(10_000);
    expect(memory.current.plannedBackups).toEqual([]);
    expect(disk.runs).toMatchObject([{ ruleId: 'backup-plan:home/a', lastRun: { at: four - day } }]);
    await clock.advance(four - midnight);
    const fact = { kind: 'backup', isSuccessful: true, backupId: 'of home/a', sha1: null, bytes: 1 } as const;
    facts.emit({ serverId: 'home/a', fact });
    await clock.advance(1000);
    first.stop();
    memory.current = { plannedBackups: [aRecord({ outcome: 'failed' })] };
    const plans = run();
    await clock.advance(10_000);
    expect(plans.of('home/a')?.last).toMatchObject({ at: four, outcome: 'good' });
    expect(memory.current.plannedBackups).toEqual([]);
  });
});
