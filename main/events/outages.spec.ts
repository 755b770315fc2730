import { describe, expect, it } from 'vitest';
import { newsKind } from '../../bridge/events/event-news.js';
import type { Link } from '../../bridge/schema/domain.js';
import type { Problem, ProblemCode } from '../../bridge/errors.js';
import { anEventsRig } from '../../tests/support/events-rig.js';
import { verbatim } from '../../messages/messages.js';

function aProblem(code: ProblemCode): Problem {
  return { code, message: verbatim(code), next: verbatim('') };
}

function failed(code: ProblemCode) {
  return { state: { kind: 'failed', problem: aProblem(code), retryAt: 0 } } as const;
}

const lost: Link = { kind: 'reconnecting', retryAt: 0, problem: aProblem('node-unreachable') };

describe('A panel that does not answer', () => {
  it.each([
    ['panel-unreachable', 'panel-unreachable', 180_000],
    ['timeout', 'panel-unreachable', 180_000],
    ['panel-error', 'panel-unreachable', 180_000],
    ['unauthorized', 'key-refused', 15_000],
    ['tls-untrusted', 'certificate', 120_000],
  ] as const)('%s is logged as %s once it has lasted, from its begin to its end', async (code, kind, ms) => {
    const { clock, log, tell } = anEventsRig();
    tell();
    const at = clock.wall();
    tell(failed(code));
    await clock.advance(ms - 1000);
    tell(failed(code));
    expect(log.recent).toEqual([]);
    await clock.advance(1000);
    expect(log.recent).toMatchObject([{ at, endedAt: null, serverId: null, what: { kind } }]);
    await clock.advance(60_000);
    tell();
    expect(log.recent).toMatchObject([{ at, endedAt: clock.wall(), what: { kind } }]);
  });

  it.each(['rate-limited', 'offline', 'keychain-locked', 'keychain-unavailable', 'keychain-silent'] as const)(
    '%s is not logged',
    async (code) => {
      const { clock, log, tell } = anEventsRig();
      tell();
      tell(failed(code));
      await clock.advance(3_600_000);
      expect(log.recent).toEqual([]);
    },
  );

  it('for an update of two minutes or a night of sleep has no outage', async () => {
    const { clock, log, tell } = anEventsRig();
    tell();
    tell(failed('panel-unreachable'));
    await clock.advance(120_000);
    tell();
    tell(failed('panel-unreachable'));
    await clock.advance(100_000);
    clock.sleep(8 * 3_600_000);
    await clock.advance(10_000);
    tell();
    await clock.advance(600_000);
    expect(log.recent).toEqual([]);
  });

  it('an outage that turns into another ends, and the other begins', async () => {
    const { clock, log, tell } = anEventsRig();
    tell(failed('panel-unreachable'));
    await clock.advance(200_000);
    tell(failed('unauthorized'));
    await clock.advance(200_000);
    expect(log.recent.map(({ what, endedAt }) => [what.kind, endedAt === null])).toEqual([
      ['panel-unreachable', false],
      ['key-refused', true],
    ]);
  });

  it.each(['unauthorized', 'tls-untrusted'] as const)(
    'counts as seen if it showed %s since the start, so a later outage gets an alert',
    async (code) => {
      const { clock, log, tell } = anEventsRig();
      tell(failed(code));
      await clock.advance(130_000);
      tell(failed('panel-unreachable'));
      await clock.advance(200_000);
      expect(log.recent.at(-1)?.what).toEqual({ kind: 'panel-unreachable', isFromStart: false });
    },
  );

  it('an outage begins at the first sight, even if another problem shows for a moment before the event is logged', async () => {
    const { clock, log, tell } = anEventsRig();
    tell();
    const at = clock.wall();
    tell(failed('panel-unreachable'));
    await clock.advance(60_000);
    tell(failed('rate-limited'));
    await clock.advance(10_000);
    tell(failed('panel-unreachable'));
    await clock.advance(200_000);
    expect(log.recent).toMatchObject([{ at, endedAt: null, what: { kind: 'panel-unreachable' } }]);
  });

  it.each(['unauthorized', 'keychain-locked', 'offline'] as const)(
    'an outage lasts while the panel shows %s for a moment, until the panel answers',
    async (code) => {
      const { clock, log, tell } = anEventsRig();
      tell(failed('panel-unreachable'));
      await clock.advance(200_000);
      tell(failed(code));
      await clock.advance(60_000);
      tell(failed('panel-unreachable'));
      await clock.advance(200_000);
      expect(log.recent).toMatchObject([{ what: { kind: 'panel-unreachable' }, endedAt: null }]);
      tell();
      expect(log.recent).toMatchObject([{ endedAt: clock.wall() }]);
    },
  );
});

