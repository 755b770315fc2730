import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleStep } from '../../bridge/schema/rule-parts.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { RuleRig, type KillPoint, type NodeFault } from '../../tests/support/rule-rig.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Weeks in the unit tests; `PERCH_RULE_WEEKS` plays more. */
const weeks = Number(process.env['PERCH_RULE_WEEKS'] ?? 15);
const seed = Number(process.env['PERCH_RULE_SEED'] ?? 22);

const steps: readonly RuleStep[] = [
  { kind: 'backup', on: null, quietly: true, inTurn: true },
  { kind: 'wait', sign: { kind: 'backup' }, limitMs: 12 * hour, late: 'go-on' },
];

type Action =
  | { readonly do: 'fault'; readonly fault: NodeFault | null }
  | { readonly do: 'sleep' | 'kill' | 'jump'; readonly ms: number }
  | { readonly do: 'kill-at'; readonly point: KillPoint }
  | { readonly do: 'plan'; readonly minute: number }
  | { readonly do: 'blind' | 'see' | 'catch-up' | 'off' | 'on' };

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      fault: fc.constantFrom<NodeFault | null>(
        'refuse',
        'unsure',
        'lose',
        'busy',
        'busy',
        'away',
        null,
        null,
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('sleep' as const, 'kill'),
      ms: fc.oneof(fc.integer({ min: 1000, max: 20 * minute }), fc.integer({ min: hour, max: 30 * hour })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('jump' as const),
      ms: fc.integer({ min: -3 * hour, max: 3 * hour }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('kill-at' as const),
      point: fc.constantFrom<KillPoint>('before-save', 'before-order', 'after-order'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('plan' as const), minute: fc.integer({ min: 0, max: 1439 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('blind' as const, 'see', 'catch-up') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('off' as const, 'on', 'on') }) },
);

const world = fc.record({
  findsOrders: fc.boolean(),
  turnMs: fc.constantFrom(100, 5 * minute, 50 * minute, 70 * minute),
  // Weeks with both changes of the clocks in Europe, and an ordinary week.
  wall: fc.constantFrom('2026-03-25T10:00:00Z', '2026-10-21T10:00:00Z', '2026-11-30T10:00:00Z'),
  minute: fc.constantFrom(0, 150, 240),
  acts: fc.array(fc.record({ after: fc.integer({ min: 0, max: 14 * hour }), action }), {
    minLength: 10,
    maxLength: 40,
  }),
});

describe('a planned backup in weeks of faults', () => {
  it('is made once at most, once on a day by plan, and each planned time is made, told, or missed', () => {
    let [made, repeated, missed] = [0, 0, 0];
    fc.assert(
      fc.property(world, ({ findsOrders, turnMs, wall, acts, minute: of }) => {
        const rig = new RuleRig(planAt(of), { wall: Date.parse(wall) });
        Object.assign(rig, { findsOrders, turnMs, causeKind: 'by-hand' });
        for (const { after, action: one } of acts) {
          rig.advance(after, minute);
          inject(rig, one);
        }
        rig.killAt = null;
        rig.faults.clear();
        rig.advance(2 * day, 2 * minute);
        // The two days may end in the middle of a planned run.
        for (let more = 0; more < 6 * 30 && isBegun(rig); more++) rig.advance(2 * minute);
        check(rig);
        if (!acts.some(({ action: one }) => ['jump', 'plan', 'off'].includes(one.do)))
          checkTimes(rig, of, Date.parse(wall));
        made += rig.done.length;
        repeated += rig.sent.filter(({ id }) => /~\d+$/.test(id)).length;
        missed += rig.state.missed.length;
      }),
      { numRuns: weeks, seed, endOnFailure: true },
    );
    // The weeks must have had enough events, or they prove nothing.
    expect(made).toBeGreaterThan(weeks);
    expect(repeated).toBeGreaterThan(weeks / 3);
    expect(missed).toBeGreaterThan(weeks / 2);
  }, 1_000_000);
});

function planAt(of: number): Rule {
  // Three failed runs do not end the rule of a setting.
  const id = 'backup-plan:home/1';
  return aRule({
    id,
    steps: [...steps],
    trigger: { kind: 'time', days: [0, 1, 2, 3, 4, 5, 6], minute: of },
    mode: 'single',
  });
}

/** Whether a run has not begun its backup, or the history lacks a trace. */
function isBegun({ state }: RuleRig): boolean {
  const isWaiting = Object.values(state.lanes).some(({ run }) => run !== null && run.next === 0);
  return isWaiting || state.unstored.length > 0;
}

function inject(rig: RuleRig, action: Action): void {
  switch (action.do) {
    case 'fault':
      if (action.fault === null) rig.faults.clear();
      else rig.faults.set('backup', action.fault);
      return;
    case 'sleep':
      return rig.sleep(action.ms);
    case 'kill':
      return rig.kill(action.ms);
    case 'jump':
      return rig.jump(action.ms);
    case 'kill-at':
      rig.killAt = action.point;
      return;
    case 'plan':
      // The agreement stays: the user only wants another time of day.
      rig.settings = { ...rig.settings, trigger: planAt(action.minute).trigger };
      if (rig.state.rule.isOn) rig.fact({ kind: 'rule', rule: rig.settings });
      return;
    case 'off':
      return rig.remove();
    case 'on':
      return rig.bringBack();
    case 'catch-up':
      return rig.cause();
    default:
      for (const server of rig.servers.values()) server.isBlind = action.do === 'blind';
  }
}

function check(rig: RuleRig): void {
  const done = rig.done.map((id) => id.replace(/~\d+$/, ''));
  expect(new Set(done).size).toBe(done.length);
  const ids = rig.sent.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.values(rig.state.lanes).filter(({ run }) => run?.phase === 'turn')).toEqual([]);
  for (const { end, steps, id } of rig.records.values()) {
    expect(steps.filter(({ endedAt }) => endedAt === null)).toEqual([]);
    // Perch names the obstacle of the backup.
    const isMade = steps[0]?.outcome === 'done' || steps[0]?.outcome === 'found';
    if (isMade || steps.length === 0 || end === 'switched-off') continue;
    expect(['failed', 'unsure', 'late', 'interrupted']).toContain(end);
    expect(rig.reportedRuns).toContain(id);
  }
  const days = [...rig.records.values()]
    .filter(({ cause }) => cause.kind === 'time')
    .map(({ cause }) => rig.calendar.dayOf(cause.at));
  expect(new Set(days).size).toBe(days.length);
}

/** Each planned time is the cause of one run, or is listed as missed. */
function checkTimes(rig: RuleRig, of: number, from: number): void {
  const { calendar, wall } = rig;
  const [first, last] = [calendar.dayOf(from), calendar.dayOf(wall)];
  const days = Array.from({ length: last - first + 1 }, (_, count) => first + count);
  const planned = days.map((one) => calendar.instantOf(one, of)).filter((at) => at > from && at <= wall);
  // The last backup may still wait for its end.
  const underWay = Object.values(rig.state.lanes).flatMap(({ run }) => run ?? []);
  const ran = [...rig.records.values(), ...underWay].flatMap(({ cause }) =>
    cause.kind === 'time' ? [cause.at] : [],
  );
  expect([...ran, ...rig.state.missed].toSorted((one, other) => one - other)).toEqual(planned);
}
