import { describe, expect, it } from 'vitest';
import { comeUpMs } from '../../../bridge/come-up.js';
import { PerchError } from '../../../bridge/errors.js';
import { at, bulkRig, offline, running } from '../../../tests/support/bulk-rig.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { saying } from '../../../tests/support/spoken-problem.js';

describe('an action on many servers that waits until each is running', () => {
  it('gives the next server its turn once the server before it runs, after the pause', async () => {
    const { bulk, clock, outcomes, reach, sent, start } = bulkRig([offline, offline, offline]);
    start('start', true);
    await clock.advance(0);
    expect(sent).toEqual(['start home/0']);
    expect(bulk.current).toMatchObject({ nextAt: null, waitsForEach: true });
    await reach(0, 'starting');
    await clock.advance(120_000);
    expect(sent).toHaveLength(1);
    await reach(0, 'running');
    expect(bulk.current?.nextAt).toBe(clock.now() + 2000);
    await clock.advance(1999);
    expect(sent).toHaveLength(1);
    await clock.advance(1);
    expect(sent).toEqual(['start home/0', 'start home/1']);
    await reach(1, 'running');
    await clock.advance(2000);
    await reach(2, 'running');
    expect(outcomes()).toEqual(['done', 'done', 'done']);
    expect(bulk.current?.finishedAt).toBe(clock.now());
  });

  it('waits for a restart to go down and come back', async () => {
    const { clock, reach, sent, start, store } = bulkRig([running, running], 0);
    start('restart', true);
    await clock.advance(0);
    for (const power of ['stopping', 'offline', 'starting'] as const) {
      store.apply([{ kind: 'server-patched', serverId: at(0), patch: { power } }]);
      await clock.advance(20_000);
    }
    expect(sent).toEqual(['restart home/0']);
    await reach(0, 'running');
    await clock.advance(0);
    expect(sent).toEqual(['restart home/0', 'restart home/1']);
  });

  it('continues after a server that ends again or is refused', async () => {
    const { clock, outcomes, reach, refused, sent, start } = bulkRig([offline, offline, offline], 0);
    refused.set(at(1), new PerchError(aProblem('node-unreachable')));
    start('start', true);
    await clock.advance(0);
    await reach(0, 'starting');
    await reach(0, 'offline');
    await clock.advance(0);
    await clock.advance(0);
    expect(outcomes()).toEqual(['failed', 'failed', 'sent']);
    expect(sent).toEqual(['start home/0', 'start home/2']);
  });

  it.each(['starting', 'stopping'] as const)(
    'waits at most five minutes for a server that stays %s',
    async (power) => {
      const { bulk, clock, outcomes, reach, sent, start, store } = bulkRig([running, running], 0);
      start('restart', true);
      await clock.advance(0);
      if (power === 'starting') await reach(0, power);
      else store.apply([{ kind: 'server-patched', serverId: at(0), patch: { power } }]);
      await clock.advance(comeUpMs - 1000);
      expect(outcomes()).toEqual(['sent', 'waiting']);
      await clock.advance(10_000);
      expect(outcomes()).toEqual(['failed', 'sent']);
      expect(sent).toHaveLength(2);
      expect(bulk.current?.items[0]?.problem?.message).toEqual(
        saying('The server was still not running after 5 minutes.'),
      );
      await reach(1, 'running');
      expect(bulk.current?.finishedAt).not.toBeNull();
    },
  );

  it('sends nothing after a cancellation, and can be ended while it waits', async () => {
    const { bulk, clock, outcomes, reach, sent, start } = bulkRig([offline, offline], 0);
    start('start', true);
    await clock.advance(0);
    bulk.cancel();
    expect(outcomes()).toEqual(['sent', 'cancelled']);
    await reach(0, 'running');
    await clock.advance(10_000);
    expect(sent).toEqual(['start home/0']);
    expect(bulk.current?.finishedAt).not.toBeNull();
  });

  it('does not wait while servers are stopped', async () => {
    const { bulk, clock, sent, start } = bulkRig([running, running], 0);
    start('stop', true);
    await clock.advance(0);
    expect(bulk.current?.waitsForEach).toBe(false);
    expect(sent).toEqual(['stop home/0', 'stop home/1']);
  });
});
