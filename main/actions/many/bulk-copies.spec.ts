import { expect, it } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import { wholeOf } from '../../../bridge/schedules/whole.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { at, bulkRig, offline, running } from '../../../tests/support/bulk-rig.js';
import { aSchedule } from '../../../tests/support/some-schedules.js';
import { manyCalls } from './calls.js';

const schedule = wholeOf(aSchedule());

it('copies to servers in any state, without a look and without the pause of the settings', async () => {
  const { bulk, clock, looked, outcomes, sent } = bulkRig(
    [running, offline, { power: null }, { condition: 'suspended' }],
    600_000,
  );
  bulk.start([0, 1, 2, 3].map(at), 'copy-schedule', { schedule });
  await clock.advance(1000);
  expect(sent).toEqual([0, 1, 2].map((one) => `Nightly ${at(one)}`));
  expect(outcomes()).toEqual(['done', 'done', 'done', 'skipped']);
  expect(looked).toEqual([]);
});

it('gives a throttled server another turn, and names servers with an unknown answer', async () => {
  const { bulk, clock, outcomes, refused, sent } = bulkRig([running, running, running]);
  const throttled = aProblem('rate-limited', { retryAt: clock.now() + 60_000, ofServer: true });
  refused.set(at(0), new PerchError(throttled));
  refused.set(at(1), new PerchError(aProblem('timeout', { maybeDone: true })));
  bulk.start([0, 1, 2].map(at), 'copy-schedule', { schedule });
  await clock.advance(1000);
  expect(outcomes()).toEqual(['waiting', 'unknown', 'done']);
  refused.clear();
  await clock.advance(60_000);
  expect(outcomes()).toEqual(['done', 'unknown', 'done']);
  expect(sent).toEqual([`Nightly ${at(2)}`, `Nightly ${at(0)}`]);
});

it('stops at a cancel, and copies nothing without a schedule', async () => {
  const { bulk, clock, outcomes, sent } = bulkRig([running, running]);
  const calls = manyCalls({ bulk, warned: { begin: never, callOff: never, dismiss: never } });
  const order = { serverIds: [at(0), at(1)], action: 'copy-schedule' as const, waitsForEach: false };
  expect(() => calls['bulk.start'](order)).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code: 'invalid' }) as object }),
  );
  calls['bulk.start']({ ...order, schedule });
  await clock.advance(0);
  calls['bulk.cancel']();
  await clock.advance(1000);
  expect(outcomes()).toEqual(['done', 'cancelled']);
  expect(sent).toEqual([`Nightly ${at(0)}`]);
});

function never(): never {
  throw new Error('This is no warned restart.');
}
