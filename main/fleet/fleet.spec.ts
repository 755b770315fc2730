import { describe, expect, it } from 'vitest';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, aRecord, FakePanel, someResources } from '../../tests/support/fleet-fakes.js';

function panelWith(count: number): FakePanel {
  const panel = new FakePanel();
  panel.list = Array.from({ length: count }, (_, index) => aPanelServer(`u${index}`));
  return panel;
}

describe('an account', () => {
  it('is loading, then ready with its user and its servers', async () => {
    const { fleet, store, clock, server } = aFleet(panelWith(2));
    fleet.start([aRecord()]);
    expect(store.state.accounts.get('home')?.state.kind).toBe('loading');
    await clock.advance(0);
    expect(store.state.accounts.get('home')).toMatchObject({
      state: { kind: 'ready' },
      user: { username: 'olive' },
      label: 'panel.example.com',
    });
    expect(server('u1')).toMatchObject({
      id: 'home/u1',
      name: 'Server u1',
      power: null,
      link: { kind: 'none' },
    });
  });

  it('reads the list every minute and applies only differences, keeping live state', async () => {
    const fleet = aFleet(panelWith(3));
    await fleet.live();
    const before = fleet.server('u0');
    const untouched = fleet.server('u1');
    fleet.panel.list = [aPanelServer('u0', { name: 'Renamed' }), aPanelServer('u1'), aPanelServer('u3')];
    await fleet.clock.advance(60_000);
    expect(fleet.server('u0')).toEqual({ ...before, name: 'Renamed' });
    expect(fleet.server('u1')).toBe(untouched);
    expect(fleet.store.state.servers.has('home/u2')).toBe(false);
    expect(fleet.session('u2').isStarted).toBe(false);
    expect(fleet.session('u3').isStarted).toBe(true);
    expect(fleet.panel.count('servers')).toBe(2);
  });

  it('asks more often while a server is being installed', async () => {
    const { fleet, clock, panel } = aFleet(panelWith(1));
    panel.list = [aPanelServer('u0', { condition: 'installing' })];
    fleet.start([aRecord()]);
    await clock.advance(41_000);
    expect(panel.count('servers')).toBe(3);
  });

  it('fails with one problem and recovers without a click, with growing pauses', async () => {
    const fleet = aFleet(panelWith(2));
    await fleet.live();
    fleet.panel.problems.set('servers', aProblem('panel-unreachable'));
    await fleet.clock.advance(60_000);
    const account = () => fleet.store.state.accounts.get('home')?.state;
    expect(account()).toMatchObject({ kind: 'failed', problem: { code: 'panel-unreachable' } });
    expect([...fleet.store.state.servers.values()].map((server) => server.problem)).toEqual([null, null]);
    const asked = fleet.panel.count('servers');
    await fleet.clock.advance(1500 + 3000 + 6000);
    expect(fleet.panel.count('servers') - asked).toBe(3);
    fleet.panel.problems.clear();
    await fleet.clock.advance(12_000);
    expect(account()).toEqual({ kind: 'ready' });
    expect(fleet.server('u0').power).toBe('running');
  });

  it.each(['keychain-locked', 'keychain-silent', 'keychain-unavailable'] as const)(
    'continues when the keychain opens after %s, and reads nothing that does not wait for it',
    async (code) => {
      const { fleet, clock, panel, store } = aFleet(panelWith(1));
      panel.problems.set('account', aProblem(code));
      fleet.start([aRecord()]);
      await clock.advance(0);
      expect(store.state.accounts.get('home')?.state.kind).toBe('failed');
      panel.problems.clear();
      fleet.onKeychain();
      await clock.advance(0);
      expect(store.state.accounts.get('home')?.state.kind).toBe('ready');
      const asked = panel.asked.length;
      fleet.onKeychain();
      await clock.advance(0);
      expect(panel.asked).toHaveLength(asked);
    },
  );

  it('waits as long as the panel says', async () => {
    const { fleet, clock, panel, store } = aFleet(panelWith(1));
    panel.problems.set('servers', aProblem('rate-limited', { retryAt: clock.now() + 42_000 }));
    fleet.start([aRecord()]);
    await clock.advance(41_999);
    expect(store.state.accounts.get('home')?.state).toMatchObject({ retryAt: clock.now() + 1 });
    expect(panel.count('servers')).toBe(1);
    await clock.advance(1);
    expect(panel.count('servers')).toBe(2);
  });

  it('keeps a conflict of one server apart from the others, and reads that server again', async () => {
    const fleet = aFleet(panelWith(30));
    fleet.pollOnly();
    fleet.fleet.start([aRecord()]);
    fleet.panel.problems.set('resources u7', aProblem('conflict'));
    await fleet.clock.advance(8000);
    expect(fleet.store.state.accounts.get('home')?.state.kind).toBe('ready');
    expect(fleet.panel.count('server u7')).toBe(1);
    expect(fleet.server('u8').power).toBe('running');
    fleet.panel.problems.set('resources u8', aProblem('node-unreachable'));
    await fleet.clock.advance(31_000);
    expect(fleet.server('u8')).toMatchObject({ power: null, problem: { code: 'node-unreachable' } });
    expect(fleet.server('u9').problem).toBeNull();
    fleet.panel.problems.clear();
    await fleet.clock.advance(31_000);
    expect(fleet.server('u8')).toMatchObject({ power: 'running', problem: null });
  });

  it('asks for the list once when polls find the panel gone', async () => {
    const fleet = aFleet(panelWith(30));
    fleet.pollOnly();
    fleet.fleet.start([aRecord()]);
    await fleet.clock.advance(10_000);
    fleet.panel.problems.set('resources', aProblem('panel-unreachable'));
    fleet.panel.problems.set('servers', aProblem('panel-unreachable'));
    await fleet.clock.advance(30_000);
    expect(fleet.store.state.accounts.get('home')?.state.kind).toBe('failed');
    expect([...fleet.store.state.servers.values()].every((server) => server.problem === null)).toBe(true);
    const polls = fleet.panel.count('resources');
    await fleet.clock.advance(60_000);
    expect(fleet.panel.count('resources')).toBe(polls);
  });

  it('reads the list when a socket finds the panel gone, and opens no more sockets', async () => {
    const fleet = aFleet(panelWith(5));
    fleet.fleet.start([aRecord()]);
    await fleet.clock.advance(0);
    fleet.panel.problems.set('servers', aProblem('panel-unreachable'));
    const problem = aProblem('panel-unreachable');
    fleet.session('u0').tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 0, problem } });
    await fleet.clock.advance(100);
    expect(fleet.opened).toHaveLength(3);
    await fleet.fleet.retryAccount('home').catch(() => undefined);
    await fleet.clock.advance(1000);
    expect(fleet.opened).toHaveLength(3);
    const asked = fleet.panel.count('servers');
    fleet.panel.problems.clear();
    await fleet.fleet.retryAccount('home');
    fleet.panel.problems.set('servers', aProblem('panel-unreachable'));
    fleet.session('u1').tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 0, problem } });
    await fleet.clock.advance(5000);
    expect(fleet.panel.count('servers')).toBe(asked + 2);
    expect(fleet.store.state.accounts.get('home')?.state.kind).toBe('failed');
  });

  it('is gone with its servers, sessions and timers when it is removed', async () => {
    const fleet = aFleet(panelWith(2));
    await fleet.live();
    await fleet.fleet.removeAccount('home');
    expect(fleet.store.state.accounts.size + fleet.store.state.servers.size).toBe(0);
    expect(fleet.opened.some((session) => session.isStarted)).toBe(false);
    expect(fleet.panel.isClosed).toBe(true);
    expect(fleet.clock.pending).toBe(0);
  });

  it('keeps its servers when it is added again with another key', async () => {
    const fleet = aFleet(panelWith(2));
    await fleet.live();
    const first = fleet.session('u0');
    fleet.panel.list.pop();
    fleet.fleet.addAccount(aRecord(), fleet.panel.user);
    expect(first.isStarted).toBe(false);
    expect(fleet.server('u0').link).toEqual({ kind: 'none' });
    await fleet.clock.advance(1000);
    expect(fleet.session('u0')).not.toBe(first);
    expect(fleet.session('u0').isStarted).toBe(true);
    expect(fleet.store.state.servers.size).toBe(1);
  });
});

