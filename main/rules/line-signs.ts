/** Servers whose console a run may have to read, from its beginning on: a line may come before its wait begins. Pure. */
import type { RuleStep } from '../../bridge/schema/rule-parts.js';
import type { RuleState } from './rule-state.js';

export function lineServersOf({ rule, lanes }: Pick<RuleState, 'rule' | 'lanes'>): readonly string[] {
  const named = namedIn(rule.steps);
  if (named.length === 0) return [];
  const running = Object.entries(lanes).flatMap(([serverId, { run }]) => (run === null ? [] : [serverId]));
  return running.flatMap((serverId) => named.map((on) => on ?? serverId));
}

function namedIn(steps: readonly RuleStep[]): readonly (string | null)[] {
  return steps.flatMap((step) => {
    if (step.kind === 'if') return [...namedIn(step.then), ...namedIn(step.else)];
    return step.kind === 'wait' && step.sign.kind === 'line' ? [step.sign.on] : [];
  });
}
