/** Lines of the trace of a run: a step begins a line, its end completes the line. Pure. */
import type { Problem } from '../../bridge/errors.js';
import type { SeenValue, StepOutcome, StepTrace } from '../../bridge/schema/rule-runs.js';
import type { Run, RunMoment } from './run-state.js';

/** A step that is over at once. */
export function noted(
  run: Run,
  { place, kind, outcome }: Pick<StepTrace, 'place' | 'kind' | 'outcome'>,
  { wall }: Pick<RunMoment, 'wall'>,
  seen: readonly SeenValue[] = [],
): Run {
  const line = { place, kind, outcome, at: wall, endedAt: wall, problem: null, seen: [...seen] };
  return { ...run, steps: [...run.steps, line] };
}

/** A step that has begun. */
export function begun(
  run: Run,
  { place, kind, outcome }: Pick<StepTrace, 'place' | 'kind' | 'outcome'>,
  { wall }: Pick<RunMoment, 'wall'>,
): Run {
  const line = { place, kind, outcome, at: wall, endedAt: null, problem: null, seen: [] };
  return { ...run, steps: [...run.steps, line] };
}

/** The step that has begun is over. */
export function closed(
  run: Run,
  outcome: StepOutcome,
  { wall }: Pick<RunMoment, 'wall'>,
  problem: Problem | null = null,
  seen: readonly SeenValue[] = [],
): Run {
  return changed(run, { outcome, endedAt: wall, problem, seen: [...seen] });
}

/** The step that has begun continues in another way. */
export function changed(run: Run, fields: Partial<StepTrace>): Run {
  const last = run.steps.at(-1);
  if (last === undefined || last.endedAt !== null) return run;
  return { ...run, steps: [...run.steps.slice(0, -1), { ...last, ...fields }] };
}
