import { describe, expect, it } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import { at, bulkRig, running } from '../../../tests/support/bulk-rig.js';
import { aProblem } from '../../../tests/support/a-problem.js';

const work = { ...running, accountId: 'work' } as const;

describe('a panel that asks a bulk action for a pause', () => {
  it('delays the action, and no server is lost', async () => {
    const { bulk, clock, outcomes, reach, refused, sent, memory, start } = bulkRig([running, running]);
    const retryAt = clock.now() + 30_000;
    refused.set(at(0), new PerchError(aProblem('rate-limited', { retryAt })));
    start('stop');
    await clock.advance(0);
    expect(outcomes()).toEqual(['waiting', 'waiting']);
    expect(bulk.current).toMatchObject({ nextAt: retryAt, pauseMs: 30_000 });
    expect(bulk.current?.items[0]?.problem?.code).toBe('rate-limited');
    refused.clear();
    await clock.advance(29_999);
    expect(sent).toEqual([]);
    await clock.advance(1);
    expect(sent).toEqual(['stop home/0']);
    expect(bulk.current).toMatchObject({ nextAt: clock.now() + 2000, pauseMs: 2000 });
    expect(bulk.current?.items[0]?.problem).toBeNull();
    await clock.advance(2000);
    for (const index of [0, 1]) await reach(index, 'offline');
    expect(outcomes()).toEqual(['done', 'done']);
    expect(memory.current.stoppedTogether?.serverIds).toEqual([at(0), at(1)]);
  });

  it('is left alone while servers of other panels get the signal, and then has its turn again', async () => {
    const { bulk, clock, outcomes, refused, sent, memory, start } = bulkRig([
      running,
      running,
      work,
      work,
      work,
    ]);
    const begin = clock.now();
    refused.set(at(0), new PerchError(aProblem('rate-limited', { retryAt: begin + 5000 })));
    start('stop');
    await clock.advance(0);
    expect(sent).toEqual([]);
    expect(bulk.current).toMatchObject({ nextAt: begin + 2000, pauseMs: 2000 });
    refused.clear();
    await clock.advance(2000);
    expect(sent).toEqual(['stop home/2']);
    expect(outcomes()).toEqual(['waiting', 'waiting', 'sent', 'waiting', 'waiting']);
    expect(bulk.current?.items[0]?.problem?.code).toBe('rate-limited');
    await clock.advance(2000);
    expect(bulk.current?.nextAt).toBe(begin + 6000);
    await clock.advance(6000);
    expect(sent).toEqual(['stop home/2', 'stop home/3', 'stop home/0', 'stop home/1', 'stop home/4']);
    await clock.advance(5000);
    expect(memory.current.stoppedTogether?.serverIds).toEqual([2, 3, 0, 1, 4].map(at));
  });

  it('is waited for if all remaining panels ask for a pause, the shortest first', async () => {
    const { bulk, clock, outcomes, reach, refused, sent, start } = bulkRig([
      running,
      work,
      { ...running, accountId: 'friends' },
    ]);
    const begin = clock.now();
    refused.set(at(0), new PerchError(aProblem('rate-limited', { retryAt: begin + 30_000 })));
    refused.set(at(1), new PerchError(aProblem('rate-limited', { retryAt: begin + 20_000 })));
    start('stop');
    await clock.advance(4000);
    expect(sent).toEqual(['stop home/2']);
    expect(bulk.current).toMatchObject({ nextAt: begin + 20_000, pauseMs: 16_000 });
    await reach(2, 'offline');
    refused.clear();
    await clock.advance(15_999);
    expect(sent).toHaveLength(1);
    await clock.advance(1);
    expect(sent).toEqual(['stop home/2', 'stop home/1']);
    expect(bulk.current).toMatchObject({ nextAt: begin + 30_000, pauseMs: 10_000 });
    await reach(1, 'offline');
    await clock.advance(10_000);
    expect(sent).toHaveLength(3);
    await reach(0, 'offline');
    expect(outcomes()).toEqual(['done', 'done', 'done']);
    expect(bulk.current?.finishedAt).toBe(clock.now());
  });

  it('is asked for one server first, to learn whether the pause is over', async () => {
    const { asked, clock, outcomes, refused, sent, start } = bulkRig([running, running, work], 0);
    const begin = clock.now();
    const refuse = (retryAt: number): void => {
      for (const index of [0, 1])
        refused.set(at(index), new PerchError(aProblem('rate-limited', { retryAt })));
    };
    refuse(begin + 10_000);
    start('stop');
    await clock.advance(9999);
    expect(asked).toEqual([at(0), at(2)]);
    refuse(begin + 40_000);
    await clock.advance(30_000);
    expect(asked).toEqual([at(0), at(2), at(0)]);
    expect(outcomes()).toEqual(['waiting', 'waiting', 'sent']);
    refused.clear();
    await clock.advance(1);
    expect(sent).toEqual(['stop home/2', 'stop home/0', 'stop home/1']);
  });

  it('is not asked any more after a cancellation', async () => {
    const { bulk, clock, outcomes, reach, refused, sent, start } = bulkRig([running, work]);
    refused.set(at(0), new PerchError(aProblem('rate-limited', { retryAt: clock.now() + 30_000 })));
    start('stop');
    await clock.advance(2000);
    bulk.cancel();
    expect(outcomes()).toEqual(['cancelled', 'sent']);
    expect(bulk.current).toMatchObject({ nextAt: null, finishedAt: null });
    expect(bulk.current?.items[0]?.problem).toBeNull();
    await reach(1, 'offline');
    expect(bulk.current?.finishedAt).toBe(clock.now());
    await clock.advance(60_000);
    expect(sent).toEqual(['stop home/1']);
    expect(clock.pending).toBe(0);
  });

  it('is waited for no longer than requested if the clock is set back meanwhile', async () => {
    const { bulk, clock, refused, sent, start } = bulkRig([running, running]);
    refused.set(at(0), new PerchError(aProblem('rate-limited', { retryAt: clock.now() + 30_000 })));
    start('stop');
    await clock.advance(1000);
    refused.clear();
    clock.jump(-3_600_000);
    await clock.advance(29_000);
    expect(sent).toEqual(['stop home/0']);
    expect(bulk.current?.pauseMs).toBe(2000);
    await clock.advance(2000);
    expect(sent).toEqual(['stop home/0', 'stop home/1']);
  });

  it('is waited for no longer than requested if the clock is set back while others have their turn', async () => {
    const { clock, refused, sent, start } = bulkRig([running, work, work, work]);
    refused.set(at(0), new PerchError(aProblem('rate-limited', { retryAt: clock.now() + 5000 })));
    start('stop');
    await clock.advance(2000);
    refused.clear();
    clock.jump(-3_600_000);
    await clock.advance(15_000);
    expect(sent).toContain('stop home/0');
    expect(sent).toHaveLength(4);
  });

  it('gets no other turn after a cancellation', async () => {
    const { bulk, clock, hold, outcomes, sent, start } = bulkRig([running, running]);
    const answer = hold(at(0));
    start('stop');
    await clock.advance(0);
    bulk.cancel();
    answer(new PerchError(aProblem('rate-limited', { retryAt: clock.now() + 1000 })));
    await clock.advance(60_000);
    expect(outcomes()).toEqual(['failed', 'cancelled']);
    expect(bulk.current?.finishedAt).not.toBeNull();
    expect(sent).toEqual([]);
  });
});
