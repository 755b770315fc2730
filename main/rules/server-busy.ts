/** Whether Perch runs an action on a server, for the condition "Perch is doing nothing else with the server". Pure. */
import { derivedId } from '../../bridge/rules/rule-origin.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { RuleState } from './rule-state.js';

interface Activities {
  /** The rule that asks; its own runs do not count. */
  readonly exceptRule: string | null;
  /** Servers with an announced restart or a quiet backup. */
  readonly others: readonly string[];
  /** Rules with a run under way. */
  readonly states: readonly RuleState[];
  stateOf(ruleId: string): RuleState | undefined;
}

/** `twins` = the server as each account sees it. */
export function serverIsBusy(
  twins: readonly Pick<Server, 'id' | 'pending'>[],
  { exceptRule, others, states, stateOf }: Activities,
): boolean {
  const ids = new Set(twins.map(({ id }) => id));
  if (twins.some(({ pending }) => pending !== null) || others.some((id) => ids.has(id))) return true;
  const isRunning = states.some(
    ({ rule, lanes }) => rule.id !== exceptRule && [...ids].some((id) => (lanes[id]?.run ?? null) !== null),
  );
  return isRunning || [...ids].some((id) => hasSignal(id, exceptRule, stateOf));
}

/** Whether a wish of another account has sent its signal to the process, which still runs. */
function hasSignal(serverId: string, exceptRule: string | null, stateOf: Activities['stateOf']): boolean {
  const ruleId = derivedId('when-empty', serverId);
  return ruleId !== exceptRule && (stateOf(ruleId)?.lanes[serverId]?.held.firedAt ?? null) !== null;
}
