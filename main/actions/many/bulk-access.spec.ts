import { expect, it } from 'vitest';
import { at, bulkRig, offline, running } from '../../../tests/support/bulk-rig.js';
import { manyCalls } from './calls.js';

const access = { email: 'sam@example.com', permissions: ['control.start'], replaces: false };

it('changes the access of servers in any state, without a look and without the pause of the settings', async () => {
  const { bulk, clock, looked, outcomes, sent } = bulkRig(
    [running, offline, { power: null }, { condition: 'suspended' }],
    600_000,
  );
  bulk.start([0, 1, 2, 3].map(at), 'give-access', { access });
  await clock.advance(1000);
  expect(sent).toEqual([0, 1, 2].map((one) => `give sam@example.com ${at(one)}`));
  expect(outcomes()).toEqual(['done', 'done', 'done', 'skipped']);
  expect(looked).toEqual([]);
});

it('refuses an order that does not say whose access, or says the opposite', () => {
  const { bulk, sent } = bulkRig([running]);
  const calls = manyCalls({ bulk, warned: { begin: never, callOff: never, dismiss: never } });
  const order = { serverIds: [at(0)], waitsForEach: false };
  const none = { ...access, permissions: null };
  for (const wrong of [
    { ...order, action: 'give-access' as const },
    { ...order, action: 'give-access' as const, access: none },
    { ...order, action: 'take-access' as const, access },
  ]) {
    expect(() => calls['bulk.start'](wrong)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'invalid' }) as object }),
    );
  }
  expect(sent).toEqual([]);
});

function never(): never {
  throw new Error('This is no warned restart.');
}
