import { describe, expect, it } from 'vitest';
import type { Change } from '../../bridge/fleet/changes.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, aRecord, FakePanel } from '../../tests/support/fleet-fakes.js';

/** `polled` = no server has a session. */
async function started(
  count: number,
  { polled = false, ...fields }: Parameters<typeof aPanelServer>[1] & { polled?: boolean } = {},
) {
  const panel = new FakePanel();
  panel.list = Array.from({ length: count }, (_, index) => aPanelServer(`u${index}`, fields));
  panel.limit = 720;
  const rig = aFleet(panel);
  if (polled) rig.pollOnly();
  rig.fleet.start([aRecord()]);
  await rig.clock.advance(10_000);
  const changes: Change[] = [];
  rig.store.listen((event) => changes.push(...event.changes));
  const account = () => rig.store.state.accounts.get('home');
  const watched = () => {
    const found = rig.fleet.server('home/u0');
    if (found === null) throw new Error('The server is not watched.');
    return found;
  };
  return { ...rig, account, changes, watched };
}

describe('the accounts of a fleet', () => {
  it('take a new name and keep all other fields', async () => {
    const { account, fleet } = await started(1);
    fleet.recordChanged(aRecord({ label: 'At home' }));
    fleet.recordChanged(aRecord({ id: 'unknown', label: 'Nothing' }));
    expect(account()).toMatchObject({ id: 'home', label: 'At home', state: { kind: 'ready' } });
    await fleet.retryAccount('home');
    expect(account()?.label).toBe('At home');
  });

  it('have the number of servers that the panel fails to show', async () => {
    const { account, fleet, panel } = await started(1);
    expect(account()).not.toHaveProperty('unreadServers');
    panel.unread = 2;
    await fleet.retryAccount('home');
    expect(account()?.unreadServers).toBe(2);
    panel.unread = 0;
    await fleet.retryAccount('home');
    expect(account()).not.toHaveProperty('unreadServers');
  });

  it('hold every server of the panel for an administrator who wants that', async () => {
    const { clock, fleet, panel, store } = await started(1);
    const all = Array.from({ length: 3 }, (_, index) => aPanelServer(`u${String(index)}`));
    panel.listOfAll = all;
    fleet.recordChanged(aRecord({ allServers: true }));
    await clock.advance(0);
    expect(store.state.servers.size).toBe(1);
    expect(panel.count('servers of all')).toBe(0);
    panel.user = { ...panel.user, isAdmin: true };
    fleet.addAccount(aRecord({ allServers: true }), panel.user);
    await clock.advance(0);
    expect(store.state.servers.size).toBe(3);
    // A former administrator gets an empty list of all servers, and then the list of their own.
    panel.listOfAll = [];
    await fleet.retryAccount('home');
    await clock.advance(10_000);
    expect(store.state.servers.size).toBe(1);
    panel.listOfAll = all;
    await fleet.retryAccount('home');
    expect(store.state.servers.size).toBe(3);
    fleet.recordChanged(aRecord({ allServers: false }));
    await clock.advance(0);
    expect(store.state.servers.size).toBe(1);
  });

  it('have the number of servers with an unknown form', async () => {
    const { account, fleet, panel } = await started(1);
    expect(account()).not.toHaveProperty('strangeServers');
    panel.strange = 1;
    await fleet.retryAccount('home');
    expect(account()?.strangeServers).toBe(1);
  });

  it('are found by their id, or not', async () => {
    const { account, fleet, panel } = await started(1);
    expect(fleet.panelOf('home')).toBe(panel);
    expect(fleet.account('home')).toBe(account());
    expect(fleet.account('unknown')).toBeNull();
    expect(fleet.server('unknown/u0')).toBeNull();
    expect(() => fleet.panelOf('unknown')).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'not-found' }) }),
    );
    await fleet.removeAccount('unknown');
    expect(account()).toBeDefined();
  });

  it('do not affect the servers of one another', async () => {
    const { changes, clock, fleet, panel, server, store } = await started(2);
    fleet.addAccount(aRecord({ id: 'work' }), panel.user);
    await clock.advance(70_000);
    expect(changes.filter(({ kind }) => kind === 'server-removed')).toEqual([]);
    expect(store.state.servers.size).toBe(4);
    const before = server('u0').link;
    fleet.addAccount(aRecord({ id: 'work' }), panel.user);
    expect(server('u0').link).toBe(before);
    await fleet.removeAccount('work');
    expect([...store.state.servers.keys()]).toEqual(['home/u0', 'home/u1']);
  });

  it('are loading while a failed one is read again, and not while all is well', async () => {
    const { account, changes, fleet, panel } = await started(1);
    await fleet.retryAccount('home');
    expect(changes).not.toContainEqual({
      kind: 'account-upserted',
      account: expect.objectContaining({ state: { kind: 'loading' } }),
    });
    panel.problems.set('servers', aProblem('panel-unreachable'));
    await expect(fleet.retryAccount('home')).rejects.toThrow();
    expect(account()?.state.kind).toBe('failed');
    const retrying = fleet.retryAccount('home').catch(() => undefined);
    expect(account()?.state).toEqual({ kind: 'loading' });
    await retrying;
  });

  it.each([null, 'panel-unreachable'] as const)('ignore an answer after their end (%s)', async (code) => {
    const { clock, fleet, panel, store } = aFleet();
    panel.list = [aPanelServer('u0')];
    if (code !== null) panel.problems.set('servers', aProblem(code));
    fleet.start([aRecord()]);
    const { state } = store;
    await fleet.stop();
    await clock.advance(600_000);
    expect(store.state).toBe(state);
    expect([panel.count('servers'), clock.pending]).toEqual([1, 0]);
  });

  it('read all servers again when the network is back', async () => {
    const { clock, fleet, opened, panel } = await started(30, { polled: true });
    fleet.consoles.watch('home/u0', {
      snapshot: () => undefined,
      lines: () => undefined,
      link: () => undefined,
      reset: () => undefined,
    });
    await clock.advance(0);
    const polls = panel.count('resources');
    const lists = panel.count('servers');
    fleet.onOnline();
    await clock.advance(8000);
    expect(opened.map(({ suspected }) => suspected)).toEqual([1]);
    expect(panel.count('servers') - lists).toBe(1);
    expect(panel.count('resources') - polls).toBeGreaterThanOrEqual(28);
  });
});

