import { describe, expect, it } from 'vitest';
import { aProblem } from '../../../tests/support/fleet-fakes.js';
import { aWatchedServer } from '../../../tests/support/watched-server.js';

describe('the place of a session', () => {
  it('is taken by one at a time', () => {
    const { opened, session, watcher } = aWatchedServer();
    expect([watcher.session.hasSession, watcher.session.mayOpen]).toEqual([false, true]);
    watcher.session.open();
    watcher.session.open();
    expect(opened).toHaveLength(1);
    expect(session()).toMatchObject({ isStarted: true, isPaused: false });
    expect([watcher.session.hasSession, watcher.session.mayOpen]).toEqual([true, false]);
    watcher.close();
    expect([watcher.session.hasSession, watcher.session.mayOpen]).toEqual([false, true]);
  });

  it('hears only who has it', () => {
    const { live, now, opened, watcher } = aWatchedServer();
    live('running');
    watcher.close();
    watcher.session.open();
    opened[0]?.tell({ kind: 'power', power: 'offline' });
    opened[0]?.tell({ kind: 'link', link: { kind: 'live' } });
    expect(now()).toMatchObject({ power: 'running', link: { kind: 'none' } });
    opened[1]?.tell({ kind: 'power', power: 'stopping' });
    expect(now()?.power).toBe('stopping');
  });

  it('passes on what concerns its socket, where there is one', async () => {
    const { live, opened, session, watcher } = aWatchedServer();
    expect(() => {
      watcher.session.suspect();
      watcher.session.setPaused(true);
      watcher.factsChanged();
    }).not.toThrow();
    live();
    watcher.session.suspect();
    watcher.session.setPaused(true);
    expect(session()).toMatchObject({ suspected: 1, isPaused: true });
    await watcher.retry();
    expect(session()).toMatchObject({ suspected: 1, hurried: 1 });
    expect(opened).toHaveLength(1);
  });

  it('stays empty for a while after the node has said that the server is gone', async () => {
    const { asked, clock, live, now, opened, session, watcher } = aWatchedServer();
    live();
    session().tell({ kind: 'deleted' });
    const retryAt = clock.now() + 5000;
    expect(now()?.link).toMatchObject({ kind: 'reconnecting', retryAt, problem: { code: 'not-found' } });
    expect(asked).toEqual(['console reconnecting', 'link reconnecting', 'read list']);
    watcher.session.open();
    await clock.advance(4999);
    expect([watcher.session.mayOpen, opened.length]).toEqual([false, 1]);
    asked.length = 0;
    await clock.advance(1);
    expect(now()?.link).toEqual({ kind: 'none' });
    expect([watcher.session.mayOpen, opened.length]).toEqual([true, 1]);
    // The plan needs the second report, because it has waited although the link was `none` all along.
    expect(asked).toEqual(['console none', 'link none', 'link none']);
  });

  it('calls no end a crash that was not seen on one unbroken socket', async () => {
    const { clock, live, now, session } = aWatchedServer();
    live('running');
    session().tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 0, problem: null } });
    session().tell({ kind: 'link', link: { kind: 'live' } });
    session().tell({ kind: 'power', power: 'offline' });
    await clock.advance(10_000);
    expect(now()).toMatchObject({ power: 'offline', crash: { unseen: { what: 'offline' } } });
    session().tell({ kind: 'power', power: 'running' });
    session().tell({ kind: 'power', power: 'offline' });
    await clock.advance(10_000);
    expect(now()?.crash).toEqual({ exitCode: null, outOfMemory: false });
  });

  it('judges nothing by what a socket tells before it is live again, as after sleep', async () => {
    const { clock, live, now, session } = aWatchedServer();
    live('running');
    session().tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 0, problem: null } });
    await clock.advance(10_000);
    session().tell({ kind: 'power', power: 'running' });
    session().tell({ kind: 'link', link: { kind: 'live' } });
    session().tell({ kind: 'power', power: 'offline' });
    await clock.advance(10_000);
    const { from = 0, to = 0 } = now()?.crash?.unseen ?? {};
    expect(to - from).toBe(10_000);
  });

  it('waits for the lines that say more of an end that was not seen', async () => {
    const { clock, live, now, session } = aWatchedServer();
    live('running');
    session().tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 0, problem: null } });
    session().tell({ kind: 'link', link: { kind: 'live' } });
    session().tell({ kind: 'power', power: 'offline' });
    await clock.advance(1900);
    expect(now()?.crashedAt ?? null).toBeNull();
    session().tell({ kind: 'crashed', crash: { exitCode: 137, outOfMemory: true } });
    await clock.advance(10_000);
    expect(now()?.crash).toEqual({ exitCode: 137, outOfMemory: true });
  });

  it('has the server read again when somebody else stops it, and not when we do', async () => {
    const { asked, clock, live, session, watcher } = aWatchedServer();
    live('running');
    watcher.orders.signalSent('stop');
    session().tell({ kind: 'power', power: 'stopping' });
    session().tell({ kind: 'power', power: 'offline' });
    session().tell({ kind: 'power', power: 'running' });
    await clock.advance(1000);
    expect(asked).not.toContain('read server');
    session().tell({ kind: 'power', power: 'stopping' });
    session().tell({ kind: 'power', power: 'stopping' });
    await clock.advance(1000);
    expect(asked.filter((what) => what === 'read server')).toHaveLength(1);
  });

  it('has the server read again when its session is refused, and not for any other link', async () => {
    const { asked, clock, session, watcher } = aWatchedServer();
    watcher.session.open();
    for (const kind of ['connecting', 'live'] as const) session().tell({ kind: 'link', link: { kind } });
    await clock.advance(10_000);
    expect(asked).not.toContain('read server');
    session().tell({ kind: 'link', link: { kind: 'refused', problem: aProblem('forbidden') } });
    await clock.advance(500);
    expect(asked).toContain('read server');
  });
});
