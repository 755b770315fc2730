import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oldest, ruleLimits } from '../../bridge/rules/rule-limits.js';
import type { RuleCondition, RuleStep } from '../../bridge/schema/rule-parts.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { RuleRig, type KillPoint, type NodeFault } from '../../tests/support/rule-rig.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Weeks in the unit tests; `PERCH_RULE_WEEKS` plays more. */
const weeks = Number(process.env['PERCH_RULE_WEEKS'] ?? 12);
const seed = Number(process.env['PERCH_RULE_SEED'] ?? 22);

const everything: readonly RuleStep[] = [
  { kind: 'warn', on: null, text: 'Restart in a minute' },
  { kind: 'delay', ms: minute },
  { kind: 'power', on: null, signal: 'stop' },
  {
    kind: 'wait',
    sign: { kind: 'state', on: null, state: 'offline' },
    limitMs: 5 * minute,
    late: 'end',
  },
  { kind: 'backup', on: null, quietly: false },
  { kind: 'wait', sign: { kind: 'backup' }, limitMs: hour, late: 'go-on' },
  { kind: 'power', on: null, signal: 'start' },
  {
    kind: 'if',
    condition: { kind: 'figure', on: null, of: 'players', atLeast: null, atMost: 0 },
    then: [{ kind: 'notify', text: 'Nobody was on' }],
    else: [{ kind: 'command', on: null, command: 'say back' }],
  },
];

const offWithPlayers: RuleStep = {
  kind: 'if',
  condition: { kind: 'figure', on: 'home/1', of: 'players', atLeast: 1, atMost: null },
  then: [{ kind: 'switch-off' }],
  else: [],
};

type Action =
  | { readonly do: 'cause' | 'again' | 'blind' | 'see' | 'off' | 'on' | 'crash' | 'players' }
  | { readonly do: 'sleep' | 'jump' | 'kill'; readonly ms: number }
  | { readonly do: 'kill-at'; readonly point: KillPoint }
  | { readonly do: 'fault'; readonly act: string; readonly fault: NodeFault | null };

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('cause' as const, 'cause', 'again') }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('blind' as const, 'see', 'off', 'on', 'crash', 'players') }),
  },
  {
    weight: 4,
    arbitrary: fc.oneof(
      fc.record({
        do: fc.constantFrom('sleep' as const, 'kill'),
        ms: fc.integer({ min: second, max: 9 * hour }),
      }),
      fc.record({
        do: fc.constantFrom('sleep' as const, 'kill'),
        ms: fc.integer({ min: second, max: 3 * minute }),
      }),
      fc.record({ do: fc.constant('jump' as const), ms: fc.integer({ min: -3 * day, max: 3 * day }) }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('kill-at' as const),
      point: fc.constantFrom<KillPoint>('before-save', 'before-order', 'after-order'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      act: fc.constantFrom('power', 'command', 'backup', 'warn', 'notify'),
      fault: fc.constantFrom<NodeFault | null>('refuse', 'unsure', 'lose', 'busy', 'away', null),
    }),
  },
);

/** Short enough for the middle of a run, or long enough for its end. */
const pause = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 90 * second }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 8 * hour }) },
);

const world = fc.record({
  mode: fc.constantFrom<Rule['mode']>('single', 'restart', 'queue'),
  times: fc.integer({ min: 1, max: 4 }),
  trigger: fc.constantFrom<Rule['trigger']>(
    { kind: 'event', events: ['crashed'] },
    { kind: 'time', days: [0, 1, 2, 3, 4, 5, 6], minute: 150 },
    { kind: 'state', state: 'offline', forMs: 3 * minute },
    { kind: 'cron', cron: '*/20 1-3,12 * * *' },
    { kind: 'repeated', event: 'crashed', times: 2, withinMs: hour },
    {
      kind: 'holds',
      condition: {
        kind: 'all',
        parts: [
          { kind: 'state', on: 'home/1', is: ['running'] },
          { kind: 'figure', on: null, of: 'players', atLeast: null, atMost: 0 },
        ],
      },
      forMs: 20 * minute,
    },
    { kind: 'node-back' },
  ),
  isConditional: fc.boolean(),
  endsItself: fc.boolean(),
  isInTurn: fc.boolean(),
  turnMs: fc.constantFrom(100, 2 * minute, 50 * minute),
  findsOrders: fc.boolean(),
  // Weeks with both changes of the clocks in Europe, and an ordinary week.
  wall: fc.constantFrom('2026-03-25T10:00:00Z', '2026-10-21T10:00:00Z', '2026-11-30T10:00:00Z'),
  acts: fc.array(fc.record({ after: pause, action }), { minLength: 20, maxLength: 80 }),
});