describe('conclusions from one server about its panel', () => {
  it('pauses all polls as long as the rate limit says', async () => {
    const { clock, panel } = await started(30, { polled: true });
    panel.problems.set('resources', aProblem('rate-limited', { retryAt: clock.now() + 35_000 }));
    const polls = panel.count('resources');
    await clock.advance(25_000);
    panel.problems.clear();
    await clock.advance(9999);
    expect(panel.count('resources')).toBe(polls + 1);
    await clock.advance(2000);
    expect(panel.count('resources')).toBeGreaterThan(polls + 5);
  });

  it('pauses all polls until the list is read if the rate limit names no time', async () => {
    const { clock, panel } = await started(30, { polled: true });
    panel.problems.set('resources', aProblem('rate-limited'));
    const polls = panel.count('resources');
    await clock.advance(25_000);
    panel.problems.clear();
    await clock.advance(20_000);
    expect(panel.count('resources')).toBe(polls + 1);
    await clock.advance(7000);
    expect(panel.count('resources')).toBeGreaterThan(polls + 5);
  });

  it('affects no other server if only its own token limit was used up', async () => {
    const { clock, fleet, panel, session } = await started(30, { polled: true });
    fleet.consoles.watch('home/u0', {
      snapshot: () => undefined,
      lines: () => undefined,
      link: () => undefined,
      reset: () => undefined,
    });
    await clock.advance(0);
    const retryAt = clock.now() + 600_000;
    const problem = aProblem('rate-limited', { retryAt, ofServer: true });
    const polls = panel.count('resources');
    session('u0').tell({ kind: 'link', link: { kind: 'reconnecting', retryAt, problem } });
    await clock.advance(30_000);
    expect(panel.count('resources')).toBeGreaterThan(polls + 5);
  });

  it('causes no reading of the list if only its node is silent', async () => {
    const { clock, panel, session } = await started(1);
    const lists = panel.count('servers');
    const problem = aProblem('node-unreachable');
    session('u0').tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 0, problem } });
    session('u0').tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 1, problem: null } });
    await clock.advance(20_000);
    expect(panel.count('servers')).toBe(lists);
  });

  it('is read with one request at a time, for this server only', async () => {
    const { clock, panel, store, watched } = await started(1);
    const lists = panel.count('servers');
    panel.list = [aPanelServer('u9', { identifier: 'u0' })];
    watched().reread.now();
    watched().reread.now();
    await clock.advance(0);
    expect(panel.count('server u0')).toBe(1);
    expect([...store.state.servers.keys()]).toEqual(['home/u0']);
    panel.problems.set('server u0', aProblem('forbidden'));
    watched().reread.now();
    await clock.advance(10_000);
    expect(panel.count('servers')).toBe(lists);
  });

  it('is dropped if its account was removed meanwhile', async () => {
    const { clock, fleet, panel, store, watched } = await started(1);
    panel.list = [aPanelServer('u0', { name: 'Renamed' })];
    watched().reread.now();
    await fleet.removeAccount('home');
    await clock.advance(60_000);
    expect(store.state.servers.size).toBe(0);
  });

  it('needs one request for its permissions, or another after a minute', async () => {
    const rig = aFleet();
    rig.panel.list = Array.from({ length: 30 }, (_, index) => aPanelServer(`u${index}`, { isOwner: false }));
    rig.panel.problems.set('server u3', aProblem('node-unreachable'));
    rig.pollOnly();
    rig.fleet.start([aRecord()]);
    await rig.clock.advance(59_000);
    expect([rig.panel.count('server u3'), rig.panel.count('server u4')]).toEqual([1, 1]);
    await rig.clock.advance(125_000);
    expect(rig.panel.count('server u3')).toBeGreaterThan(1);
    expect(rig.panel.count('server u4')).toBeLessThanOrEqual(1);
  });
});

describe('the consoles of a fleet', () => {
  it('begin with the link of their server, and end with it', async () => {
    const { clock, fleet, panel, session } = await started(1);
    session('u0').tell({ kind: 'link', link: { kind: 'live' } });
    const told: string[] = [];
    const listener = {
      snapshot: (_lines: unknown, { kind }: { kind: string }) => told.push(kind),
      lines: () => undefined,
      link: ({ kind }: { kind: string }) => told.push(kind),
      reset: () => undefined,
    };
    fleet.consoles.watch('home/u0', listener);
    expect(told).toEqual(['live']);
    panel.list = [];
    await clock.advance(61_000);
    expect(told).toEqual(['live', 'none']);
    fleet.consoles.watch('home/unknown', listener)();
    fleet.consoles.setBacklog('home/u0', 1_000_000);
    expect(told).toEqual(['live', 'none', 'none']);
  });
});
