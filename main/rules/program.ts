/**
 * The steps of a rule as a list that is walked once, from the beginning to the end. Pure.
 *
 * There are only jumps ahead, so each step happens once at most, and each run ends.
 */
import type { RuleCondition, RuleStep } from '../../bridge/schema/rule-parts.js';

/** A place in the list; `place` = the same place as a person sees it: `3`, `3.then.1`. */
export type ProgramStep =
  | { readonly kind: 'step'; readonly place: string; readonly step: Exclude<RuleStep, { kind: 'if' }> }
  | {
      readonly kind: 'if';
      readonly place: string;
      readonly condition: RuleCondition;
      /** Where the run continues if the condition is false. */
      readonly elseAt: number;
    }
  | { readonly kind: 'jump'; readonly to: number };

export function programOf(steps: readonly RuleStep[]): readonly ProgramStep[] {
  const program: ProgramStep[] = [];
  add(program, steps, '');
  return program;
}

function add(program: ProgramStep[], steps: readonly RuleStep[], before: string): void {
  for (const [index, step] of steps.entries()) {
    const place = `${before}${index + 1}`;
    if (step.kind !== 'if') {
      program.push({ kind: 'step', place, step });
      continue;
    }
    const start = program.length;
    const branch = { kind: 'if', place, condition: step.condition } as const;
    program.push({ ...branch, elseAt: start });
    add(program, step.then, `${place}.then.`);
    const jump = program.length;
    program.push({ kind: 'jump', to: jump });
    program[start] = { ...branch, elseAt: program.length };
    add(program, step.else, `${place}.else.`);
    program[jump] = { kind: 'jump', to: program.length };
  }
}
