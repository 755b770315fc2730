import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { RowProblem } from './row-problem.js';

function rig() {
  const clock = new FakeClock(0);
  let shown: Problem | null = null;
  const problem = new RowProblem(clock, (now) => (shown = now));
  return { clock, problem, shown: () => shown?.code ?? null };
}

describe('the problem of a row', () => {
  it('is the newest problem of an action', () => {
    const { problem, shown } = rig();
    problem.say('commands', aProblem('conflict'));
    problem.say('action', aProblem('timeout'));
    expect(shown()).toBe('timeout');
    problem.say('poll', aProblem('node-unreachable'));
    expect(shown()).toBe('timeout');
  });

  it('is the problem of the last poll while polls fail', async () => {
    const { clock, problem, shown } = rig();
    problem.say('poll', aProblem('node-unreachable'));
    problem.say('poll', aProblem('timeout'));
    await clock.advance(600_000);
    expect(shown()).toBe('timeout');
    problem.solved('action');
    expect(shown()).toBe('timeout');
    problem.solved('poll');
    expect(shown()).toBeNull();
  });

  it('ends after a minute if an action caused it', async () => {
    const { clock, problem, shown } = rig();
    problem.say('action', aProblem('timeout'));
    await clock.advance(59_999);
    expect(shown()).toBe('timeout');
    await clock.advance(1);
    expect(shown()).toBeNull();
    problem.say('action', aProblem('timeout'));
    problem.stop();
    expect(clock.pending).toBe(0);
  });
});
