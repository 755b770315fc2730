import { describe, expect, it } from 'vitest';
import type { Usage } from '../../../bridge/schema/domain.js';
import { verbatim } from '../../../messages/messages.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import {
  aFleet,
  aPanelServer,
  aRecord,
  FakePanel,
  someResources,
} from '../../../tests/support/fleet-fakes.js';
import { saying } from '../../../tests/support/spoken-problem.js';

async function oneLive(power: 'running' | 'offline' = 'running') {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u0', { name: 'Lobby' })];
  const fleet = aFleet(panel);
  await fleet.live(power);
  const watched = fleet.fleet.server('home/u0');
  if (watched === null) throw new Error('The server is not watched.');
  return { ...fleet, watched, now: () => fleet.server('u0'), tell: fleet.session('u0').tell };
}

/** No server has a session. */
async function polledFleet() {
  const panel = new FakePanel();
  panel.list = Array.from({ length: 30 }, (_, index) => aPanelServer(`u${index}`));
  const fleet = aFleet(panel);
  fleet.pollOnly();
  fleet.fleet.start([aRecord()]);
  await fleet.clock.advance(10_000);
  const watched = fleet.fleet.server('home/u0');
  if (watched === null) throw new Error('The server is not watched.');
  return { ...fleet, watched, now: () => fleet.server('u0') };
}

