/** Messages on a dead (half-open) connection, which only a missing pong reveals. */
import { describe, expect, it } from 'vitest';
import { aLiveSession, authenticate, sent } from '../../tests/support/wings-session.js';

describe('a signal on a dead wire', () => {
  it('is sent with a ping, and the connection is reset after 5 s without a pong', async () => {
    const { session, listener, socket, clock } = await aLiveSession();
    socket().answersPings = false;
    expect(session.sendPower('stop')).toBe(true);
    expect(socket().pings).toBe(1);
    await clock.advance(4999);
    expect(listener.lastLink).toEqual({ kind: 'live' });
    expect(listener.unsureOf).toEqual([]);
    await clock.advance(1);
    expect(socket().isReset).toBe(true);
    expect(listener.lastLink?.kind).toBe('reconnecting');
    expect(listener.unsureOf).toEqual([{ kind: 'signal', signal: 'stop' }]);
    expect(listener.signalsRead).toBe(0);
  });

  it('is not sent again on the next connection', async () => {
    const { session, socket, sockets, clock } = await aLiveSession();
    socket().answersPings = false;
    session.sendPower('stop');
    await clock.advance(7000);
    expect(sockets).toHaveLength(2);
    await authenticate(socket(), 'running');
    await clock.advance(60_000);
    expect(sent(socket(), 'set state')).toEqual([]);
  });

  it('keeps its time limit whatever else is sent', async () => {
    const { session, listener, socket, clock } = await aLiveSession();
    socket().answersPings = false;
    session.sendPower('stop');
    for (let second = 0; second < 4; second++) {
      await clock.advance(1000);
      session.sendCommand(`say ${second}`);
    }
    await clock.advance(1000);
    expect(socket().isReset).toBe(true);
    expect(listener.unsureOf).toEqual([
      { kind: 'signal', signal: 'stop' },
      { kind: 'commands', commands: ['say 0', 'say 1', 'say 2', 'say 3'] },
    ]);
  });

  it('was read if the pong came, so a lost connection makes nothing unsure', async () => {
    const { session, listener, socket, clock } = await aLiveSession();
    session.sendPower('stop');
    await clock.advance(0);
    expect(listener.signalsRead).toBe(1);
    socket().events.closed(1006, '');
    expect(listener.unsureOf).toEqual([]);
  });

  it('is not confirmed by the answer to an earlier ping', async () => {
    const { session, listener, socket, clock } = await aLiveSession();
    socket().answersPings = false;
    session.suspect();
    session.sendPower('stop');
    socket().events.pong(1);
    expect(listener.signalsRead).toBe(0);
    await clock.advance(5000);
    expect(listener.unsureOf).toHaveLength(1);
  });

  it('has the connection checked until it must have failed', async () => {
    const { session, socket, clock } = await aLiveSession();
    session.sendPower('stop');
    await clock.advance(16_000);
    expect(socket().pings).toBe(5);
    await clock.advance(20_000);
    const after = socket().pings;
    await clock.advance(24_000);
    expect(socket().pings - after).toBeLessThanOrEqual(1);
  });

  it('is unsure as well if the node closes the connection before reading it', async () => {
    const { session, listener, socket } = await aLiveSession();
    socket().answersPings = false;
    session.sendPower('kill');
    socket().events.closed(1006, '');
    expect(listener.unsureOf).toEqual([{ kind: 'signal', signal: 'kill' }]);
  });

  it('reports no loss after the user has ended the session', async () => {
    const { session, listener, socket } = await aLiveSession();
    socket().answersPings = false;
    session.sendPower('stop');
    session.stop();
    expect(listener.unsureOf).toEqual([]);
    expect([socket().isClosed, socket().isReset]).toEqual([true, false]);
  });
});

describe('a command on a dead wire', () => {
  it('is late after a while, and unsure with the later commands', async () => {
    const { session, listener, socket, clock } = await aLiveSession();
    socket().answersPings = false;
    session.sendCommand('save-all');
    await clock.advance(1499);
    expect(session.isUnread('save-all')).toBe(false);
    await clock.advance(1);
    expect([session.isUnread('save-all'), session.isUnread('list')]).toEqual([true, false]);
    await clock.advance(3500);
    expect(listener.unsureOf).toEqual([{ kind: 'commands', commands: ['save-all'] }]);
    expect(session.isUnread('save-all')).toBe(false);
  });

  it('has arrived once its echo comes', async () => {
    const { session, listener, socket } = await aLiveSession();
    socket().answersPings = false;
    session.sendCommand('save-all');
    socket().receive('console output', 'save-all');
    socket().events.closed(1006, '');
    expect(listener.unsureOf).toEqual([]);
  });

  it('is not unsure if it was never sent', async () => {
    const { session, listener, socket } = await aLiveSession();
    socket().answersPings = false;
    session.sendCommand('one');
    session.sendCommand('two');
    socket().events.closed(1006, '');
    expect(listener.unsureOf).toEqual([{ kind: 'commands', commands: ['one'] }]);
    expect(listener.notices).toEqual([expect.stringMatching(/^A command was not sent/)]);
  });
});