describe('who gets a session', () => {
  it('opens sessions one after the other', async () => {
    const { fleet, clock, opened } = aFleet(panelWith(3));
    fleet.start([aRecord()]);
    await clock.advance(0);
    expect(opened).toHaveLength(1);
    await clock.advance(60);
    expect(opened).toHaveLength(2);
    await clock.advance(60);
    expect(opened).toHaveLength(3);
  });

  it('opens none for a suspended server until the list clears it', async () => {
    const { fleet, clock, panel, opened } = aFleet(panelWith(1));
    panel.list = [aPanelServer('u0', { condition: 'suspended' })];
    fleet.start([aRecord()]);
    await clock.advance(59_000);
    expect(opened).toHaveLength(0);
    expect(panel.count('resources')).toBe(0);
    panel.list = [aPanelServer('u0')];
    await clock.advance(2000);
    expect(opened).toHaveLength(1);
  });

  it('ends the session of a server that gets suspended, and forgets its state', async () => {
    const fleet = aFleet(panelWith(1));
    await fleet.live();
    fleet.session('u0').tell({ kind: 'usage', usage: someResources().usage });
    fleet.panel.list = [aPanelServer('u0', { condition: 'suspended' })];
    await fleet.clock.advance(61_000);
    expect(fleet.session('u0').isStarted).toBe(false);
    expect(fleet.server('u0')).toMatchObject({ power: null, usage: null, link: { kind: 'none' } });
  });

  it('polls servers without a session within the budget, and opens the watched console', async () => {
    const fleet = aFleet(panelWith(100));
    fleet.pollOnly();
    fleet.fleet.start([aRecord()]);
    await fleet.clock.advance(59_000);
    expect(fleet.opened).toHaveLength(0);
    expect(fleet.panel.count('resources')).toBe(64);
    const remembered: number[] = [];
    const look = () =>
      fleet.fleet.consoles.watch('home/u5', {
        snapshot: (lines) => remembered.push(lines.length),
        lines: () => undefined,
        link: () => undefined,
        reset: () => undefined,
      });
    const end = look();
    await fleet.clock.advance(0);
    expect(fleet.session('u5').isStarted).toBe(true);
    fleet.session('u5').tell({ kind: 'lines', lines: [{ at: 1, source: 'server', text: 'hello' }] });
    end();
    await fleet.clock.advance(59_000);
    look()();
    await fleet.clock.advance(60_000);
    expect(fleet.session('u5').isStarted).toBe(false);
    look()();
    expect(remembered).toEqual([0, 1, 0]);
  });

  it('reads the permissions of polled servers once, from the panel', async () => {
    const fleet = aFleet();
    fleet.panel.list = Array.from({ length: 30 }, (_, index) =>
      aPanelServer(`u${index}`, { isOwner: false }),
    );
    fleet.pollOnly();
    fleet.fleet.start([aRecord()]);
    await fleet.clock.advance(0);
    expect(fleet.server('u3').permissions).toBeNull();
    fleet.panel.list = fleet.panel.list.map((server) => ({ ...server, permissions: ['control.start'] }));
    await fleet.clock.advance(59_900);
    expect(fleet.server('u3').permissions).toEqual(['control.start']);
    expect(fleet.panel.count('server')).toBe(30);
    await fleet.clock.advance(300_000);
    expect(fleet.panel.count('server')).toBe(30);
  });

  it('reopens a refused session when the panel describes the server differently', async () => {
    const fleet = aFleet(panelWith(1));
    await fleet.live();
    const first = fleet.session('u0');
    first.tell({ kind: 'link', link: { kind: 'refused', problem: aProblem('forbidden') } });
    await fleet.clock.advance(120_000);
    expect(fleet.panel.count('server u0')).toBe(1);
    expect(fleet.panel.count('resources u0')).toBeGreaterThan(2);
    expect(fleet.session('u0')).toBe(first);
    fleet.panel.list = [aPanelServer('u0', { permissions: ['websocket.connect'] })];
    await fleet.clock.advance(61_000);
    expect(fleet.session('u0')).not.toBe(first);
  });

  it.each(['forbidden', 'not-found'] as const)(
    'reopens a session that was refused as %s when the account recovers, or on request',
    async (code) => {
      const fleet = aFleet(panelWith(2));
      await fleet.live();
      const refuse = () =>
        fleet.session('u0').tell({ kind: 'link', link: { kind: 'refused', problem: aProblem(code) } });
      refuse();
      fleet.panel.problems.set('servers', aProblem('panel-unreachable'));
      await fleet.clock.advance(66_000);
      expect(fleet.opened).toHaveLength(2);
      fleet.panel.problems.clear();
      await fleet.clock.advance(60_000);
      expect(fleet.opened).toHaveLength(3);
      refuse();
      await fleet.fleet.retryAccount('home');
      await fleet.clock.advance(1000);
      expect(fleet.opened).toHaveLength(4);
      refuse();
      fleet.fleet.onResume();
      await fleet.clock.advance(1000);
      expect(fleet.opened).toHaveLength(5);
      expect(fleet.session('u1').suspected).toBe(1);
    },
  );

  it('suspects every socket and reads all state again after sleep', async () => {
    const fleet = aFleet(panelWith(2));
    await fleet.live();
    const asked = fleet.panel.count('servers');
    fleet.fleet.onResume();
    await fleet.clock.advance(0);
    expect(fleet.opened.map((session) => session.suspected)).toEqual([1, 1]);
    expect(fleet.panel.count('servers')).toBe(asked + 1);
  });

  it('ends without a session or a timer', async () => {
    const fleet = aFleet(panelWith(30));
    fleet.fleet.start([aRecord()]);
    await fleet.clock.advance(5000);
    await fleet.fleet.stop();
    expect(fleet.clock.pending).toBe(0);
    expect(fleet.panel.isClosed).toBe(true);
    const state = fleet.store.state;
    await fleet.clock.advance(120_000);
    expect(fleet.store.state).toBe(state);
  });
});
