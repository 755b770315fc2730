import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { someResources } from '../../../tests/support/fleet-fakes.js';
import { handshakeFailure } from '../../wings/failures.js';
import { aWatchedServer } from '../../../tests/support/watched-server.js';

describe('polls of a server', () => {
  it('is its state and its usage, without another request', async () => {
    const { asked, clock, now, watcher } = aWatchedServer();
    watcher.sightings.polled(someResources());
    expect(now()).toMatchObject({ power: 'running', usage: someResources().usage, problem: null });
    await clock.advance(60_000);
    expect(asked).toEqual([]);
  });

  it('keeps the time since when the server is stopping, also after a failed poll, until it stops no more', async () => {
    const { clock, now, watcher } = aWatchedServer();
    watcher.sightings.polled(someResources());
    expect(now()?.stoppingSince ?? null).toBeNull();
    watcher.sightings.polled(someResources({ power: 'stopping' }));
    const since = clock.now();
    await clock.advance(5000);
    watcher.sightings.pollFailed(aProblem('node-unreachable'));
    watcher.sightings.polled(someResources({ power: 'stopping' }));
    expect(now()).toMatchObject({ power: 'stopping', stoppingSince: since });
    watcher.sightings.polled(someResources({ power: 'offline' }));
    expect(now()).toMatchObject({ power: 'offline', stoppingSince: null });
  });

  it("becomes old, not unknown, in a pause for the panel's rate limit, until the next sighting or the end of the pause", async () => {
    const { clock, live, now, resting, session, watcher } = aWatchedServer();
    live('running');
    const seenAt = clock.now();
    session().tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 0, problem: null } });
    resting.is = true;
    await clock.advance(45_000);
    expect(now()).toMatchObject({ power: 'running', lastSeenAt: seenAt });
    watcher.sightings.polled(someResources());
    expect(now()).toMatchObject({ power: 'running', lastSeenAt: null });
    await clock.advance(45_000);
    expect(now()).toMatchObject({ power: 'running', lastSeenAt: clock.now() - 45_000 });
    resting.is = false;
    await clock.advance(40_000);
    expect(now()).toMatchObject({ power: null, lastSeenAt: null });
  });

  it("gives way to the socket's answer if the node does not know the server, whichever comes first", () => {
    const told = handshakeFailure({ status: 404, by: 'node', origin: 'https://panel.example.com' }).problem;
    const link = { kind: 'reconnecting', retryAt: 0, problem: told } as const;
    const first = aWatchedServer();
    first.watcher.session.open();
    first.watcher.sightings.pollFailed(aProblem('node-unreachable'));
    first.session().tell({ kind: 'link', link });
    expect(first.now()?.problem).toEqual(told);
    const later = aWatchedServer();
    later.watcher.session.open();
    later.session().tell({ kind: 'link', link });
    later.watcher.sightings.pollFailed(aProblem('node-unreachable'));
    expect(later.now()?.problem).toEqual(told);
  });

  it('does not contradict a live socket', async () => {
    const { asked, clock, live, now, watcher } = aWatchedServer();
    live('running');
    watcher.sightings.polled(someResources({ power: 'offline', isSuspended: true }));
    watcher.sightings.pollFailed(aProblem('node-unreachable'));
    watcher.sightings.pollFailed(aProblem('not-found'));
    await clock.advance(1000);
    expect(now()).toMatchObject({ power: 'running', usage: null, problem: null });
    expect(asked).toEqual([]);
  });

  it('causes a read of the server if it was suspended without a report', async () => {
    const one = aWatchedServer();
    one.watcher.sightings.polled(someResources({ isSuspended: true }));
    await one.clock.advance(500);
    expect(one.asked).toEqual(['read server']);

    const other = aWatchedServer({ condition: 'suspended' });
    other.watcher.sightings.polled(someResources({ isSuspended: true }));
    await other.clock.advance(60_000);
    expect(other.asked).toEqual([]);
  });

  it('begin at once if the socket fails before the first state', () => {
    const { asked, session, watcher } = aWatchedServer();
    watcher.session.open();
    const fail = () =>
      session().tell({
        kind: 'link',
        link: { kind: 'reconnecting', retryAt: asked.length, problem: aProblem('timeout') },
      });
    fail();
    expect(asked).toContain('poll in 0');
    watcher.sightings.pollFailed(aProblem('node-unreachable'));
    asked.length = 0;
    fail();
    watcher.sightings.polled(someResources());
    fail();
    expect(asked).not.toContain('poll in 0');
  });

  it('has no priority if the socket waits for the panel itself', () => {
    const { asked, session, watcher } = aWatchedServer();
    watcher.session.open();
    const fail = (problem: Problem) =>
      session().tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: asked.length, problem } });
    fail(aProblem('panel-unreachable'));
    expect(asked).not.toContain('poll in 0');
    fail(aProblem('node-unreachable'));
    expect(asked).toContain('poll in 0');
  });

  it('leaves the decision to the list if the panel does not know the server', async () => {
    const { asked, clock, now, watcher } = aWatchedServer({ power: 'running' });
    watcher.sightings.pollFailed(aProblem('not-found'));
    await clock.advance(60_000);
    expect(asked).toEqual(['read list']);
    expect(now()).toMatchObject({ power: 'running', problem: null });
  });

  it('causes a read of the server if its condition blocks the poll, and keeps the state until then', async () => {
    const { asked, clock, now, watcher } = aWatchedServer({ power: 'running' });
    watcher.sightings.pollFailed(aProblem('conflict'));
    await clock.advance(500);
    expect(asked).toEqual(['read server']);
    expect(now()).toMatchObject({ power: 'running', problem: null });
  });

  it('is requested again soon while a signal is pending, also after a failed poll', () => {
    const { asked, now, watcher } = aWatchedServer({ power: 'running' });
    watcher.sightings.pollFailed(aProblem('node-unreachable'));
    expect(now()).toMatchObject({ power: null, problem: { code: 'node-unreachable' } });
    expect(asked).toEqual([]);
    watcher.orders.signalSent('stop');
    watcher.sightings.pollFailed(aProblem('node-unreachable'));
    watcher.sightings.polled(someResources());
    watcher.sightings.polled(someResources({ power: 'offline' }));
    expect(asked).toEqual(['poll in 2000', 'poll in 8000', 'poll in 8000']);
  });

  it('shows a failure until a socket is live, even while a socket connects', () => {
    const { now, session, watcher } = aWatchedServer();
    watcher.session.open();
    watcher.sightings.pollFailed(aProblem('node-unreachable'));
    session().tell({ kind: 'link', link: { kind: 'connecting' } });
    expect(now()?.problem).toMatchObject({ code: 'node-unreachable' });
    session().tell({ kind: 'link', link: { kind: 'live' } });
    expect(now()?.problem).toBeNull();
  });

  it('that fail are shown even after a failed signal that the user saw', () => {
    const { now, sent, watcher } = aWatchedServer();
    watcher.orders.signalSent('start');
    watcher.orders.signalFailed('start', aProblem('timeout'));
    expect(sent.of(watcher.id)(0)).toEqual([]);
    watcher.sightings.pollFailed(aProblem('node-unreachable'));
    expect(now()?.problem).toMatchObject({ code: 'node-unreachable' });
  });

  it('is known for 40 s if the socket fails and no poll succeeds', async () => {
    const { clock, live, now, session, watcher } = aWatchedServer();
    live('running');
    session().tell({ kind: 'usage', usage: someResources().usage });
    session().tell({
      kind: 'link',
      link: { kind: 'reconnecting', retryAt: 0, problem: aProblem('node-unreachable') },
    });
    await clock.advance(30_000);
    expect(now()?.power).toBe('running');
    watcher.sightings.polled(someResources());
    await clock.advance(39_000);
    expect(now()?.power).toBe('running');
    await clock.advance(1000);
    expect(now()).toMatchObject({ power: null, usage: someResources().usage });
  });

  it('is ignored for a removed server', async () => {
    const { asked, clock, now, remove, watcher } = aWatchedServer();
    remove();
    watcher.sightings.polled(someResources({ isSuspended: true }));
    for (const code of ['conflict', 'not-found', 'node-unreachable'] as const) {
      watcher.sightings.pollFailed(aProblem(code));
    }
    await clock.advance(60_000);
    expect(asked).toEqual([]);
    expect(now()).toBeUndefined();
  });
});