describe('a rule in a week of faults', () => {
  it('never sends an order twice, never acts on old or unknown states or while off, and traces every cause', () => {
    let [orders, records, kills] = [0, 0, 0];
    fc.assert(
      fc.property(world, ({ mode, times, trigger, findsOrders, wall, acts, ...chosen }) => {
        const rule = aRule({
          mode,
          trigger,
          atMost: { times, withinMs: hour },
          condition: chosen.isConditional ? conditionFor(trigger) : null,
          steps: stepsOf(chosen),
        });
        const rig = new RuleRig(rule, { wall: Date.parse(wall), servers: ['home/1', 'home/2'] });
        rig.findsOrders = findsOrders;
        rig.turnMs = chosen.turnMs;
        rig.causeKind = trigger.kind === 'node-back' ? 'node-back' : 'event';
        for (const { after, action: one } of acts) {
          rig.advance(after, minute);
          inject(rig, one);
        }
        rig.killAt = null;
        rig.faults.clear();
        for (const server of rig.servers.values()) server.isBlind = false;
        rig.advance(3 * day, 2 * minute);
        // The three days may end in the middle of a planned run.
        for (let more = 0; more < 6 * 30 && isBusy(rig); more++) rig.advance(2 * minute);
        check(rig, { times, withinMs: hour });
        orders += rig.sent.length;
        records += rig.records.size;
        kills += rig.kills;
      }),
      { numRuns: weeks, seed, endOnFailure: true },
    );
    // The weeks must have had enough events, or they prove nothing.
    expect(orders).toBeGreaterThan(weeks * 5);
    expect(records).toBeGreaterThan(weeks * 3);
    expect(kills).toBeGreaterThan(weeks);
  }, 1_000_000);
});

function stepsOf({ endsItself, isInTurn }: { endsItself: boolean; isInTurn: boolean }): RuleStep[] {
  const steps = everything.map((one) => (one.kind === 'backup' && isInTurn ? { ...one, inTurn: true } : one));
  return endsItself ? [...steps.slice(0, 2), offWithPlayers, ...steps.slice(2)] : steps;
}

/** After a node is back, a rule asks whether the server ran before. */
function conditionFor({ kind }: Rule['trigger']): RuleCondition {
  if (kind === 'node-back') return { kind: 'ran-before', on: null };
  return { kind: 'state', on: null, is: ['running', 'offline'] };
}

function inject(rig: RuleRig, action: Action): void {
  const [first] = [...rig.servers.values()];
  switch (action.do) {
    case 'cause':
      return rig.cause();
    case 'again': {
      const last = rig.causes.at(-1);
      if (last !== undefined) rig.cause(last.servers, last.key);
      return;
    }
    case 'blind':
    case 'see':
      if (first !== undefined) first.isBlind = action.do === 'blind';
      return;
    case 'off':
    case 'on':
      return rig.switchRule(action.do === 'on');
    case 'crash':
      if (first !== undefined) [first.power, first.change] = ['offline', null];
      return;
    case 'players':
      if (first !== undefined) first.players = first.players === 0 ? 3 : 0;
      return;
    case 'sleep':
      return rig.sleep(action.ms);
    case 'jump':
      return rig.jump(action.ms);
    case 'kill':
      return rig.kill(action.ms);
    case 'kill-at':
      rig.killAt = action.point;
      return;
    case 'fault':
      if (action.fault === null) rig.faults.delete(action.act);
      else rig.faults.set(action.act, action.fault);
  }
}