describe('A node that does not answer', () => {
  it('gets one event for all of its servers, after a minute', async () => {
    const { clock, log, tell, addServer, patch } = anEventsRig();
    const ids = Array.from({ length: 20 }, () => addServer({ link: { kind: 'live' }, power: 'running' }));
    const other = addServer({ node: 'Node 2', link: { kind: 'live' } });
    tell();
    await clock.advance(1000);
    for (const id of ids) patch(id, { link: lost });
    patch(other, { link: { kind: 'live' } });
    await clock.advance(55_000);
    expect(log.recent).toEqual([]);
    await clock.advance(10_000);
    const what = { kind: 'node-unreachable', node: 'Node 1', servers: 20 };
    expect(log.recent).toMatchObject([{ endedAt: null, what }]);
    expect(log.recent[0]?.what).toEqual(what);
    patch(ids[3] ?? '', { link: { kind: 'live' } });
    await clock.advance(1000);
    expect(log.recent).toMatchObject([{ endedAt: clock.wall(), what }]);
  });

  it('gets an event without an alert if it has not answered since the start', async () => {
    const { clock, log, tell, addServer } = anEventsRig();
    addServer({ power: null, problem: aProblem('node-unreachable') });
    tell();
    await clock.advance(65_000);
    expect(log.recent).toMatchObject([{ endedAt: null, what: { isFromStart: true } }]);
    expect(log.recent.map(newsKind)).toEqual([null]);
  });

  it('is detected by polls as well', async () => {
    const { clock, log, tell, addServer, patch } = anEventsRig();
    const id = addServer({ power: 'running' });
    tell();
    patch(id, { power: null, problem: aProblem('node-unreachable') });
    await clock.advance(65_000);
    expect(log.recent).toHaveLength(1);
    patch(id, { power: 'running', problem: null });
    await clock.advance(1000);
    expect(log.recent[0]?.endedAt).toBe(clock.wall());
  });

  it('is away from begin to end, even if its panel fails and returns meanwhile', async () => {
    const { clock, log, tell, addServer, patch } = anEventsRig();
    const id = addServer({ link: { kind: 'live' } });
    tell();
    await clock.advance(1000);
    patch(id, { link: lost });
    await clock.advance(1000);
    const at = clock.wall();
    await clock.advance(30_000);
    tell(failed('panel-unreachable'));
    await clock.advance(60_000);
    tell();
    await clock.advance(65_000);
    expect(log.recent).toMatchObject([{ at, endedAt: null, what: { kind: 'node-unreachable' } }]);
    // The connection itself reports the node's return, even while the panel is away again.
    tell(failed('panel-unreachable'));
    patch(id, { link: { kind: 'live' } });
    await clock.advance(1000);
    const endedAt = clock.wall();
    await clock.advance(60_000);
    tell();
    await clock.advance(1000);
    expect(log.recent).toMatchObject([{ at, endedAt, what: { kind: 'node-unreachable' } }]);
  });

  it('is judged without suspended servers, whose rows nobody watches', async () => {
    const { clock, log, tell, addServer, patch } = anEventsRig();
    const silent = aProblem('node-unreachable');
    addServer({ node: 'Node 1', condition: 'suspended', power: null, problem: silent });
    addServer({ node: 'Node 2', condition: 'suspended', link: { kind: 'live' } });
    const other = addServer({ node: 'Node 2', link: { kind: 'live' } });
    tell();
    await clock.advance(120_000);
    expect(log.recent).toEqual([]);
    patch(other, { link: lost });
    await clock.advance(120_000);
    expect(log.recent.map(({ what }) => what)).toEqual([
      { kind: 'node-unreachable', node: 'Node 2', servers: 2 },
    ]);
  });

  it('is not to blame if only one server fails, or if the panel is away as well', async () => {
    const { clock, log, tell, addServer, patch } = anEventsRig();
    const [first, second] = [addServer({ link: { kind: 'live' } }), addServer({ link: { kind: 'live' } })];
    tell();
    patch(first, { link: lost });
    await clock.advance(120_000);
    patch(second, { link: lost });
    await clock.advance(30_000);
    tell(failed('offline'));
    await clock.advance(600_000);
    expect(log.recent).toEqual([]);
  });
});

