import { describe, expect, it } from 'vitest';
import { verbatim } from '../../../messages/messages.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { someResources } from '../../../tests/support/fleet-fakes.js';
import { saying } from '../../../tests/support/spoken-problem.js';
import { aWatchedServer } from '../../../tests/support/watched-server.js';

describe('actions on a server', () => {
  it('goes through its session, and is not sent without a session', () => {
    const { live, panel, session, watcher } = aWatchedServer();
    expect(watcher.panel).toBe(panel);
    expect([watcher.session.sendPower('start'), watcher.session.sendCommand('list')]).toEqual([false, false]);
    live();
    expect([watcher.session.sendPower('stop'), watcher.session.sendCommand('list')]).toEqual([true, true]);
    expect(session().sent).toEqual(['stop', 'list']);
    session().accepts = false;
    expect([watcher.session.sendPower('stop'), watcher.session.sendCommand('list')]).toEqual([false, false]);
  });

  it('includes a stop word that the user types, once the server is stopping', () => {
    const { live, sent, session, watcher } = aWatchedServer();
    live();
    watcher.orders.commandSent('stop');
    expect(sent.of('home/u0')(0)).toEqual([]);
    session().tell({ kind: 'power', power: 'stopping' });
    expect(sent.of('home/u0')(0)).toMatchObject([{ signal: 'stop', actor: { kind: 'me' } }]);
  });

  it('needs no polls if a socket reports the state', async () => {
    const { asked, live, watcher } = aWatchedServer();
    live();
    watcher.orders.signalSent('stop');
    expect(asked).toEqual([]);
  });

  it.each([
    ['forbidden', 1],
    ['conflict', 1],
    ['not-found', 1],
    ['timeout', 0],
  ] as const)('causes a read of the server if refused as %s: %i', async (code, times) => {
    const { asked, clock, watcher } = aWatchedServer();
    watcher.reread.refused(aProblem(code));
    await clock.advance(60_000);
    expect(asked).toEqual(Array.from({ length: times }, () => 'read server'));
  });

  it('may read the server at once, and once more while its condition changes', async () => {
    const { asked, clock, watcher } = aWatchedServer({ condition: 'installing' });
    watcher.reread.now();
    await clock.advance(0);
    expect(asked).toEqual(['read server']);
    await clock.advance(5000);
    expect(asked).toEqual(['read server', 'read server']);
  });

  it('is a restart, which is done when the process is younger than the signal', async () => {
    const { clock, live, now, session, watcher } = aWatchedServer();
    live();
    watcher.orders.signalSent('restart');
    await clock.advance(5000);
    session().tell({ kind: 'usage', usage: someResources({}, 600_000).usage });
    expect(now()?.pending).not.toBeNull();
    session().tell({ kind: 'usage', usage: someResources({}, 2000).usage });
    expect(now()?.pending).toBeNull();
  });

  it.each([
    ['was running before', true],
    ['was never known', false],
  ])(
    'may have been carried out, which a state that is known again does not settle (%s)',
    (_what, isKnown) => {
      const { now, watcher } = aWatchedServer();
      const { sightings } = watcher;
      if (isKnown) sightings.polled(someResources());
      sightings.pollFailed(aProblem('node-unreachable'));
      watcher.orders.signalSent('restart');
      const problem = { ...aProblem('node-unreachable'), maybeDone: true };
      watcher.orders.signalUnsure('restart', problem);
      sightings.polled(someResources());
      expect(now()).toMatchObject({ power: 'running', problem, pending: { signal: 'restart' } });
      sightings.polled(someResources({ power: 'stopping' }));
      expect(now()).toMatchObject({ power: 'stopping', problem: null, pending: { signal: 'restart' } });
    },
  );

  it('leaves no problem of before once all knowledge about the process is dropped', () => {
    const { now, watcher } = aWatchedServer();
    watcher.sightings.polled(someResources({ power: 'offline' }));
    watcher.orders.signalSent('start');
    watcher.orders.signalFailed('start', aProblem('conflict'));
    watcher.orders.notice(verbatim('No.'), 'other');
    expect(now()?.problem).not.toBeNull();
    watcher.close(true);
    watcher.sightings.polled(someResources({ power: 'offline' }));
    expect(now()).toMatchObject({ power: 'offline', problem: null });
  });

  it.each(['restart', 'stop'] as const)('is a pending %s, which usage alone does not confirm', (signal) => {
    const { live, now, session, watcher } = aWatchedServer();
    live('running');
    watcher.orders.signalSent(signal);
    session().tell({ kind: 'power', power: 'stopping' });
    session().tell({ kind: 'usage', usage: someResources({}, 600_000).usage });
    expect(now()).toMatchObject({ power: 'stopping', pending: { signal } });
  });

  it('loses commands only if the session says so', () => {
    const { live, session, watcher } = aWatchedServer();
    live();
    session().tell({ kind: 'notice', text: verbatim('No.'), about: 'other' });
    expect(watcher.orders.commands.lostAt).toBe(-Infinity);
  });

  it("leaves a live session alone when the panel's description changes, and reopens a refused session", () => {
    const { live, opened, session, watcher } = aWatchedServer();
    live();
    watcher.factsChanged();
    expect(opened).toHaveLength(1);
    session().tell({ kind: 'link', link: { kind: 'refused', problem: aProblem('forbidden') } });
    expect(watcher.session.refusal).toMatchObject({ code: 'forbidden' });
    watcher.factsChanged();
    expect(opened).toHaveLength(2);
    expect(watcher.session.refusal).toBeNull();
  });
});

