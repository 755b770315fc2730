import { expect, it } from 'vitest';
import type { RuleStep } from '../../bridge/schema/rule-parts.js';
import { programOf } from './program.js';

const note: RuleStep = { kind: 'notify', text: 'x' };
const fork = (then: RuleStep[], other: RuleStep[]): RuleStep => ({
  kind: 'if',
  condition: { kind: 'unseen' },
  then,
  else: other,
});

/** Places in the order in which a run walks them; `takes` = whether conditions are true. */
function walk(steps: readonly RuleStep[], takes: boolean): string[] {
  const program = programOf(steps);
  const places: string[] = [];
  for (let at = 0; ;) {
    const op = program[at];
    if (op === undefined) return places;
    if (op.kind !== 'jump') places.push(op.place);
    const to = op.kind === 'jump' ? op.to : op.kind === 'if' && !takes ? op.elseAt : at + 1;
    // Only ahead: that is why each run ends.
    expect(to).toBeGreaterThan(at);
    at = to;
  }
}

it('walks one way through the steps, and continues behind them', () => {
  const steps = [note, fork([note, fork([note], [])], [note]), note];
  expect(walk(steps, true)).toEqual(['1', '2', '2.then.1', '2.then.2', '2.then.2.then.1', '3']);
  expect(walk(steps, false)).toEqual(['1', '2', '2.else.1', '3']);
  expect(walk([fork([], [])], true)).toEqual(['1']);
});
