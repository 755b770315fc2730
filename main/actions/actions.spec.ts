import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { anActionsRig } from '../../tests/support/actions-rig.js';
import { aRecord } from '../../tests/support/fleet-fakes.js';

describe('permissions.read', () => {
  it('asks the panel of the account', async () => {
    const { actions, panel } = await anActionsRig([aRecord()]);
    panel.asked.length = 0;
    expect(await actions['permissions.read']({ accountId: 'home' })).toEqual([]);
    expect(panel.asked).toEqual(['permissions']);
    await expect(actions['permissions.read']({ accountId: 'gone' })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });
});

describe('every verb', () => {
  it('rejects with a problem, and the log names the verb', async () => {
    const { actions, failures, log } = await anActionsRig([aRecord()]);
    await expect(actions['accounts.retry']({ accountId: 'gone' })).rejects.toBeInstanceOf(PerchError);
    expect(log.text).toContain('accounts.retry');
    failures.save = true;
    await expect(actions['accounts.rename']({ accountId: 'home', label: 'x' })).rejects.toBeInstanceOf(
      PerchError,
    );
    expect(log.text).toContain('The disk is full.');
  });
});