describe('knowledge about a server', () => {
  it('stays when its session ends, unless it is no longer valid', () => {
    const { live, now, session, watcher } = aWatchedServer();
    live('running');
    session().tell({ kind: 'usage', usage: someResources().usage });
    watcher.close();
    expect(now()).toMatchObject({ power: 'running', usage: someResources().usage, link: { kind: 'none' } });
    watcher.close(true);
    expect(now()).toMatchObject({ power: null, usage: null });
  });

  it('reaches the store if it differs, and not again', () => {
    const { live, session, store, watcher } = aWatchedServer();
    live('running');
    let told = 0;
    store.listen(() => (told += 1));
    session().tell({ kind: 'power', power: 'running' });
    session().tell({ kind: 'permissions', permissions: ['*'] });
    session().tell({ kind: 'link', link: { kind: 'live' } });
    expect(told).toBe(0);
    session().tell({ kind: 'power', power: 'stopping' });
    expect(told).toBe(1);
    watcher.close(true);
    // Link and state changed; there was no usage to clear.
    expect(told).toBe(3);
  });

  it('keeps the crash mark while the server stays down', async () => {
    const { clock, live, now, session } = aWatchedServer();
    live('running');
    session().tell({ kind: 'power', power: 'offline' });
    session().tell({ kind: 'crashed', crash: { exitCode: 1, outOfMemory: false } });
    await clock.advance(60_000);
    expect(now()).toMatchObject({ crashedAt: expect.any(Number), crash: { exitCode: 1 } });
  });

  it('names a full disk if a start has no effect and the node gives no reason', () => {
    const usage = { ...someResources().usage, diskBytes: 40 };
    const limits = { memoryBytes: null, diskBytes: 20, cpuPercent: null };
    const { live, now, session, watcher } = aWatchedServer({ usage, limits });
    live('offline');
    watcher.orders.signalSent('start');
    session().tell({ kind: 'notice', text: verbatim('The node did not carry it out.'), about: 'signal' });
    expect(now()?.pending).toBeNull();
    expect(now()?.problem).toMatchObject({
      code: 'conflict',
      message: saying('“Lobby” was not started: its disk is full.'),
    });
    watcher.orders.signalSent('kill');
    session().tell({ kind: 'notice', text: verbatim('The node did not carry it out.'), about: 'signal' });
    expect(now()?.problem?.message).toEqual(saying(/did not carry it out/));
  });

  it('leaves no timer behind', async () => {
    const { asked, clock, live, session, watcher } = aWatchedServer();
    live('running');
    session().tell({ kind: 'server-changed' });
    session().tell({ kind: 'usage', usage: someResources().usage });
    session().tell({ kind: 'usage', usage: someResources().usage });
    session().tell({ kind: 'notice', text: verbatim('No.'), about: 'other' });
    session().tell({ kind: 'crashed', crash: { exitCode: 1, outOfMemory: false } });
    session().tell({ kind: 'power', power: 'offline' });
    watcher.orders.signalSent('start');
    session().tell({ kind: 'notice', text: verbatim('No.'), about: 'other' });
    expect(clock.pending).toBeGreaterThan(3);
    watcher.stop();
    expect(clock.pending).toBe(0);
    await clock.advance(60_000);
    expect(asked).toEqual([]);
    expect(session().isStarted).toBe(false);
  });

  it('is gone once the server is removed, whatever events still arrive', async () => {
    const { clock, live, now, opened, remove, session, watcher } = aWatchedServer();
    live('running');
    remove();
    const { tell } = session();
    expect(() => {
      tell({ kind: 'usage', usage: someResources().usage });
      tell({ kind: 'power', power: 'offline' });
      tell({ kind: 'crashed', crash: { exitCode: 1, outOfMemory: false } });
      tell({ kind: 'notice', text: verbatim('No.'), about: 'other' });
      tell({ kind: 'permissions', permissions: [] });
      tell({ kind: 'link', link: { kind: 'connecting' } });
      tell({ kind: 'server-changed' });
      watcher.orders.signalSent('stop');
      watcher.close(true);
    }).not.toThrow();
    expect(watcher.session.refusal).toBeNull();
    watcher.session.open();
    expect(opened).toHaveLength(1);
    await clock.advance(120_000);
    expect(now()).toBeUndefined();
  });
});
