/** Wishes for empty servers in weeks of faults: compares each signal with who was really on. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EmptyWish } from '../../bridge/schema/when-empty.js';
import { RuleRig, type KillPoint, type NodeFault } from '../../tests/support/rule-rig.js';
import { emptyRule, hoursOf } from './empty-rule.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const id = 'home/1';
/** Weeks in the unit tests; `PERCH_RULE_WEEKS` plays more. */
const weeks = Number(process.env['PERCH_RULE_WEEKS'] ?? 12);
const seed = Number(process.env['PERCH_RULE_SEED'] ?? 22);

type Action =
  | { readonly do: 'visit' | 'join' | 'leave' | 'join-at-leave' | 'busy-at-leave' | 'busy' | 'free' }
  | { readonly do: 'blind' | 'see' | 'silent' | 'answers' | 'crash' | 'start' | 'off' | 'on' | 'keep' }
  | { readonly do: 'sleep' | 'kill' | 'jump'; readonly ms: number }
  | { readonly do: 'kill-at'; readonly point: KillPoint }
  | { readonly do: 'fault'; readonly act: string; readonly fault: NodeFault | null };

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'visit' as const,
        'visit',
        'join',
        'leave',
        'leave',
        'join-at-leave',
        'busy-at-leave',
        'busy',
        'free',
      ),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constantFrom(
        ...(['blind', 'see', 'see', 'silent', 'answers', 'answers'] as const),
        ...(['crash', 'start', 'start', 'start', 'off', 'on', 'on', 'keep'] as const),
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('sleep' as const, 'kill', 'jump'),
      ms: fc.oneof(
        fc.integer({ min: second, max: 4 * minute }),
        fc.integer({ min: second, max: 9 * hour }),
        fc.integer({ min: second, max: 3 * day }),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('kill-at' as const),
      point: fc.constantFrom<KillPoint>('before-save', 'before-order', 'after-order'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      act: fc.constantFrom('power', 'power', 'warn'),
      fault: fc.constantFrom<NodeFault | null>(
        'refuse',
        'unsure',
        'lose',
        'away',
        'deaf',
        'deaf',
        null,
        null,
      ),
    }),
  },
);

const world = fc.record({
  wish: fc.constantFrom<EmptyWish>(
    { does: 'stop', minutes: 1 },
    { does: 'stop', minutes: 20 },
    { does: 'restart', minutes: 10, everyHours: null },
    { does: 'restart', minutes: 5, everyHours: 6 },
  ),
  findsOrders: fc.boolean(),
  acts: fc.array(
    fc.record({
      after: fc.oneof(
        fc.integer({ min: 0, max: 90 * second }),
        fc.integer({ min: minute, max: 30 * minute }),
        fc.integer({ min: hour, max: 8 * hour }),
      ),
      action,
    }),
    { minLength: 30, maxLength: 80 },
  ),
});

describe('a wish for an empty server in weeks of faults', () => {
  it('never sends a signal while somebody is on or before its time, and one to each process', () => {
    let [signals, calledOff, withheld] = [0, 0, 0];
    fc.assert(
      fc.property(world, ({ wish, findsOrders, acts }) => {
        const rig = new RuleRig(emptyRule(id, wish, true), { wall: Date.parse('2026-10-21T10:00:00Z') });
        Object.assign(rig, { findsOrders, isExact: true });
        const times: Times = { restarts: [], switched: [] };
        for (const { after, action: one } of acts) {
          rig.advance(after, minute);
          inject(rig, one, times);
        }
        Object.assign(rig, { killAt: null, atLeave: null });
        rig.faults.clear();
        rig.advance(day, minute);
        // The day may end in the middle of a run.
        for (let more = 0; more < 30 && isBegun(rig); more++) rig.advance(minute);
        check(rig, wish, times);
        signals += powers(rig).length;
        const records = [...rig.records.values()];
        calledOff += records.filter(({ end }) => end === 'condition').length;
        withheld += records.filter(({ steps }) => steps.some(isWithheld)).length;
      }),
      { numRuns: weeks, seed, endOnFailure: true },
    );
    // The weeks must have had enough events, or they prove nothing.
    expect(signals).toBeGreaterThan(weeks);
    expect(calledOff).toBeGreaterThan(weeks / 3);
    expect(withheld).toBeGreaterThan(0);
  }, 1_000_000);
});

