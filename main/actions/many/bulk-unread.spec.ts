import { describe, expect, it } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import { at, bulkRig, offline, running } from '../../../tests/support/bulk-rig.js';
import { anAccount } from '../../../tests/support/entities.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { saying } from '../../../tests/support/spoken-problem.js';

const unread = { power: null } as const;

describe('servers of a bulk action that nobody has seen', () => {
  it('are read first, and an offline server is not started by a restart', async () => {
    const { bulk, clock, looked, outcomes, read, sent, start } = bulkRig([unread, unread, running], 0);
    read.set(at(0), 'offline');
    read.set(at(1), 'running');
    start('restart');
    await clock.advance(10);
    expect(looked).toEqual([0, 1, 2].map(at));
    expect(sent).toEqual(['restart home/1', 'restart home/2']);
    expect(outcomes()).toEqual(['skipped', 'sent', 'sent']);
    expect(bulk.current?.items[0]?.problem?.message).toEqual(saying('The server is offline.'));
  });

  it.each([
    ['start', 'running'],
    ['stop', 'offline'],
    ['kill', 'offline'],
  ] as const)('get no %s if they turn out to be %s', async (signal, power) => {
    const { clock, outcomes, read, sent, start } = bulkRig([unread]);
    read.set(at(0), power);
    start(signal);
    await clock.advance(10);
    expect([outcomes(), sent]).toEqual([['skipped'], []]);
  });

  it('are left out if they cannot be read, with the reason, and the others continue', async () => {
    const { bulk, clock, outcomes, read, sent, start } = bulkRig([unread, unread, running], 0);
    read.set(at(0), new PerchError(aProblem('node-unreachable')));
    start('kill');
    await clock.advance(10);
    expect(sent).toEqual(['kill home/2']);
    expect(outcomes()).toEqual(['skipped', 'skipped', 'sent']);
    const items = bulk.current?.items ?? [];
    expect(items[0]?.problem).toMatchObject({
      code: 'node-unreachable',
      message: { id: 'actions.state-unread-why', values: { why: aProblem('node-unreachable').message } },
    });
    expect(items[1]?.problem?.message).toEqual(saying('Left out: Perch does not know whether it runs.'));
  });

  it('count by their state at their turn', async () => {
    const { clock, outcomes, read, sent, start } = bulkRig([running, running]);
    read.set(at(1), 'offline');
    start('restart');
    await clock.advance(2000);
    expect([sent, outcomes()]).toEqual([['restart home/0'], ['sent', 'skipped']]);
  });

  it('wait while the panel pauses, and none is lost', async () => {
    const { clock, outcomes, read, sent, start } = bulkRig([unread], 0);
    read.set(at(0), new PerchError(aProblem('rate-limited', { retryAt: clock.now() + 20_000 })));
    start('stop');
    await clock.advance(19_999);
    expect(outcomes()).toEqual(['waiting']);
    read.set(at(0), 'running');
    await clock.advance(1);
    expect(sent).toEqual(['stop home/0']);
  });

  it('get no signal if the user cancels while they are read', async () => {
    const { bulk, clock, outcomes, sent, start, store } = bulkRig([unread, offline]);
    store.listen(() => bulk.cancel());
    start('start');
    bulk.cancel();
    await clock.advance(5000);
    expect([outcomes(), sent]).toEqual([['cancelled', 'cancelled'], []]);
  });
});

describe('servers of a panel that does not answer', () => {
  const away = anAccount({
    state: { kind: 'failed', problem: aProblem('panel-unreachable'), retryAt: 0 },
  });

  it.each([
    ['start', offline],
    ['restart', running],
  ] as const)('are left out of a %s, because their node could not start them', async (signal, state) => {
    const { bulk, clock, outcomes, sent, start, store } = bulkRig(
      [state, { ...state, accountId: 'work' }],
      0,
    );
    store.apply([{ kind: 'account-upserted', account: away }]);
    start(signal);
    await clock.advance(10);
    expect([outcomes(), sent]).toEqual([['skipped', 'sent'], [`${signal} home/1`]]);
    expect(bulk.current?.items[0]?.problem?.message.id).toBe(`blocks.panel-away-${signal}`);
  });

  it('are stopped like any others', async () => {
    const { clock, outcomes, start, store } = bulkRig([running], 0);
    store.apply([{ kind: 'account-upserted', account: away }]);
    start('stop');
    await clock.advance(10);
    expect(outcomes()).toEqual(['sent']);
  });
});

describe('the signals of many', () => {
  it('wait for a turn each, and their panel pauses if the turn is far away', async () => {
    const { clock, noTurn, outcomes, sent, start, turns } = bulkRig(
      [running, { ...running, accountId: 'work' }],
      0,
    );
    noTurn.set(at(0), new PerchError(aProblem('rate-limited', { retryAt: clock.now() + 30_000 })));
    start('stop');
    await clock.advance(10);
    expect([turns, sent]).toEqual([[at(1)], ['stop home/1']]);
    expect(outcomes()).toEqual(['waiting', 'sent']);
    noTurn.clear();
    await clock.advance(30_000);
    expect(turns).toEqual([at(1), at(0)]);
    expect(outcomes()).toEqual(['sent', 'sent']);
  });
});