function isBusy({ state }: RuleRig): boolean {
  const isUnderWay = Object.values(state.lanes).some(({ run, queue }) => run !== null || queue.length > 0);
  return isUnderWay || state.unstored.length > 0;
}

function check(rig: RuleRig, atMost: Rule['atMost']): void {
  const ids = rig.sent.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { stateAgeMs, isOn, act } of rig.sent) {
    expect(isOn).toBe(true);
    if (act.kind !== 'notify' && !(act.kind === 'backup' && act.inTurn === true))
      expect(stateAgeMs ?? Infinity).toBeLessThanOrEqual(oldest.power + ruleLimits.leaveMs);
  }
  // A step is done once, also one that the panel was asked for again.
  const done = rig.done.map(stepOf);
  expect(new Set(done).size).toBe(done.length);
  // Each run has ended, and the history has it.
  expect(Object.values(rig.state.lanes).filter(({ run, queue }) => run !== null || queue.length > 0)).toEqual(
    [],
  );
  expect(rig.state.unstored).toEqual([]);
  expect(rig.changedRecords).toEqual([]);
  for (const record of rig.records.values()) {
    expect(record.steps.filter(({ endedAt }) => endedAt === null)).toEqual([]);
    const isTold = ['failed', 'unsure', 'late', 'asleep', 'interrupted'].includes(record.end);
    if (isTold && record.steps.length > 0) expect(rig.reportedRuns).toContain(record.id);
  }
  for (const { id } of rig.sent) {
    const [run = '', place] = stepOf(id).split('#');
    expect(rig.records.get(run)?.steps.map((line) => line.place)).toContain(place);
  }
  checkOrder(rig);
  for (const { key, servers } of rig.causes) {
    for (const server of servers) expect([...rig.records.keys()]).toContain(`r1/${key}/${server}`);
  }
  for (const server of rig.servers.keys()) {
    const begins = beginsOf(rig, server);
    for (const [index, at] of begins.entries()) {
      const after = begins[index + atMost.times];
      if (after === undefined || rig.unwrittenJumps.some((jump) => at <= jump && jump <= after)) continue;
      expect(after - at).toBeGreaterThanOrEqual(atMost.withinMs - 5 * minute);
    }
  }
}

/** The step of an order, whichever attempt. */
function stepOf(order: string): string {
  return order.replace(/~\d+$/, '');
}

/** Runs of one server never mix, and runs by plan are far from each other, whatever happened to the clock. */
function checkOrder(rig: RuleRig): void {
  for (const server of rig.servers.keys()) {
    const runs = rig.sent.map(({ id }) => id.split('#')[0] ?? '').filter((run) => run.endsWith(server));
    const turns = runs.filter((run, index) => run !== runs[index - 1]);
    expect(new Set(turns).size).toBe(turns.length);
  }
  for (const [kind, apart] of [
    ['time', 19 * hour],
    ['cron', 9 * minute],
  ] as const) {
    const planned = rig.sent.filter(({ id }) => id.startsWith(`r1/${kind}:`) && id.endsWith('home/1#1'));
    for (const [index, { now }] of planned.entries()) {
      const after = planned[index + 1];
      if (after !== undefined) expect(after.now - now).toBeGreaterThan(apart);
    }
  }
}

/** When each run of the server began that sent an order. A turn at the panel may come an hour later. */
function beginsOf(rig: RuleRig, server: string): readonly number[] {
  const runs = new Set(rig.sent.map(({ id }) => id.split('#')[0] ?? ''));
  return [...runs].filter((run) => run.endsWith(server)).map((run) => rig.begun.get(run) ?? Number.NaN);
}
