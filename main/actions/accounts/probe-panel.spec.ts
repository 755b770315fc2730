import { describe, expect, it } from 'vitest';
import { anActionsRig } from '../../../tests/support/actions-rig.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aRecord } from '../../../tests/support/fleet-fakes.js';

describe('trying the way to a panel', () => {
  it('asks the panel again, and returns the route and the result', async () => {
    const { actions, panel } = await anActionsRig([aRecord()]);
    const before = panel.asked.length;
    const way = [{ kind: 'direct' }];
    expect(await actions['accounts.tryRoute']({ accountId: 'home' })).toEqual({ ways: way, problem: null });
    expect(panel.asked.length).toBeGreaterThan(before);
    const problem = aProblem('panel-unreachable');
    panel.problems.set('servers', problem);
    expect(await actions['accounts.tryRoute']({ accountId: 'home' })).toEqual({ ways: way, problem });
  });

  it('fails for an unknown panel', async () => {
    const { actions } = await anActionsRig();
    await expect(actions['accounts.tryRoute']({ accountId: 'gone' })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });
});
