/**
 * Checks of a rule that span several fields, beyond its schema. Pure, without zod, so that a form can use them while
 * typing.
 */
import type { RuleCondition, RuleLeaf, RuleStep, RuleTarget, RuleTrigger } from '../schema/rule-parts.js';
import { ruleLimits } from './rule-limits.js';

/**
 * `no-server` = the trigger has no server, so "the server of the event" is nobody; `no-bound` = a figure without a
 * bound is always true; `no-backup` = the rule waits for a backup that no earlier step makes.
 */
export type RuleFault =
  | 'too-many-steps'
  | 'steps-too-deep'
  | 'too-many-conditions'
  | 'conditions-too-deep'
  | 'no-server'
  | 'no-bound'
  | 'wrong-bounds'
  | 'no-backup';

interface Checked {
  readonly trigger: RuleTrigger;
  readonly target: RuleTarget;
  readonly condition: RuleCondition | null;
  readonly steps: readonly RuleStep[];
}

/** Triggers that are about no server. */
const withoutServer: readonly RuleTrigger['kind'][] = ['time', 'cron', 'perch-started', 'by-hand'];

/** All faults, each once. */
export function ruleFaults(rule: Checked): readonly RuleFault[] {
  const { trigger, target, steps } = rule;
  const faults = new Set<RuleFault>();
  if (target.kind === 'event' && withoutServer.includes(trigger.kind)) faults.add('no-server');
  for (const one of conditionsOf(rule)) checkCondition(one, faults);
  if (stepCount(steps) > ruleLimits.steps) faults.add('too-many-steps');
  if (stepLevels(steps) > ruleLimits.stepLevels) faults.add('steps-too-deep');
  if (!hasBackups(steps, false).isFine) faults.add('no-backup');
  return [...faults];
}

function checkCondition(condition: RuleCondition, faults: Set<RuleFault>): void {
  const { count, levels } = sizeOf(condition);
  if (count > ruleLimits.conditions) faults.add('too-many-conditions');
  if (levels > ruleLimits.conditionLevels) faults.add('conditions-too-deep');
  for (const leaf of leavesOf(condition)) {
    if (leaf.kind !== 'figure') continue;
    if (leaf.atLeast === null && leaf.atMost === null) faults.add('no-bound');
    if (leaf.atLeast !== null && leaf.atMost !== null && leaf.atLeast > leaf.atMost)
      faults.add('wrong-bounds');
  }
}

/** Whether a condition has hours that begin and end in the same minute, so it is true all day. Stored rules may. */
export function hasSameHours(rule: Checked): boolean {
  return conditionsOf(rule).some((one) => leavesOf(one).some(isSameHours));
}

export function isSameHours(leaf: RuleLeaf): boolean {
  return leaf.kind === 'hours' && leaf.from === leaf.to;
}

function partsOf(condition: RuleCondition): readonly RuleCondition[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.parts;
    case 'not':
      return [condition.part];
    default:
      return [];
  }
}

function leavesOf(condition: RuleCondition): readonly RuleLeaf[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'not':
      return partsOf(condition).flatMap((part) => leavesOf(part));
    default:
      return [condition];
  }
}

function sizeOf(condition: RuleCondition): { count: number; levels: number } {
  const sizes = partsOf(condition).map((part) => sizeOf(part));
  return {
    count: 1 + sizes.reduce((sum, { count }) => sum + count, 0),
    levels: 1 + Math.max(0, ...sizes.map(({ levels }) => levels)),
  };
}

/** Every condition of a rule: of its trigger, its own, and those of its steps. */
function conditionsOf({ trigger, condition, steps }: Checked): readonly RuleCondition[] {
  return [
    ...(trigger.kind === 'holds' ? [trigger.condition] : []),
    ...(condition === null ? [] : [condition]),
    ...conditionsIn(steps),
  ];
}

function conditionsIn(steps: readonly RuleStep[]): readonly RuleCondition[] {
  return steps.flatMap((step) =>
    step.kind === 'if' ? [step.condition, ...conditionsIn(step.then), ...conditionsIn(step.else)] : [],
  );
}

function stepCount(steps: readonly RuleStep[]): number {
  return steps.reduce(
    (sum, step) => sum + 1 + (step.kind === 'if' ? stepCount(step.then) + stepCount(step.else) : 0),
    0,
  );
}

function stepLevels(steps: readonly RuleStep[]): number {
  const inner = steps.map((step) =>
    step.kind === 'if' ? Math.max(stepLevels(step.then), stepLevels(step.else)) : 0,
  );
  return steps.length === 0 ? 0 : 1 + Math.max(...inner);
}

/** Whether each wait for a backup has one before it, on every way through the steps. */
function hasBackups(steps: readonly RuleStep[], begun: boolean): { isFine: boolean; begun: boolean } {
  let isFine = true;
  let hasBegun = begun;
  for (const step of steps) {
    if (step.kind === 'backup') hasBegun = true;
    if (step.kind === 'wait' && step.sign.kind === 'backup') isFine &&= hasBegun;
    if (step.kind !== 'if') continue;
    const [one, other] = [hasBackups(step.then, hasBegun), hasBackups(step.else, hasBegun)];
    isFine &&= one.isFine && other.isFine;
    hasBegun = one.begun && other.begun;
  }
  return { isFine, begun: hasBegun };
}
