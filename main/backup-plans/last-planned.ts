/** Outcome of the last planned backup of a server, from the state of its rule. Pure. */
import type { LastPlanned } from '../../bridge/schema/backup-plans.js';
import type { LastRuleRun } from '../../bridge/schema/rule-runs.js';
import { sentence } from '../../messages/messages.js';
import { laneOf } from '../rules/rule-lanes.js';
import type { RuleState } from '../rules/rule-state.js';
import { isUnanswered } from '../rules/run-turn.js';

const unnamed = 'unnamed:';

/** Placeholder for a backup that the panel has not named so far. */
export function unnamedBackup(id: string): string {
  return `${unnamed}${id}`;
}

export function isNamed(backup: string | null): backup is string {
  return backup !== null && !backup.startsWith(unnamed);
}

/** null = there was none. */
export function lastPlanned(state: RuleState, serverId: string): LastPlanned | null {
  const { run } = laneOf(state, serverId);
  const { lastRun, missed, times } = state;
  const begun = run?.cause.at ?? lastRun?.at ?? null;
  const missedAt = missed.at(-1) ?? -Infinity;
  if (run === null && missedAt > (begun ?? -Infinity))
    return { at: missedAt, outcome: 'closed', backup: null, problem: null };
  if (begun === null) return null;
  // A run under way at a planned time is the backup of that time as well.
  const at = Math.max(begun, times.ranFor ?? -Infinity);
  if (run !== null) {
    const backup = isNamed(run.backup) ? run.backup : null;
    return { at, outcome: run.phase === 'turn' ? 'waiting' : 'begun', backup, problem: null };
  }
  return lastRun === null ? null : ofRun(lastRun, at);
}

/** null = the plan was removed meanwhile. */
export function ofRun({ end, step, backup }: LastRuleRun, at: number): LastPlanned | null {
  const last = { at, backup: isNamed(backup) ? backup : null, problem: null };
  if (end === 'done') return { ...last, outcome: step?.outcome === 'late' ? 'begun' : 'good' };
  if (step?.problem) {
    const { message } = step.problem;
    return isUnanswered(step.problem)
      ? { ...last, outcome: 'unreachable' }
      : { ...last, outcome: 'refused', problem: message };
  }
  if (step?.kind === 'wait') {
    if (end !== 'failed') return { ...last, outcome: 'begun' };
    // Nobody knows the backup of an earlier run of Perch that the panel had not named.
    return { ...last, outcome: isNamed(backup) ? 'failed' : 'closed' };
  }
  if (step?.outcome === 'done' || step?.outcome === 'found') return { ...last, outcome: 'begun' };
  if (end === 'switched-off' || end === 'changed') return null;
  if (end === 'late') return { ...last, outcome: 'refused', problem: sentence('backup-plans.turn-late') };
  return { ...last, outcome: 'closed' };
}