describe('Servers that come and go', () => {
  it('are logged once the panel was read', () => {
    const { log, store, tell, addServer } = anEventsRig();
    const first = addServer();
    tell();
    const second = addServer();
    store.apply([{ kind: 'server-removed', serverId: first }]);
    expect(log.recent.map(({ serverId, what }) => [serverId, what.kind])).toEqual([
      [second, 'added'],
      [first, 'removed'],
    ]);
  });

  it('are not logged if the user asks for another list', () => {
    const { log, store, tell, addServer } = anEventsRig();
    const first = addServer();
    tell();
    tell({ state: { kind: 'loading' }, allServers: true });
    addServer();
    store.apply([{ kind: 'server-removed', serverId: first }]);
    tell({ allServers: true });
    expect(log.recent).toEqual([]);
  });

  it('are not logged if the setting changes before the other list is requested', () => {
    const { log, store, tell, addServer } = anEventsRig();
    addServer();
    tell();
    const { state } = store.state.accounts.get('home') ?? {};
    tell({ allServers: true, ...(state === undefined ? {} : { state }) });
    addServer();
    tell({ allServers: true });
    expect(log.recent).toEqual([]);
    addServer();
    expect(log.recent.map(({ what }) => what.kind)).toEqual(['added']);
  });

  it('are logged after the account got another label', () => {
    const { log, store, tell, addServer } = anEventsRig();
    tell();
    const account = store.state.accounts.get('home');
    if (account === undefined) throw new Error('The account is missing.');
    store.apply([{ kind: 'account-upserted', account: { ...account, label: 'Renamed' } }]);
    addServer();
    expect(log.recent.map(({ what }) => what.kind)).toEqual(['added']);
  });

  it('end their lasting events when removed; a removed panel loses all of its events', () => {
    const { log, store, tell, addServer, patch } = anEventsRig();
    const id = addServer();
    tell();
    patch(id, { condition: 'suspended' });
    expect(log.lastingOf(id)).toHaveLength(1);
    store.apply([{ kind: 'server-removed', serverId: id }]);
    expect(log.lastingOf(id)).toEqual([]);
    store.apply([{ kind: 'account-removed', accountId: 'home' }]);
    expect(log.recent).toEqual([]);
  });
});

describe('Reports of a server during an outage of the panel', () => {
  it.each([
    [['installing', 'normal'], ['installed']],
    [['installing', 'install-failed'], ['install-failed']],
    [
      ['installing', 'reinstall-blocked', 'installing', 'normal'],
      ['install-failed', 'installed'],
    ],
    [['restoring', 'normal'], ['restored']],
    [['suspended', 'normal'], ['suspended']],
    [['transferring', 'normal', 'maintenance', 'normal'], []],
    [['installing', 'maintenance', 'normal'], []],
  ] as const)('%s', async (conditions, kinds) => {
    const { clock, log, addServer, patch } = anEventsRig();
    const id = addServer();
    for (const condition of conditions) patch(id, { condition });
    await clock.advance(15_000);
    expect(log.recent.map(({ what }) => what.kind)).toEqual(kinds);
    expect(log.lastingOf(id)).toEqual([]);
  });

  it('a failed installation is not logged as a success while the panel still shows the server as usable', async () => {
    const { clock, log, addServer, patch } = anEventsRig();
    const id = addServer({ condition: 'installing' });
    patch(id, { condition: 'normal' });
    await clock.advance(6000);
    patch(id, { condition: 'reinstall-blocked' });
    await clock.advance(60_000);
    expect(log.recent.map(({ what }) => what.kind)).toEqual(['install-failed']);
  });

  it('an installation is logged although the server changes in other ways meanwhile', async () => {
    const { clock, log, addServer, patch } = anEventsRig();
    const id = addServer({ condition: 'installing' });
    patch(id, { condition: 'normal' });
    await clock.advance(5000);
    patch(id, { power: 'offline' });
    await clock.advance(10_000);
    expect(log.recent.map(({ what }) => what.kind)).toEqual(['installed']);
  });

  it('an installation is not logged after the stop', async () => {
    const { clock, log, events, addServer, patch } = anEventsRig();
    const id = addServer({ condition: 'installing' });
    patch(id, { condition: 'normal' });
    events.stop();
    await clock.advance(60_000);
    expect(log.recent).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('an installation is logged with the time of its end', async () => {
    const { clock, log, addServer, patch } = anEventsRig();
    const id = addServer({ condition: 'installing' });
    patch(id, { condition: 'normal' });
    const at = clock.wall();
    await clock.advance(20_000);
    expect(log.recent).toMatchObject([{ at, what: { kind: 'installed' } }]);
  });

  it('a transfer names both nodes', () => {
    const { log, addServer } = anEventsRig();
    const id = addServer();
    addServer({ id, node: 'Node 7' });
    expect(log.recent.map(({ what }) => what)).toEqual([
      { kind: 'transferred', from: 'Node 1', to: 'Node 7' },
    ]);
  });
});
