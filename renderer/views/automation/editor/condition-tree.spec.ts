import { describe, expect, it } from 'vitest';
import type { RuleCondition } from '../../../../bridge/schema/rule-parts.js';
import { isJudgeable, leafCount, mayWrap, moved, without, type Group } from './condition-tree.js';

const unseen: RuleCondition = { kind: 'unseen' };
const runs: RuleCondition = { kind: 'state', on: null, is: ['running'] };
const free: RuleCondition = { kind: 'figure', on: null, of: 'cpu', atLeast: null, atMost: null };
const both: Group = { kind: 'all', parts: [unseen, runs] };

describe('a tree of conditions', () => {
  it('counts its leaves as main answers for them', () => {
    expect(leafCount({ kind: 'any', parts: [both, { kind: 'not', part: both }, runs] })).toBe(5);
  });

  it('grows to four levels at most', () => {
    expect(mayWrap(unseen, 2)).toBe(true);
    expect(mayWrap(both, 2)).toBe(false);
    expect(mayWrap({ kind: 'not', part: both }, 0)).toBe(true);
  });

  it('moves parts within their group, and stays as it is at the ends', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });

  it('has no group of one part', () => {
    expect(without(both, 0)).toEqual(runs);
    expect(without({ kind: 'any', parts: [runs] }, 0)).toBeNull();
  });

  it('is judged only if each figure has a bound', () => {
    expect(isJudgeable(both)).toBe(true);
    expect(isJudgeable({ kind: 'not', part: { kind: 'any', parts: [runs, free] } })).toBe(false);
  });
});
