/** Pings, back-pressure and the end of a session. */
import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import { settle } from '../../tests/support/fake-clock.js';
import {
  aLiveSession,
  aServerUuid,
  aSession,
  aTicket,
  authenticate,
} from '../../tests/support/wings-session.js';

describe('signs of life', () => {
  it('finds a dead connection within 15 s if a running server should report every second', async () => {
    const { listener, socket, clock } = await aLiveSession();
    socket().answersPings = false;
    await clock.advance(14_999);
    expect(listener.lastLink).toEqual({ kind: 'live' });
    await clock.advance(1);
    expect(listener.lastLink).toMatchObject({ kind: 'reconnecting', problem: { code: 'timeout' } });
  });

  it('pings every 25 s for a stopped server, and a missing pong ends the connection', async () => {
    const { listener, socket, clock } = await aLiveSession({ state: 'offline' });
    socket().answersPings = false;
    await clock.advance(25_000);
    expect(socket().pings).toBe(1);
    socket().pong();
    await clock.advance(25_000);
    expect(socket().pings).toBe(2);
    await clock.advance(9999);
    expect(listener.lastLink).toEqual({ kind: 'live' });
    await clock.advance(1);
    expect(listener.lastLink).toMatchObject({ kind: 'reconnecting', problem: { code: 'timeout' } });
    expect(socket().isClosed).toBe(true);
  });

  it('pings at once on suspicion, with 5 s to answer', async () => {
    const { session, listener, socket, clock } = await aLiveSession();
    socket().answersPings = false;
    session.suspect();
    expect(socket().pings).toBe(1);
    await clock.advance(4999);
    expect(listener.lastLink).toEqual({ kind: 'live' });
    await clock.advance(1);
    expect(listener.lastLink?.kind).toBe('reconnecting');
  });

  it('skips the pause after a network change', async () => {
    const { session, socket, sockets } = await aLiveSession();
    socket().events.closed(1006, '');
    session.suspect();
    await settle();
    expect(sockets).toHaveLength(2);
  });

  it('keeps a pause that the panel asked for', async () => {
    const { session, ticketCalls } = aSession({
      ticket: () => {
        throw new PerchError({
          code: 'rate-limited',
          message: verbatim('Too many requests.'),
          next: verbatim('Wait.'),
          retryAt: 1_700_000_060_000,
        });
      },
    });
    session.start();
    await settle();
    session.suspect();
    await settle();
    expect(ticketCalls()).toBe(1);
  });

  it('waits for no pong while reading is paused', async () => {
    const { session, listener, socket, clock } = await aLiveSession();
    socket().answersPings = false;
    session.setPaused(true);
    expect(socket().isPaused).toBe(true);
    await clock.advance(100_000);
    expect(listener.lastLink).toEqual({ kind: 'live' });
    session.setPaused(false);
    expect(socket().isPaused).toBe(false);
    await clock.advance(10_000);
    expect(listener.lastLink?.kind).toBe('reconnecting');
  });

  it('pauses a new connection only once it is authenticated', async () => {
    const { session, socket } = aSession();
    session.setPaused(true);
    session.start();
    await settle();
    socket().events.open();
    expect(socket().isPaused).toBe(false);
    socket().receive('auth success');
    expect(socket().isPaused).toBe(true);
  });
});

describe('stop', () => {
  it('ends all timers and callbacks', async () => {
    const { session, listener, socket, clock } = await aLiveSession();
    socket().receive('console output', 'held back as history');
    session.sendCommand('list');
    session.stop();
    const heard = listener.links.length;
    expect(clock.pending).toBe(0);
    socket().receive('status', 'offline');
    socket().events.closed(1006, '');
    await clock.advance(600_000);
    expect(socket().isClosed).toBe(true);
    expect(listener.links).toHaveLength(heard);
    expect(listener.powers).toEqual(['running']);
    expect(listener.allLines).toEqual([]);
  });

  it('ignores a late answer of the panel', async () => {
    let answer: (ticket: ReturnType<typeof aTicket>) => void = () => undefined;
    const { session, sockets } = aSession({ ticket: () => new Promise((resolve) => (answer = resolve)) });
    session.start();
    await settle();
    session.stop();
    answer(aTicket());
    await settle();
    expect(sockets).toHaveLength(0);
  });

  it('may be called by the listener at any moment', async () => {
    const rig = aSession();
    rig.listener.heard = ({ kind }) => {
      if (kind === 'permissions') rig.session.stop();
    };
    rig.session.start();
    await settle();
    await authenticate(rig.socket(), 'running');
    expect(rig.listener.links).toEqual([{ kind: 'connecting' }]);
    expect(rig.listener.powers).toEqual([]);
    expect(rig.clock.pending).toBe(0);
  });
});

it('the log has neither tokens nor frames', async () => {
  const { log, socket, clock } = await aLiveSession();
  socket().events.message('secret that is not JSON');
  socket().events.closed(1006, '');
  await clock.advance(2000);
  expect(log.entries.length).toBeGreaterThan(2);
  expect(JSON.stringify(log.entries)).not.toContain(aTicket().token);
  expect(JSON.stringify(log.entries)).not.toContain('secret');
  expect(JSON.stringify(log.entries)).toContain(aServerUuid);
});