describe('the reports of a session', () => {
  it('passes usage on at most four times a second, in the newest version', async () => {
    const { clock, store, tell, now } = await oneLive();
    const usages: (Usage | null)[] = [];
    store.listen(({ changes }) => {
      for (const change of changes) if (change.kind === 'usage') usages.push(change.usage);
    });
    for (let count = 0; count < 100; count++) {
      tell({ kind: 'usage', usage: { ...someResources().usage, cpuPercent: count } });
      await clock.advance(10);
    }
    await clock.advance(250);
    expect(usages.length).toBeLessThanOrEqual(5);
    expect(now().usage?.cpuPercent).toBe(99);
  });

  it('sets permissions from the token, which the list does not remove', async () => {
    const { clock, panel, tell, now } = await oneLive();
    tell({ kind: 'permissions', permissions: ['websocket.connect'] });
    expect(now().permissions).toEqual(['websocket.connect']);
    panel.list = [aPanelServer('u0', { isOwner: false })];
    await clock.advance(61_000);
    expect(now()).toMatchObject({ isOwner: false, permissions: ['websocket.connect'] });
  });

  it('causes a read of the server after a change that only the panel knows, and a second read while the change lasts', async () => {
    const { clock, panel, tell, now } = await oneLive();
    panel.list = [aPanelServer('u0', { condition: 'installing' })];
    tell({ kind: 'server-changed' });
    tell({ kind: 'server-changed' });
    await clock.advance(500);
    expect(now().condition).toBe('installing');
    expect(panel.count('server')).toBe(1);
    panel.list = [aPanelServer('u0')];
    await clock.advance(5000);
    expect(now().condition).toBe('normal');
  });

  it('leaves the session open during an installation', async () => {
    const { clock, panel, session, tell } = await oneLive();
    panel.list = [aPanelServer('u0', { condition: 'installing' })];
    tell({ kind: 'server-changed' });
    await clock.advance(2000);
    expect(session('u0').isStarted).toBe(true);
  });

  it('causes a read of the list if the server is gone, and a new session if the server still exists', async () => {
    const { clock, panel, opened, session, store, tell } = await oneLive();
    panel.list = [aPanelServer('u0', { node: 'Node 2' })];
    tell({ kind: 'deleted' });
    await clock.advance(5000);
    expect(opened).toHaveLength(2);
    expect(session('u0').server.node).toBe('Node 2');
    panel.list = [];
    session('u0').tell({ kind: 'deleted' });
    await clock.advance(5000);
    expect(store.state.servers.size).toBe(0);
  });

  it('causes a read of the list if the panel no longer knows the server', async () => {
    const { clock, panel, store, tell } = await oneLive();
    panel.list = [];
    tell({ kind: 'server-changed' });
    await clock.advance(5500);
    expect(store.state.servers.size).toBe(0);
  });

  it('opens again after growing pauses if a node repeats `deleted`', async () => {
    const { clock, panel, opened, session, now } = await oneLive();
    const lists = panel.count('servers');
    for (let count = 0; count < 400; count++) {
      if (session('u0').isStarted) session('u0').tell({ kind: 'deleted' });
      await clock.advance(150);
    }
    expect(opened.length).toBeLessThanOrEqual(5);
    expect(panel.count('servers') - lists).toBeLessThanOrEqual(12);
    expect(now().link).toMatchObject({ kind: 'reconnecting', problem: { code: 'not-found' } });
    const before = opened.length;
    await clock.advance(300_000);
    expect(opened).toHaveLength(before + 1);
  });

  it('opens at once if the user asks', async () => {
    const { clock, opened, tell, watched } = await oneLive();
    tell({ kind: 'deleted' });
    await watched.retry();
    await clock.advance(0);
    expect(opened).toHaveLength(2);
  });

  it('causes few reads of the server if a node constantly reports changes', async () => {
    const { clock, panel, tell } = await oneLive();
    for (let count = 0; count < 150; count++) {
      tell({ kind: 'server-changed' });
      await clock.advance(400);
    }
    expect(panel.count('server')).toBeGreaterThanOrEqual(10);
    expect(panel.count('server')).toBeLessThanOrEqual(13);
  });

  it('waits while windows are behind, also in a new session', async () => {
    const { clock, fleet, session, tell } = await oneLive();
    const listener = { snapshot: () => 0, lines: () => 0, link: () => 0, reset: () => 0 };
    fleet.consoles.watch('home/u0', listener);
    fleet.consoles.setBacklog('home/u0', 200_000);
    expect(session('u0').isPaused).toBe(true);
    const first = session('u0');
    tell({ kind: 'link', link: { kind: 'refused', problem: aProblem('forbidden') } });
    await fleet.server('home/u0')?.retry();
    await clock.advance(0);
    expect(session('u0')).not.toBe(first);
    expect(session('u0').isPaused).toBe(true);
    fleet.consoles.setBacklog('home/u0', 0);
    expect(session('u0').isPaused).toBe(false);
  });

  it('is ignored once the session is closed', async () => {
    const { clock, panel, tell, now } = await oneLive();
    panel.list = [aPanelServer('u0', { condition: 'suspended' })];
    await clock.advance(61_000);
    tell({ kind: 'power', power: 'running' });
    tell({ kind: 'link', link: { kind: 'live' } });
    expect(now()).toMatchObject({ power: null, link: { kind: 'none' } });
  });

  it('marks a crash until the server runs again', async () => {
    const { clock, tell, now } = await oneLive();
    tell({ kind: 'power', power: 'offline' });
    tell({ kind: 'crashed', crash: { exitCode: 137, outOfMemory: true } });
    await clock.advance(500);
    expect(now()).toMatchObject({
      crashedAt: clock.now() - 500,
      crash: { exitCode: 137, outOfMemory: true },
    });
    tell({ kind: 'power', power: 'starting' });
    expect(now().crashedAt).not.toBeNull();
    tell({ kind: 'power', power: 'running' });
    expect(now()).toMatchObject({ crashedAt: null, crash: null });
  });

  it('marks an end without a report as a crash, but not during an installation', async () => {
    const one = await oneLive();
    one.tell({ kind: 'power', power: 'offline' });
    const at = one.clock.now();
    await one.clock.advance(2000);
    expect(one.now()).toMatchObject({ crashedAt: at, crash: { exitCode: null } });

    const other = await oneLive();
    other.panel.list = [aPanelServer('u0', { condition: 'installing' })];
    other.tell({ kind: 'server-changed' });
    await other.clock.advance(500);
    other.tell({ kind: 'power', power: 'offline' });
    await other.clock.advance(3000);
    expect(other.now().crashedAt).toBeNull();
  });
});