const isWithheld = ({ kind, outcome }: { readonly kind: string; readonly outcome: string }): boolean =>
  kind === 'power' && outcome === 'cut';

function powers(rig: RuleRig) {
  return rig.sent.filter(({ act }) => act.kind === 'power');
}

function isBegun({ state }: RuleRig): boolean {
  return Object.values(state.lanes).some(({ run }) => run !== null);
}

interface Times {
  /** After these the time starts again. */
  readonly restarts: number[];
  /** After these a process may get another signal as well. */
  readonly switched: number[];
}

function inject(rig: RuleRig, action: Action, { restarts, switched }: Times): void {
  const server = rig.servers.get(id);
  if (server === undefined) return;
  const has = (players: number): void => {
    server.players = players;
    rig.look();
  };
  switch (action.do) {
    case 'join':
    case 'leave':
      return has(action.do === 'join' ? 3 : 0);
    case 'visit':
      has(1);
      return has(0);
    case 'join-at-leave':
      rig.atLeave = { act: 'power', happens: () => has(1) };
      return;
    case 'busy-at-leave':
      rig.atLeave = { act: 'power', happens: () => void (rig.isBusy = true) };
      return;
    case 'busy':
    case 'free':
      rig.isBusy = action.do === 'busy';
      return;
    case 'blind':
    case 'see':
      server.isBlind = action.do === 'blind';
      return;
    case 'silent':
    case 'answers':
      rig.isSilent = action.do === 'silent';
      return;
    case 'crash':
      [server.power, server.change] = ['offline', null];
      return;
    case 'start':
      if (server.power === 'offline') server.change ??= { to: 'running', at: rig.now + 20_000 };
      return;
    case 'off':
    case 'on':
      if (rig.settings.isOn === (action.do === 'on')) return;
      switched.push(rig.now);
      return rig.switchRule(action.do === 'on');
    case 'keep':
      restarts.push(rig.now);
      return rig.fact({ kind: 'stop', servers: [id], why: 'stopped' });
    case 'sleep':
      rig.sleep(action.ms);
      if (action.ms > 130_000) restarts.push(rig.now);
      return;
    case 'jump':
      return rig.jump(action.ms % 2 === 0 ? action.ms : -action.ms);
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

function check(rig: RuleRig, wish: EmptyWish, { restarts, switched }: Times): void {
  const ids = rig.sent.map((one) => one.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(isBegun(rig)).toBe(false);
  for (const { steps } of rig.records.values())
    expect(steps.filter(({ endedAt }) => endedAt === null)).toEqual([]);
  const minutes = wish.minutes * minute;
  const hours = hoursOf(wish) ?? 0;
  const acted = new Set<string>();
  for (const { now, players, playedAt, startedAt, isOn, fault } of powers(rig)) {
    expect([isOn, players]).toEqual([true, 0]);
    // A press in the moment in which the signal leaves is too late.
    const breaks = [...restarts.filter((at) => at < now - second), ...switched, ...rig.openedAt];
    const since = Math.max(playedAt, startedAt, ...breaks.filter((at) => at <= now));
    expect(now - since).toBeGreaterThanOrEqual(minutes);
    expect(now - startedAt).toBeGreaterThanOrEqual(hours * hour);
    if (fault === 'refuse' || fault === 'away') continue;
    // At its end Perch forgets the sent signals, as it forgets its times.
    const resets = [...switched, ...rig.openedAt].filter((at) => at <= now);
    const process = `${startedAt} ${resets.length}`;
    expect(acted).not.toContain(process);
    acted.add(process);
  }
}
