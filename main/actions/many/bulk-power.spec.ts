import { describe, expect, it } from 'vitest';
import type { BulkRun } from '../../../bridge/schema/bulk.js';
import { PerchError } from '../../../bridge/errors.js';
import { at, bulkRig, offline, running } from '../../../tests/support/bulk-rig.js';
import { someMemory, someSettings } from '../../../tests/support/entities.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { saying } from '../../../tests/support/spoken-problem.js';

describe('BulkPower', () => {
  it('sends to one server after the other, with a pause between them', async () => {
    const { bulk, clock, outcomes, reach, sent, start } = bulkRig([running, running, running]);
    start('stop');
    await clock.advance(0);
    expect(sent).toEqual(['stop home/0']);
    expect(bulk.current?.nextAt).toBe(clock.now() + 2000);
    await clock.advance(1999);
    expect(sent).toHaveLength(1);
    await clock.advance(1);
    expect(sent).toHaveLength(2);
    await clock.advance(2000);
    expect(outcomes()).toEqual(['sent', 'sent', 'sent']);
    for (const index of [0, 1, 2]) await reach(index, 'offline');
    expect(outcomes()).toEqual(['done', 'done', 'done']);
    expect(bulk.current?.finishedAt).toBe(clock.now());
  });

  it('skips servers that are in the wanted state, without a pause', async () => {
    const { clock, bulk, outcomes, sent, start } = bulkRig([
      offline,
      { ...running, condition: 'suspended' },
      running,
    ]);
    start('stop');
    await clock.advance(0);
    await clock.advance(0);
    await clock.advance(0);
    expect(outcomes()).toEqual(['skipped', 'skipped', 'sent']);
    expect(sent).toEqual(['stop home/2']);
    expect(bulk.current?.items[0]?.problem?.message).toEqual(saying('The server is offline.'));
    expect(bulk.current?.items[1]?.problem?.message).toEqual(saying('The server is suspended.'));
  });

  it('continues after a refused and after a removed server', async () => {
    const { bulk, clock, outcomes, refused, start, store, reach } = bulkRig([running, running, running]);
    refused.set(at(0), new PerchError(aProblem('forbidden', { permission: 'control.stop' })));
    start('stop');
    await clock.advance(2000);
    store.apply([{ kind: 'server-removed', serverId: at(1) }]);
    await clock.advance(2000);
    await reach(2, 'offline');
    expect(outcomes()).toEqual(['failed', 'failed', 'done']);
    expect(bulk.current?.items[0]?.problem).toMatchObject({ code: 'forbidden', permission: 'control.stop' });
    expect(bulk.current?.items[1]?.problem?.code).toBe('not-found');
    expect(bulk.current?.finishedAt).not.toBeNull();
  });

  it('continues at once after a server without permission', async () => {
    const { clock, outcomes, refused, sent, start } = bulkRig([
      { ...running, permissions: ['control.start'] },
      { ...running, permissions: ['control.start'] },
      running,
    ]);
    for (const index of [0, 1]) refused.set(at(index), new PerchError(aProblem('forbidden')));
    start('stop');
    await clock.advance(0);
    expect(outcomes()).toEqual(['failed', 'failed', 'sent']);
    expect(sent).toEqual(['stop home/2']);
  });

  it('fails a server whose signal had no effect, with the reason of its row', async () => {
    const { bulk, clock, outcomes, start, store } = bulkRig([running]);
    start('stop');
    await clock.advance(0);
    store.apply([{ kind: 'server-patched', serverId: at(0), patch: { pending: null } }]);
    store.apply([{ kind: 'server-patched', serverId: at(0), patch: { problem: aProblem('timeout') } }]);
    await clock.advance(0);
    expect(outcomes()).toEqual(['failed']);
    expect(bulk.current?.items[0]?.problem).toEqual(aProblem('timeout'));
  });

  it('uses the answer to the signal as the result, not the row meanwhile', async () => {
    const { bulk, clock, hold, outcomes, start, store } = bulkRig([running]);
    const answer = hold(at(0));
    start('stop');
    await clock.advance(0);
    store.apply([{ kind: 'server-patched', serverId: at(0), patch: { condition: 'normal', pending: null } }]);
    await clock.advance(0);
    expect(outcomes()).toEqual(['sent']);
    answer(new PerchError(aProblem('node-unreachable')));
    await clock.advance(0);
    expect(bulk.current?.items[0]).toMatchObject({
      outcome: 'failed',
      problem: { code: 'node-unreachable' },
    });
    expect(bulk.current?.finishedAt).not.toBeNull();
  });

  it('waits for a start until it runs, or ends again', async () => {
    const { bulk, clock, outcomes, reach, start } = bulkRig([offline, offline, offline], 0);
    start('start');
    await clock.advance(10);
    for (const index of [0, 1, 2]) await reach(index, 'starting');
    expect(outcomes()).toEqual(['sent', 'sent', 'sent']);
    await reach(0, 'running');
    await reach(1, 'offline');
    expect(outcomes()).toEqual(['done', 'failed', 'sent']);
    expect(bulk.current?.items[1]?.problem?.message).toEqual(
      saying('The server stopped again before it was running.'),
    );
    // A server that never reports its start does not block the others.
    await clock.advance(70_000);
    expect(outcomes()).toEqual(['done', 'failed', 'done']);
    expect(bulk.current?.finishedAt).not.toBeNull();
  });

  it('waits for a restart to come back', async () => {
    const { clock, outcomes, start, store, reach } = bulkRig([running]);
    start('restart');
    await clock.advance(0);
    store.apply([{ kind: 'server-patched', serverId: at(0), patch: { power: 'stopping' } }]);
    store.apply([{ kind: 'server-patched', serverId: at(0), patch: { power: 'starting' } }]);
    expect(outcomes()).toEqual(['sent']);
    await reach(0, 'running');
    expect(outcomes()).toEqual(['done']);
  });

  it('can be cancelled: waiting servers get no signal, and sent signals are followed', async () => {
    const { bulk, clock, outcomes, reach, sent, start } = bulkRig([running, running]);
    start('stop');
    await clock.advance(0);
    bulk.cancel();
    expect(outcomes()).toEqual(['sent', 'cancelled']);
    expect(bulk.current).toMatchObject({ isCancelled: true, finishedAt: null, nextAt: null });
    await clock.advance(60_000);
    expect(sent).toHaveLength(1);
    await reach(0, 'offline');
    expect(bulk.current?.finishedAt).not.toBeNull();
  });

  it('can be cancelled again to end the wait for sent signals', async () => {
    const { bulk, clock, outcomes, memory, start } = bulkRig([running, running]);
    start('stop');
    await clock.advance(0);
    bulk.cancel();
    expect(bulk.current?.finishedAt).toBeNull();
    bulk.cancel();
    expect(bulk.current?.finishedAt).toBe(clock.now());
    expect(outcomes()).toEqual(['sent', 'cancelled']);
    expect(memory.current.stoppedTogether?.serverIds).toEqual([at(0)]);
    start('kill');
    expect(bulk.current?.action).toBe('kill');
  });

  it('runs one action at a time, which is dismissed only after its end', async () => {
    const { bulk, clock, reach, start } = bulkRig([running]);
    start('stop');
    expect(() => start('stop')).toThrow(PerchError);
    bulk.dismiss();
    expect(bulk.current).not.toBeNull();
    await clock.advance(0);
    await reach(0, 'offline');
    bulk.dismiss();
    expect(bulk.current).toBeNull();
    start('start');
    expect(bulk.current?.action).toBe('start');
  });

  it('remembers exactly the servers that a stop has stopped, until they are started again', async () => {
    const { clock, reach, memory, start, bulk, refused } = bulkRig([running, offline, running, running], 0);
    refused.set(at(3), new PerchError(aProblem('node-unreachable')));
    const stoppedAt = clock.now();
    start('stop');
    await clock.advance(10);
    await reach(0, 'offline');
    await reach(2, 'offline');
    expect(memory.current.stoppedTogether).toEqual({ at: stoppedAt, serverIds: [at(0), at(2)] });
    bulk.dismiss();
    bulk.start([at(0), at(1)], 'start');
    await clock.advance(10);
    await reach(0, 'running');
    await reach(1, 'running');
    expect(memory.current.stoppedTogether?.serverIds).toEqual([at(2)]);
    bulk.dismiss();
    bulk.start([at(2)], 'start');
    await clock.advance(10);
    await reach(2, 'running');
    expect(memory.current.stoppedTogether).toBeNull();
  });

  it('remembers servers whose stop is uncertain or hangs', async () => {
    const { bulk, clock, outcomes, reach, refused, memory, start, store } = bulkRig([running, running]);
    refused.set(at(0), new PerchError(aProblem('node-unreachable', { maybeDone: true })));
    start('stop');
    await clock.advance(2000);
    await reach(1, 'stopping', { problem: aProblem('timeout') });
    expect(outcomes()).toEqual(['unknown', 'failed']);
    bulk.dismiss();
    bulk.start([at(1)], 'kill');
    await reach(0, 'offline');
    await reach(1, 'offline');
    expect(memory.current.stoppedTogether?.serverIds).toEqual([at(0), at(1)]);
    // A single start is no part of a bulk action.
    store.apply([{ kind: 'server-patched', serverId: at(1), patch: { power: 'starting' } }]);
    await clock.advance(5000);
    expect(memory.current.stoppedTogether?.serverIds).toEqual([at(0)]);
  });

  it('reports the observed state as done whatever the answer, and uncertain results as unknown', async () => {
    const lost = { pending: { signal: 'stop', since: 0, doubt: 'lost' } } as const;
    const { bulk, clock, outcomes, reach, refused, start, store } = bulkRig([running, running]);
    for (const index of [0, 1]) {
      refused.set(at(index), new PerchError(aProblem('timeout', { maybeDone: true })));
      store.apply([{ kind: 'server-patched', serverId: at(index), patch: {} }]);
    }
    start('stop');
    for (const index of [0, 1]) store.apply([{ kind: 'server-patched', serverId: at(index), patch: lost }]);
    await clock.advance(5000);
    await reach(0, 'offline');
    expect(outcomes()).toEqual(['done', 'sent']);
    await clock.advance(70_000);
    expect(outcomes()).toEqual(['done', 'unknown']);
    expect(bulk.current).toMatchObject({ finishedAt: expect.any(Number) });
  });

  it('forgets a server whose refusal comes after the end', async () => {
    const { bulk, clock, hold, outcomes, memory, start } = bulkRig([running]);
    const answer = hold(at(0));
    start('stop');
    await clock.advance(0);
    bulk.cancel();
    await clock.advance(0);
    expect(memory.current.stoppedTogether?.serverIds).toEqual([at(0)]);
    bulk.dismiss();
    answer(new PerchError(aProblem('forbidden')));
    await clock.advance(5000);
    expect(outcomes()).toEqual([]);
    expect(memory.current.stoppedTogether).toBeNull();
  });

  it('restarts running servers, and starts none', async () => {
    const { bulk, clock, outcomes, sent, start } = bulkRig([offline, running]);
    start('restart');
    await clock.advance(0);
    expect(outcomes()).toEqual(['skipped', 'sent']);
    expect(sent).toEqual(['restart home/1']);
    expect(bulk.current?.items[0]?.problem?.message).toEqual(saying('The server is offline.'));
  });

  it('remembers the stopped servers if Perch ends during the action', async () => {
    const { bulk, clock, sent, memory, start } = bulkRig([running, running, running]);
    start('stop');
    await clock.advance(2000);
    bulk.stop();
    await clock.advance(60_000);
    expect(sent).toHaveLength(2);
    expect(memory.current.stoppedTogether?.serverIds).toEqual([at(0), at(1)]);
    expect(clock.pending).toBe(0);
  });

  it('keeps the list of an earlier stop if the action stops no server', async () => {
    const { clock, refused, memory, start } = bulkRig([running]);
    const earlier = { at: 1, serverIds: ['home/9'] };
    memory.current = someMemory({ stoppedTogether: earlier });
    refused.set(at(0), new PerchError(aProblem('node-unreachable')));
    start('stop');
    await clock.advance(10);
    expect(memory.current.stoppedTogether).toEqual(earlier);
  });

  it('uses a changed pause', async () => {
    const { clock, sent, settings, start } = bulkRig([running, running, running]);
    settings.current = someSettings({ bulkPauseMs: 10_000 });
    start('stop');
    await clock.advance(9999);
    expect(sent).toHaveLength(1);
    settings.current = someSettings({ bulkPauseMs: 0 });
    await clock.advance(1);
    await clock.advance(0);
    expect(sent).toHaveLength(3);
  });

  it('updates its listeners at most four times a second', async () => {
    const { bulk, clock, start } = bulkRig(
      Array.from({ length: 50 }, () => running),
      10,
    );
    const told: (BulkRun | null)[] = [];
    const end = bulk.listen((run) => told.push(run));
    start('stop');
    await clock.advance(1000);
    expect(told.length).toBeGreaterThan(2);
    expect(told.length).toBeLessThanOrEqual(5);
    expect(told.at(-1)?.items.filter(({ outcome }) => outcome === 'sent')).toHaveLength(50);
    end();
    bulk.stop();
  });
});
