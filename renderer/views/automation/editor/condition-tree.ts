/** Changes of a tree of conditions. Pure. */
import { ruleLimits } from '../../../../bridge/rules/rule-limits.js';
import { isSameHours, ruleFaults } from '../../../../bridge/rules/rule-checks.js';
import type { RuleCondition, RuleLeaf } from '../../../../bridge/schema/rule-parts.js';

export type Group = Extract<RuleCondition, { kind: 'all' | 'any' }>;

export function isGroup(condition: RuleCondition): condition is Group {
  return condition.kind === 'all' || condition.kind === 'any';
}

/** Leaves of the condition: `rules.judge` answers with one value for each, in this order. */
export function leafCount(condition: RuleCondition): number {
  if (isGroup(condition)) return condition.parts.reduce((sum, part) => sum + leafCount(part), 0);
  return condition.kind === 'not' ? leafCount(condition.part) : 1;
}

/** Levels of the condition; a leaf is one. */
function levelsOf(condition: RuleCondition): number {
  if (isGroup(condition)) return 1 + Math.max(...condition.parts.map((part) => levelsOf(part)));
  return condition.kind === 'not' ? 1 + levelsOf(condition.part) : 1;
}

/** Whether the part may get one more level around it. `level` = 0 for the whole condition. */
export function mayWrap(part: RuleCondition, level: number): boolean {
  return level + levelsOf(part) < ruleLimits.conditionLevels;
}

export function replaced<T>(parts: readonly T[], at: number, part: T): T[] {
  return parts.map((one, index) => (index === at ? part : one));
}

/** The list with the part `by` places further; unchanged at the ends. */
export function moved<T>(parts: readonly T[], at: number, by: 1 | -1): T[] {
  const part = parts[at];
  const to = at + by;
  if (part === undefined || to < 0 || to >= parts.length) return [...parts];
  const others = parts.filter((_, index) => index !== at);
  return [...others.slice(0, to), part, ...others.slice(to)];
}

/** The condition without one part; null = no part is left. A group of one part becomes that part. */
export function without(group: Group, at: number): RuleCondition | null {
  const parts = group.parts.filter((_, index) => index !== at);
  return parts.length > 1 ? { ...group, parts } : (parts[0] ?? null);
}

/** Fault of one condition, which a tree of right conditions does not have. */
export function leafFault(leaf: RuleLeaf): 'no-bound' | 'wrong-bounds' | 'same-hours' | null {
  if (isSameHours(leaf)) return 'same-hours';
  const faults = ruleFaults({
    trigger: { kind: 'node-back' },
    target: { kind: 'event' },
    condition: leaf,
    steps: [],
  });
  return faults.find((fault) => fault === 'no-bound' || fault === 'wrong-bounds') ?? null;
}

/** Whether main can judge the condition: no leaf has a fault. */
export function isJudgeable(condition: RuleCondition): boolean {
  if (isGroup(condition)) return condition.parts.every((part) => isJudgeable(part));
  return condition.kind === 'not' ? isJudgeable(condition.part) : leafFault(condition) === null;
}
