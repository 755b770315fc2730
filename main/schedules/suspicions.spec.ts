import { describe, expect, it } from 'vitest';
import { aSchedule, aTask } from '../../tests/support/some-schedules.js';
import type { Schedule } from '../../bridge/schema/schedules.js';
import { looked, nextProof, onlySure, type Suspicions } from './suspicions.js';

const minute = 60_000;
const hour = 60 * minute;

/** Looks at one schedule at these minutes; the panel's clock runs with Perch's. */
function lookAt(minutes: readonly number[], fields: Partial<Schedule>, before: Suspicions = new Map()) {
  return minutes.reduce(
    (known, at) => looked(known, [aSchedule(fields)], { now: at * minute, panelTime: at * minute }),
    before,
  );
}
const isSure = (found: Suspicions): boolean | undefined => found.get(1)?.isSure;

const overdue = { nextRunAt: -10 * minute };
const running = { isProcessing: true, nextRunAt: 24 * hour };

describe('a suspicion', () => {
  it('is sure once it stands for two minutes', () => {
    expect(isSure(lookAt([0], overdue))).toBe(false);
    expect(isSure(lookAt([0, 1], overdue))).toBe(false);
    expect(isSure(lookAt([0, 2], overdue))).toBe(true);
  });

  it('of a run that is not late by the plan needs its waits, and five minutes', () => {
    expect(isSure(lookAt([0, 4], running))).toBe(false);
    expect(isSure(lookAt([0, 5], running))).toBe(true);
    const slow = { ...running, tasks: [aTask(), aTask({ id: 2, place: 2, offsetSeconds: 600 })] };
    expect(isSure(lookAt([0, 14], slow))).toBe(false);
    expect(isSure(lookAt([0, 14, 15], slow))).toBe(true);
  });

  it('starts again with another run', () => {
    const first = lookAt([0, 4], { ...running, lastEndedAt: 1 });
    expect(isSure(lookAt([6], { ...running, lastEndedAt: 2 }, first))).toBe(false);
    const sure = lookAt([0, 5], { ...running, lastEndedAt: 1 });
    expect(isSure(lookAt([6], { ...running, lastEndedAt: 2 }, sure))).toBe(false);
  });

  it('is not proved by two looks with a long gap: the panel may have been away', () => {
    expect(isSure(lookAt([0, 60], overdue))).toBe(false);
    expect(isSure(lookAt([0, 60, 62], overdue))).toBe(true);
  });

  it('stays sure after a gap', () => {
    expect(isSure(lookAt([0, 2, 300], overdue))).toBe(true);
  });

  it.each<[string, Partial<Schedule>]>([
    ['waits', { nextRunAt: hour * 99 }],
    ['is switched off', { ...overdue, isActive: false }],
    ['has no tasks', { ...overdue, tasks: [] }],
  ])('ends when the schedule %s', (_what, fields) => {
    expect(lookAt([3], fields, lookAt([0, 2], overdue)).size).toBe(0);
  });

  it('that is not sure goes while the panel or the node is away', () => {
    expect(onlySure(lookAt([0, 1], overdue)).size).toBe(0);
    expect(isSure(onlySure(lookAt([0, 2], overdue)))).toBe(true);
  });

  it('says when the next look can prove it', () => {
    const proof = (found: Suspicions, fields: Partial<Schedule>, at: number): number | null =>
      nextProof(found, [aSchedule(fields)], { now: at * minute, panelTime: at * minute });
    expect(proof(lookAt([0], overdue), overdue, 0)).toBe(2 * minute);
    expect(proof(lookAt([0], running), running, 1)).toBe(4 * minute);
    expect(proof(lookAt([0, 60], overdue), overdue, 60)).toBe(2 * minute);
    expect(proof(lookAt([0, 2], overdue), overdue, 2)).toBeNull();
    expect(proof(new Map(), {}, 0)).toBeNull();
  });
});
