import { describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import { serverWord } from '../../../bridge/fleet/marks.js';
import { anAccount } from '../../../tests/support/entities.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { someResources } from '../../../tests/support/fleet-fakes.js';
import { saying } from '../../../tests/support/spoken-problem.js';
import { commandBlock } from '../../../renderer/console/command/command-block.js';
import { aWatchedServer } from '../../../tests/support/watched-server.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { sentence } from '../../../messages/messages.js';
import { RestartWatch } from './restart-watch.js';

/** Message that an owner gets (recorded with Wings 1.11). */
const unexplained = sentence('node.unexplained-signal', { signal: sentence('signals.name.restart') });

function restarting() {
  const rig = aWatchedServer();
  rig.live('running');
  rig.watcher.orders.signalSent('restart');
  rig.watcher.orders.signalGiven('restart');
  const { tell } = rig.session();
  return { ...rig, tell, since: () => rig.now()?.restartFailedAt ?? null };
}

describe('a restart that leaves the server down', () => {
  it('is known as soon as the node reports the failed start, and shows on the row until the server starts', async () => {
    const { clock, now, since, tell } = restarting();
    tell({ kind: 'power', power: 'stopping' });
    tell({ kind: 'power', power: 'offline' });
    await clock.advance(29_000);
    expect(since()).toBeNull();
    tell({ kind: 'notice', text: unexplained, about: 'signal' });
    expect(since()).toBe(clock.now());
    expect(now()).toMatchObject({ pending: null, power: 'offline' });
    await clock.advance(600_000);
    expect(now()?.problem?.message).toEqual(saying('“Lobby” stopped, but did not start again.'));
    tell({ kind: 'power', power: 'starting' });
    expect(now()).toMatchObject({ restartFailedAt: null, problem: null });
  });

  it('shows as a restart while the node may still start the server, and then as offline', async () => {
    const { clock, now, tell } = restarting();
    const said = (): unknown => {
      const server = now();
      return server && [serverWord(server), commandBlock(server)];
    };
    tell({ kind: 'power', power: 'stopping' });
    tell({ kind: 'power', power: 'offline' });
    for (let second = 0; second < 49; second++) {
      await clock.advance(1000);
      expect(now()?.problem).toBeNull();
      expect(said()).toEqual(['restarting', 'The server is restarting. You can send commands when it runs.']);
    }
    await clock.advance(1000);
    expect(said()).toEqual(['offline', 'The server is offline. Start it to send commands.']);
    expect(now()?.problem?.message).toEqual(saying('“Lobby” stopped, but did not start again.'));
  });

  it('names the panel as the cause if the panel does not answer', () => {
    const { now, store, tell } = restarting();
    const state = { kind: 'failed', problem: aProblem('panel-unreachable'), retryAt: 0 } as const;
    store.apply([{ kind: 'account-upserted', account: anAccount({ id: now()?.accountId ?? '', state }) }]);
    tell({ kind: 'power', power: 'offline' });
    tell({ kind: 'notice', text: unexplained, about: 'other' });
    expect(now()?.problem?.next).toEqual(sentence('actions.not-restarted-panel-next'));
  });

  it('is known after a while without a report', async () => {
    const { clock, since, tell } = restarting();
    tell({ kind: 'power', power: 'offline' });
    await clock.advance(49_999);
    expect(since()).toBeNull();
    await clock.advance(1);
    expect(since()).toBe(clock.now());
  });

  it('is over if a slow node starts the server after all, and a later stop by somebody is no failed restart', async () => {
    const { clock, since, tell } = restarting();
    tell({ kind: 'power', power: 'offline' });
    await clock.advance(40_000);
    tell({ kind: 'power', power: 'starting' });
    tell({ kind: 'power', power: 'running' });
    tell({ kind: 'power', power: 'offline' });
    tell({ kind: 'notice', text: unexplained, about: 'other' });
    await clock.advance(120_000);
    expect(since()).toBeNull();
  });

  it('is not reported if the user has sent another signal meanwhile', async () => {
    const { clock, since, tell, watcher } = restarting();
    tell({ kind: 'power', power: 'stopping' });
    watcher.orders.signalSent('kill');
    tell({ kind: 'power', power: 'offline' });
    await clock.advance(120_000);
    expect(since()).toBeNull();
  });

  it('is not reported if the restart only came during another power action', () => {
    const { since, tell } = restarting();
    tell({ kind: 'power', power: 'offline' });
    tell({ kind: 'notice', text: sentence('node.busy'), about: 'signal' });
    expect(since()).toBeNull();
  });

  it('is not reported for a server that was off, because that restart is a start', async () => {
    const rig = aWatchedServer();
    rig.live('offline');
    rig.watcher.orders.signalSent('restart');
    rig.session().tell({ kind: 'power', power: 'offline' });
    await rig.clock.advance(120_000);
    expect(rig.now()?.restartFailedAt ?? null).toBeNull();
  });

  it('is not reported if a younger process has shown the restart and somebody stops the server soon after', async () => {
    const { clock, now, since, tell } = restarting();
    await clock.advance(5000);
    tell({ kind: 'usage', usage: someResources({}, 2000).usage });
    expect(now()?.pending).toBeNull();
    tell({ kind: 'power', power: 'stopping' });
    tell({ kind: 'power', power: 'offline' });
    await clock.advance(120_000);
    expect(since()).toBeNull();
  });

  it('is not reported if the restart was refused and somebody stops the server soon after', async () => {
    const rig = aWatchedServer();
    rig.live('running');
    rig.watcher.orders.signalSent('restart');
    rig.watcher.orders.signalFailed('restart', aProblem('forbidden'));
    rig.session().tell({ kind: 'power', power: 'stopping' });
    rig.session().tell({ kind: 'power', power: 'offline' });
    await rig.clock.advance(120_000);
    expect(rig.now()?.restartFailedAt ?? null).toBeNull();
  });

  it.each<[string, Partial<Server>]>([
    ['crashed', { crashedAt: 0, crash: { exitCode: 1, outOfMemory: false } }],
    ['was off in the last run', { lastRun: { at: 0, state: 'offline', usage: null } }],
    ['crashed in the last run', { lastRun: { at: 0, state: 'crashed', usage: null } }],
  ])(
    'is not reported for a server with unknown state that %s, because no restart stopped it',
    async (_, fields) => {
      const rig = aWatchedServer(fields);
      rig.watcher.orders.signalSent('restart');
      rig.live('offline');
      await rig.clock.advance(120_000);
      expect(rig.now()?.restartFailedAt ?? null).toBeNull();
    },
  );

  it('is not reported for a server that was off before its state became unknown', async () => {
    const rig = aWatchedServer();
    rig.live('offline');
    rig.store.apply([{ kind: 'server-patched', serverId: rig.now()?.id ?? '', patch: { power: null } }]);
    rig.watcher.orders.signalSent('restart');
    rig.session().tell({ kind: 'power', power: 'offline' });
    await rig.clock.advance(120_000);
    expect(rig.now()?.restartFailedAt ?? null).toBeNull();
  });

  it('is reported for a server with unknown state that ran when last seen', async () => {
    const rig = aWatchedServer({ lastRun: { at: 0, state: 'running', usage: null } });
    rig.watcher.orders.signalSent('restart');
    rig.live('offline');
    await rig.clock.advance(120_000);
    expect(rig.now()?.restartFailedAt ?? null).not.toBeNull();
  });

  it('is not reported if the end was missed, the server runs again, and crashes later', async () => {
    const { clock, since, tell } = restarting();
    tell({ kind: 'power', power: 'stopping' });
    tell({ kind: 'power', power: 'running' });
    await clock.advance(20_000);
    tell({ kind: 'power', power: 'offline' });
    await clock.advance(120_000);
    expect(since()).toBeNull();
  });

  it('is not reported if the restart had no effect and the server crashes later', async () => {
    const { clock, since, tell } = restarting();
    await clock.advance(60_000);
    tell({ kind: 'power', power: 'offline' });
    await clock.advance(120_000);
    expect(since()).toBeNull();
  });

  it('is reported if the stop begins late, after Perch gave up waiting', async () => {
    const { clock, since, tell } = restarting();
    await clock.advance(60_000);
    tell({ kind: 'power', power: 'stopping' });
    tell({ kind: 'power', power: 'offline' });
    await clock.advance(50_000);
    expect(since()).toBe(clock.now());
  });

  it('is not reported if somebody stops the server minutes after a restart without effect', async () => {
    const { clock, since, tell } = restarting();
    await clock.advance(180_000);
    tell({ kind: 'power', power: 'stopping' });
    tell({ kind: 'power', power: 'offline' });
    await clock.advance(60_000);
    expect(since()).toBeNull();
  });
});

describe('RestartWatch', () => {
  function rig() {
    const clock = new FakeClock();
    const begun = clock.now();
    const failed: number[] = [];
    const watch = new RestartWatch(clock, () => void failed.push(clock.now() - begun));
    return { clock, failed, watch };
  }

  it('counts 50 s from the end, which a second report of the end does not prolong', async () => {
    const { clock, failed, watch } = rig();
    watch.sent('restart', 'running');
    watch.see('offline');
    await clock.advance(30_000);
    watch.see('offline');
    await clock.advance(100_000);
    expect(failed).toEqual([50_000]);
    expect(watch.nodeFailed()).toBe(false);
  });

  it.each(['stop', 'kill', 'start'] as const)(
    'does not watch a %s, which also ends a restart',
    async (other) => {
      const { clock, failed, watch } = rig();
      watch.sent(other, 'running');
      watch.see('offline');
      await clock.advance(100_000);
      watch.sent('restart', 'running');
      watch.see('offline');
      watch.sent(other, 'offline');
      await clock.advance(100_000);
      expect(failed).toEqual([]);
      expect(clock.pending).toBe(0);
    },
  );

  it('takes the error of the node for the failed start only after the end', () => {
    const { clock, failed, watch } = rig();
    expect(watch.nodeFailed()).toBe(false);
    watch.sent('restart', 'running');
    expect(watch.nodeFailed()).toBe(false);
    watch.see('stopping');
    expect(watch.nodeFailed()).toBe(false);
    watch.see('offline');
    expect(watch.nodeFailed()).toBe(true);
    expect(failed).toEqual([0]);
    expect(clock.pending).toBe(0);
  });

  it.each(['stopping', 'offline'] as const)(
    'continues if the signal is over after the state %s',
    async (seen) => {
      const { clock, failed, watch } = rig();
      for (const isOver of ['done', 'gaveUp'] as const) {
        watch.sent('restart', 'running');
        watch.see(seen);
        watch[isOver]();
        if (seen === 'stopping') watch.see('offline');
        await clock.advance(50_000);
      }
      expect(failed).toEqual([50_000, 100_000]);
    },
  );

  it.each(['starting', 'running'] as const)(
    'is over with the state %s after the stop began',
    async (seen) => {
      const { clock, failed, watch } = rig();
      for (const before of ['stopping', 'offline'] as const) {
        watch.sent('restart', 'running');
        watch.see(before);
        watch.see(seen);
        expect(watch.nodeFailed()).toBe(false);
        watch.see('offline');
        await clock.advance(100_000);
      }
      expect(failed).toEqual([]);
    },
  );

  it('is over with a start that follows at once, and continues while the old process runs', async () => {
    const { clock, failed, watch } = rig();
    watch.sent('restart', 'running');
    watch.see('starting');
    watch.see('offline');
    await clock.advance(100_000);
    expect(failed).toEqual([]);
    watch.sent('restart', 'running');
    watch.see('running');
    watch.see('offline');
    await clock.advance(100_000);
    expect(failed).toEqual([150_000]);
  });

  it.each([
    [120_000, [170_000]],
    [120_001, []],
  ])('explains a stop that begins %i ms after the signal: %j', async (ms, fails) => {
    const { clock, failed, watch } = rig();
    watch.sent('restart', 'running');
    await clock.advance(ms);
    watch.see('stopping');
    watch.see('offline');
    await clock.advance(100_000);
    expect(failed).toEqual(fails);
  });

  it('does not explain an unannounced end once Perch gave up', async () => {
    const { clock, failed, watch } = rig();
    watch.sent('restart', 'running');
    watch.gaveUp();
    watch.see('offline');
    await clock.advance(100_000);
    expect(failed).toEqual([]);
  });

  it('does not explain a stop after the restart is done', async () => {
    const { clock, failed, watch } = rig();
    watch.sent('restart', 'running');
    watch.done();
    watch.gaveUp();
    watch.see('stopping');
    watch.see('offline');
    await clock.advance(100_000);
    expect(failed).toEqual([]);
  });

  it('forgets the restart and the last state when it stops', async () => {
    const { clock, failed, watch } = rig();
    watch.sent('restart', 'running');
    watch.see('offline');
    watch.stop();
    expect(clock.pending).toBe(0);
    watch.see('stopping');
    watch.see('offline');
    watch.sent('restart', null);
    watch.see('offline');
    await clock.advance(100_000);
    expect(failed).toEqual([]);
    watch.stop();
    watch.sent('restart', null);
    watch.see('offline');
    await clock.advance(100_000);
    expect(failed).toEqual([150_000]);
  });
});
