import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aMoment, aRuleServer, reading } from '../../tests/support/rule-examples.js';
import type { PowerState } from '../schema/domain.js';
import type { RuleCondition } from '../schema/rule-parts.js';
import type { RuleServer } from './rule-facts.js';
import { judge, usablePower } from './judge.js';

const minute = 60_000;
const runs: RuleCondition = { kind: 'state', on: null, is: ['running'] };
const empty: RuleCondition = { kind: 'figure', on: null, of: 'players', atLeast: null, atMost: 0 };
const busy: RuleCondition = { kind: 'figure', on: null, of: 'memory', atLeast: 90, atMost: null };
const not = (part: RuleCondition): RuleCondition => ({ kind: 'not', part });
const verdict = (condition: RuleCondition, server: RuleServer, now = 0) =>
  judge(condition, aMoment({ now }, server), 'home/1').verdict;

describe('a condition', () => {
  it('has the value that it saw, its source and its age', () => {
    const server = aRuleServer({ figures: { memory: reading(93, { source: 'panel', seenAt: 1000 }) } });
    expect(judge(busy, aMoment({ now: 31_000 }, server), 'home/1')).toEqual({
      verdict: true,
      seen: [{ of: 'memory', on: 'home/1', verdict: true, value: 93, source: 'panel', ageMs: 30_000 }],
    });
  });

  it('is unknown for an old value and under not as well, and still names the value', () => {
    expect(verdict(runs, aRuleServer(), 2 * minute)).toBe(true);
    expect(verdict(runs, aRuleServer(), 2 * minute + 1)).toBe('unknown');
    expect(verdict(not(runs), aRuleServer(), 2 * minute + 1)).toBe('unknown');
    expect(judge(runs, aMoment({ now: 3 * minute }), 'home/1').seen[0]).toMatchObject({
      value: 'running',
      ageMs: 3 * minute,
    });
    expect(usablePower(aMoment({ now: 3 * minute }), 'home/1')).toBeNull();
  });

  it('is unknown for a value from the future, a value that no source told, and a server that is gone', () => {
    expect(verdict(runs, aRuleServer({ power: reading<PowerState>('running', { seenAt: 1 }) }))).toBe(
      'unknown',
    );
    expect(verdict(busy, aRuleServer())).toBe('unknown');
    expect(judge(runs, aMoment(), 'home/9').verdict).toBe('unknown');
    expect(judge(runs, aMoment(), null).verdict).toBe('unknown');
    expect(judge({ ...runs, on: 'home/1' }, aMoment(), null).verdict).toBe(true);
  });

  it('does not take the number of a panel or "0 of 0" for nobody', () => {
    const players = (source: 'query' | 'panel' | 'console', slots: number | null) =>
      verdict(empty, aRuleServer({ figures: { players: reading(0, { source }) }, slots }));
    expect(players('query', 20)).toBe(true);
    expect(players('console', null)).toBe(true);
    expect(players('query', 0)).toBe('unknown');
    expect(players('panel', 20)).toBe('unknown');
  });

  it('knows hours past midnight by the day of their beginning', () => {
    const night: RuleCondition = { kind: 'hours', days: [4, 6], from: 22 * 60, to: 60 };
    const at = (weekday: number, minutes: number) =>
      judge(night, aMoment({ clock: { weekday, minute: minutes } }), null).verdict;
    expect([at(4, 1320), at(5, 59), at(5, 60), at(4, 59), at(5, 1330)]).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(at(0, 30)).toBe(true);
    const day: RuleCondition = { kind: 'hours', days: [0], from: 60, to: 120 };
    const clocks = [59, 60, 119, 120].map((now) => ({ weekday: 0, minute: now }));
    expect(clocks.map((clock) => judge(day, aMoment({ clock }), null).verdict)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('knows whether a person looks, and does not guess', () => {
    const of = (isWatched: boolean | null) => judge({ kind: 'unseen' }, aMoment({ isWatched }), null).verdict;
    expect([of(true), of(false), of(null)]).toEqual([false, true, 'unknown']);
  });

  it('is never decided by a value that nobody knows', () => {
    const leaf = fc.constantFrom<RuleCondition>(runs, empty, busy, { kind: 'unseen' });
    const { tree } = fc.letrec<{ tree: RuleCondition }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        leaf,
        fc.record({
          kind: fc.constantFrom('all' as const, 'any' as const),
          parts: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
        }),
        fc.record({ kind: fc.constant('not' as const), part: tie('tree') }),
      ),
    }));
    const known = fc.record({
      power: fc.boolean(),
      players: fc.boolean(),
      memory: fc.boolean(),
      seen: fc.boolean(),
    });
    const values = fc.record({
      power: fc.boolean(),
      players: fc.boolean(),
      memory: fc.boolean(),
      seen: fc.boolean(),
    });
    const undecided = { power: null, players: null, memory: null, seen: null };
    fc.assert(
      fc.property(tree, known, values, values, (condition, isKnown, one, other) => {
        const at = (truth: Record<keyof typeof undecided, boolean | null>) =>
          judge(condition, momentOf(truth), 'home/1').verdict;
        const partly = Object.fromEntries(
          Object.entries(one).map(([name, value]) => [
            name,
            isKnown[name as keyof typeof one] ? value : null,
          ]),
        ) as Record<keyof typeof undecided, boolean | null>;
        const seen = at(partly);
        expect(at(undecided)).toBe('unknown');
        expect(at(one)).not.toBe('unknown');
        if (seen === 'unknown') return;
        const filled = { ...other };
        for (const name of ['power', 'players', 'memory', 'seen'] as const)
          filled[name] = partly[name] ?? other[name];
        expect(at(filled)).toBe(seen);
      }),
      { numRuns: 500 },
    );
  });
});

function momentOf(truth: Record<'power' | 'players' | 'memory' | 'seen', boolean | null>) {
  const { power, players, memory, seen } = truth;
  const server = aRuleServer({
    power: power === null ? null : reading<PowerState>(power ? 'running' : 'offline'),
    figures: {
      ...(players === null ? {} : { players: reading(players ? 0 : 3) }),
      ...(memory === null ? {} : { memory: reading(memory ? 95 : 20) }),
    },
  });
  return aMoment({ isWatched: seen === null ? null : !seen }, server);
}
