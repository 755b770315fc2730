/** Needs of a rule's action: the state of its server, and the reasons not to send it. Pure. */
import type { PowerState } from '../../bridge/schema/domain.js';
import type { RuleAct, RuleStep } from '../../bridge/schema/rule-parts.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { takesTurns } from './run-turn.js';

/** Actions that do nothing to the process, so the state of the server does not matter. */
const stateless: readonly RuleAct['kind'][] = ['notify', 'pause-plan', 'keep-log'];

/** Whether Perch sends the action whatever the state of the server is. */
export function isStateless(act: RuleAct): boolean {
  return stateless.includes(act.kind) || takesTurns(act);
}

/** Whether a run needs facts about its servers. */
export function needsState({ condition, steps }: Pick<Rule, 'condition' | 'steps'>): boolean {
  const isFree = (step: RuleStep): boolean => {
    switch (step.kind) {
      case 'if':
        return false;
      case 'wait':
        return step.sign.kind === 'backup' || step.sign.kind === 'line';
      case 'delay':
      case 'end':
      case 'switch-off':
        return true;
      default:
        return isStateless(step);
    }
  };
  return condition !== null || !steps.every(isFree);
}

/** Why Perch does not send an order; null = Perch sends it. */
export function hindrance(act: RuleAct, power: PowerState): 'needless' | 'wrong-state' | null {
  switch (act.kind) {
    case 'power':
      if (act.signal === 'start' && power === 'stopping') return 'wrong-state';
      if (act.signal === 'start') return power === 'offline' ? null : 'needless';
      if (act.signal === 'stop') return power === 'offline' || power === 'stopping' ? 'needless' : null;
      return power === 'running' || power === 'starting' ? null : 'needless';
    case 'warn':
      return power === 'running' ? null : 'needless';
    case 'command':
      return power === 'running' ? null : 'wrong-state';
    default:
      return null;
  }
}

/** True if the run continues after a failed order. */
export function mayFail(act: RuleAct | undefined): boolean {
  return act?.kind === 'warn' && act.mayFail === true;
}