describe('our own signals', () => {
  it('mark the server at once, until its state confirms them', async () => {
    const { clock, watched, tell, now } = await oneLive();
    watched.orders.signalSent('stop');
    expect(now().pending).toEqual({ signal: 'stop', since: clock.now() });
    tell({ kind: 'power', power: 'stopping' });
    await clock.advance(60_000);
    expect(now().pending).not.toBeNull();
    tell({ kind: 'power', power: 'offline' });
    expect(now()).toMatchObject({ pending: null, problem: null });
    await clock.advance(5000);
    expect(now().crashedAt).toBeNull();
  });

  it('show a problem if no state change comes within 15 s, for a minute or until a change', async () => {
    const { clock, watched, tell, now } = await oneLive('offline');
    watched.orders.signalSent('start');
    tell({ kind: 'signal-read' });
    await clock.advance(14_999);
    expect(now().pending).not.toBeNull();
    await clock.advance(1);
    expect(now()).toMatchObject({ pending: null, problem: { code: 'timeout' } });
    expect(now().problem?.message).toEqual(saying(/“Lobby”/));
    tell({ kind: 'power', power: 'starting' });
    expect(now().problem).toBeNull();
    tell({ kind: 'power', power: 'offline' });
    watched.orders.signalSent('start');
    tell({ kind: 'signal-read' });
    tell({ kind: 'notice', text: verbatim('No.'), about: 'signal' });
    await clock.advance(59_999);
    expect(now().problem).not.toBeNull();
    await clock.advance(1);
    expect(now().problem).toBeNull();
  });

  it('stay unconfirmed while the node does not show that it has read them', async () => {
    const { clock, watched, tell, now } = await oneLive();
    watched.orders.signalSent('stop');
    await clock.advance(1499);
    expect(now().pending).not.toHaveProperty('doubt');
    await clock.advance(1);
    expect(now().pending).toMatchObject({ signal: 'stop', doubt: 'unanswered' });
    tell({ kind: 'signal-read' });
    expect(now().pending).toMatchObject({ signal: 'stop' });
    expect(now().pending).not.toHaveProperty('doubt');
  });

  it("may have been carried out if the connection is lost, until the server's state shows the outcome", async () => {
    const { clock, watched, tell, now } = await oneLive();
    watched.orders.signalSent('stop');
    tell({ kind: 'unsure', sent: { kind: 'signal', signal: 'stop' } });
    tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 0, problem: null } });
    expect(now()).toMatchObject({
      pending: { signal: 'stop', doubt: 'lost' },
      problem: { maybeDone: true, message: saying(/“Lobby” was lost while Perch sent .*may have arrived/) },
    });
    await clock.advance(40_000);
    await watched.retry();
    expect(now().problem).toMatchObject({ maybeDone: true });
    tell({ kind: 'link', link: { kind: 'live' } });
    tell({ kind: 'power', power: 'offline' });
    expect(now()).toMatchObject({ power: 'offline', pending: null, problem: null });
  });

  it('are not reported as failed if the server shows no change afterwards, because the change may still follow', async () => {
    const { clock, watched, tell, now } = await oneLive();
    watched.orders.signalSent('stop');
    tell({ kind: 'unsure', sent: { kind: 'signal', signal: 'stop' } });
    tell({ kind: 'power', power: 'running' });
    await clock.advance(14_999);
    expect(now().problem?.message).toEqual(saying(/while Perch sent/));
    await clock.advance(1);
    expect(now()).toMatchObject({
      pending: null,
      problem: { maybeDone: true, message: saying(/has not reacted/), next: saying(/may still react/) },
    });
    tell({ kind: 'power', power: 'stopping' });
    expect(now().problem).toBeNull();
  });

  it('explain an end without `stopping`', async () => {
    const { clock, watched, tell, now } = await oneLive();
    watched.orders.signalSent('kill');
    tell({ kind: 'power', power: 'offline' });
    await clock.advance(5000);
    expect(now()).toMatchObject({ pending: null, crashedAt: null });
  });

  it('keep their outcome on the row, even while polls fail', async () => {
    const { clock, panel, watched, now } = await polledFleet();
    watched.orders.signalSent('stop');
    await clock.advance(50_000);
    expect(now()).toMatchObject({ pending: null, problem: { code: 'timeout' } });
    panel.problems.set('resources u0', aProblem('node-unreachable'));
    await clock.advance(31_000);
    expect(now()).toMatchObject({ power: null, problem: { code: 'timeout' } });
    panel.problems.clear();
    await clock.advance(30_000);
    expect(now()).toMatchObject({ power: 'running', problem: null });
  });

  it('end if the node reports an error for them', async () => {
    const { watched, tell, now } = await oneLive();
    watched.orders.signalSent('restart');
    tell({ kind: 'notice', text: verbatim('The node is still busy.'), about: 'signal' });
    expect(now()).toMatchObject({
      pending: null,
      problem: { code: 'conflict', message: saying('“Lobby”: The node is still busy.') },
    });
  });

  it('stay pending if the node reports an unrelated error', async () => {
    const { watched, tell, now } = await oneLive();
    watched.orders.signalSent('stop');
    tell({ kind: 'notice', text: verbatim('The node says: no.'), about: 'other' });
    expect(now()).toMatchObject({ pending: { signal: 'stop' }, problem: { code: 'conflict' } });
    tell({ kind: 'power', power: 'offline' });
    expect(now()).toMatchObject({ pending: null, problem: null });
  });

  it('leave the message about lost commands on the row when they are done', async () => {
    const { clock, watched, tell, now } = await oneLive();
    watched.orders.signalSent('stop');
    tell({ kind: 'notice', text: verbatim('A command was not sent.'), about: 'commands' });
    expect(watched.orders.commands.lostAt).toBe(clock.now());
    for (const power of ['stopping', 'offline'] as const) tell({ kind: 'power', power });
    expect(now()).toMatchObject({
      pending: null,
      problem: { code: 'conflict', message: saying('“Lobby”: A command was not sent.') },
    });
    await clock.advance(60_000);
    expect(now().problem).toBeNull();
  });

  it('end a crash when they are done', async () => {
    const { clock, watched, tell, now } = await oneLive();
    tell({ kind: 'power', power: 'offline' });
    tell({ kind: 'crashed', crash: { exitCode: 1, outOfMemory: false } });
    await clock.advance(500);
    watched.orders.signalSent('start');
    expect(now().crashedAt).not.toBeNull();
    tell({ kind: 'power', power: 'starting' });
    expect(now()).toMatchObject({ pending: null, crashedAt: null });
  });

  it("are followed by polls if there is no socket, timed for the panel's delay", async () => {
    const { clock, panel, watched, now } = await polledFleet();
    expect(now().power).toBe('running');
    const polls = panel.count('resources u0');
    watched.orders.signalSent('stop');
    await clock.advance(20_000);
    expect(panel.count('resources u0')).toBeGreaterThanOrEqual(polls + 3);
    expect(now().pending).not.toBeNull();
    panel.resourcesOf.set('u0', someResources({ power: 'offline' }));
    await clock.advance(10_000);
    expect(now()).toMatchObject({ pending: null, power: 'offline', problem: null, crashedAt: null });
  });

  it('end if the panel refuses them, and permissions are read again', async () => {
    const { clock, panel, watched, now } = await oneLive();
    watched.orders.signalSent('stop');
    watched.orders.signalFailed('stop', aProblem('forbidden'));
    expect(now()).toMatchObject({ pending: null, problem: null });
    await clock.advance(500);
    expect(panel.count('server u0')).toBe(1);
  });
});

describe('retry', () => {
  it('asks the panel and reopens a refused session', async () => {
    const { clock, panel, opened, watched, tell, now } = await oneLive();
    tell({ kind: 'link', link: { kind: 'refused', problem: aProblem('forbidden') } });
    await watched.retry();
    await clock.advance(0);
    expect(opened).toHaveLength(2);
    expect(now().link.kind).toBe('none');
    expect(panel.count('server u0')).toBe(1);
  });

  it("rejects with the panel's problem", async () => {
    const { panel, watched } = await oneLive();
    panel.problems.set('server u0', aProblem('panel-unreachable'));
    await expect(watched.retry()).rejects.toMatchObject({ problem: { code: 'panel-unreachable' } });
  });
});
