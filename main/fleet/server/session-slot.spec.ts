import { describe, expect, it } from 'vitest';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aWatchedServer } from '../../../tests/support/watched-server.js';

describe('the place of a session', () => {
  it('holds one session at a time', () => {
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

  it('receives only the events of its current session', () => {
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

  it('passes calls on to its session, if any', async () => {
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

  it('stays empty for a while after the node reported `deleted`', async () => {
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

  it('counts an end as a crash only if seen on one uninterrupted socket', async () => {
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

  it('draws no conclusion from states before a socket is live again, as after sleep', async () => {
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

  it('waits for the lines with the details of an unobserved end', async () => {
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

  it('has the server read again if somebody else stops it, but not if the user does', async () => {
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

  it('has the server read again if its session is refused, but after no other link', async () => {
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
