/** Conditions that several blueprints use, about the server of the run. Pure. */
import type { RuleCondition, RuleFigure } from '../../schema/rule-parts.js';

export const runs: RuleCondition = { kind: 'state', on: null, is: ['running'] };

export const isEmpty: RuleCondition = { kind: 'figure', on: null, of: 'players', atLeast: null, atMost: 0 };

export function isAtLeast(of: RuleFigure, atLeast: number): RuleCondition {
  return { kind: 'figure', on: null, of, atLeast, atMost: null };
}

export function all(...parts: RuleCondition[]): RuleCondition {
  return { kind: 'all', parts };
}
