/** Renewal and the texts of `jwt error` (PROTOCOL 4.7, 4.8). */
import { describe, expect, it } from 'vitest';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import { settle } from '../../tests/support/fake-clock.js';
import {
  aLiveSession,
  aSession,
  aSocketUrl,
  aTicket,
  authenticate,
} from '../../tests/support/wings-session.js';
import { saying } from '../../tests/support/spoken-problem.js';

const prefix = 'Error Event [7db2ef3e-e157-4a89-9992-bf1189642fe0]: ';
const expired = 'jwt: exp claim is invalid';
const denied = 'jwt: created too far in past (denylist)';
const unexplained = `${prefix}an unexpected error was encountered while handling this request`;

function refusal(code: Problem['code'], more: Partial<Problem> = {}): never {
  throw new PerchError({ code, message: verbatim('The panel says no.'), next: verbatim('Ask.'), ...more });
}

/** Connected socket, with the first token under way. */
async function opened(options: Parameters<typeof aSession>[0] = {}): Promise<ReturnType<typeof aSession>> {
  const rig = aSession(options);
  rig.session.start();
  await settle();
  rig.socket().events.open();
  return rig;
}

describe('renewal', () => {
  it('happens once at the first warning, on the same socket', async () => {
    const next = aTicket({ iat: 1540, exp: 2140, permissions: ['websocket.connect'] });
    const { socket, sockets, clock, ticketCalls, listener } = await aLiveSession({
      ticket: (call) => (call === 0 ? aTicket() : next),
    });
    socket().receive('token expiring');
    socket().receive('token expiring');
    await clock.advance(0);
    socket().receive('token expiring');
    await clock.advance(0);
    expect(ticketCalls()).toBe(2);
    expect(sockets).toHaveLength(1);
    expect(socket().sent.at(-1)).toEqual({ event: 'auth', args: [next.token] });
    socket().receive('auth success');
    expect(listener.permissionLists.at(-1)).toEqual(['websocket.connect']);
    expect(listener.links.map((link) => link.kind)).toEqual(['connecting', 'live']);
  });

  it('happens by the clock without a warning, measured from receipt and not from the claims', async () => {
    const { socket, clock, ticketCalls } = await aLiveSession({
      ticket: () => aTicket({ iat: 5_000_000_000, exp: 5_000_000_600 }),
    });
    socket().answersPings = true;
    await clock.advance(550_000);
    expect(ticketCalls()).toBe(1);
    await clock.advance(5000);
    expect(ticketCalls()).toBe(2);
  });

  it.each([2, -2, 24 * 365])(
    'happens when the token is due, also if the clock is set by %d h meanwhile',
    async (hours) => {
      const { socket, clock, ticketCalls } = await aLiveSession({ ticket: () => aTicket() });
      socket().answersPings = true;
      await clock.advance(300_000);
      clock.jump(hours * 3_600_000);
      await clock.advance(250_000);
      expect(ticketCalls()).toBe(1);
      await clock.advance(10_000);
      expect(ticketCalls()).toBe(2);
    },
  );

  it('happens at once after a sleep, and the node is asked for the missed state', async () => {
    const { socket, clock, ticketCalls } = await aLiveSession({ ticket: () => aTicket() });
    socket().answersPings = true;
    clock.sleep(8 * 3_600_000);
    await clock.advance(1000);
    expect(ticketCalls()).toBe(2);
    expect(socket().sentEvents()).toEqual(['auth', 'send logs', 'send stats', 'auth']);
  });

  it('keeps up with tokens of 20 s', async () => {
    const { socket, clock, ticketCalls, listener } = await aLiveSession({
      ticket: () => aTicket({ iat: 100, exp: 120 }),
    });
    for (let round = 0; round < 30; round++) {
      await clock.advance(15_000);
      socket().pong();
      socket().receive('auth success');
    }
    expect(ticketCalls()).toBe(31);
    expect(listener.lastLink).toEqual({ kind: 'live' });
  });

  it('keeps the socket and tries again while the panel issues no token', async () => {
    const { socket, clock, ticketCalls, listener, sockets } = await aLiveSession({
      ticket: (call) => (call === 1 ? refusal('panel-unreachable') : aTicket()),
    });
    socket().receive('token expiring');
    await clock.advance(0);
    expect(ticketCalls()).toBe(2);
    expect(listener.lastLink).toEqual({ kind: 'live' });
    await clock.advance(1500);
    expect(ticketCalls()).toBe(3);
    socket().receive('auth success');
    expect(sockets).toHaveLength(1);
    expect(listener.links.map((link) => link.kind)).toEqual(['connecting', 'live']);
  });

  it('retries slowly during an installation and shows the reason once the token has ended', async () => {
    const { socket, clock, ticketCalls, listener, session } = await aLiveSession({
      ticket: (call) => (call === 0 ? aTicket() : refusal('conflict', { condition: 'installing' })),
    });
    socket().receive('token expiring');
    await clock.advance(1000);
    socket().receive('jwt error', expired);
    expect(session.sendPower('start')).toBe(false);
    for (let second = 0; second < 58; second++) {
      socket().receive('jwt error', expired);
      if (second % 5 === 0) socket().pong();
      await clock.advance(1000);
    }
    expect(ticketCalls()).toBe(2);
    await clock.advance(2000);
    expect(ticketCalls()).toBe(3);
    expect(listener.lastLink).toMatchObject({ kind: 'reconnecting', problem: { code: 'conflict' } });
    expect(socket().isClosed).toBe(false);
  });

  it('ends the session after a final refusal by the panel', async () => {
    const { socket, clock, listener } = await aLiveSession({
      ticket: (call) => (call === 0 ? aTicket() : refusal('not-found')),
    });
    socket().receive('jwt error', denied);
    await clock.advance(2000);
    expect(listener.lastLink).toMatchObject({ kind: 'refused', problem: { code: 'not-found' } });
    expect(socket().isClosed).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('opens the new address that the panel names', async () => {
    const { socket, clock, sockets, ticketCalls } = await aLiveSession({
      ticket: (call) => (call === 0 ? aTicket() : aTicket({}, 'wss://other.example.com/ws')),
    });
    socket().receive('token expiring');
    await clock.advance(0);
    expect(sockets[0]?.isClosed).toBe(true);
    expect(socket().url).toBe('wss://other.example.com/ws');
    await authenticate(socket(), 'running');
    expect(ticketCalls()).toBe(2);
  });

  it('answers a node that warns all the time with growing pauses', async () => {
    const { socket, clock, ticketCalls } = await aLiveSession();
    for (let tenth = 0; tenth < 600; tenth++) {
      socket().receive('token expiring');
      await clock.advance(100);
      socket().receive('auth success');
      socket().pong();
    }
    expect(ticketCalls()).toBeLessThan(10);
  });
});

describe('jwt errors on a live socket', () => {
  it.each([expired, expired.toUpperCase(), 'jwt: no jwt present', 'something new'])(
    'renews at once and once only: %s',
    async (text) => {
      const { socket, clock, ticketCalls, listener, session } = await aLiveSession();
      for (let count = 0; count < 50; count++) socket().receive('jwt error', text);
      await clock.advance(0);
      for (let count = 0; count < 50; count++) socket().receive('jwt error', text);
      await clock.advance(0);
      expect(ticketCalls()).toBe(2);
      expect(session.sendCommand('list')).toBe(false);
      socket().receive('auth success');
      expect(session.sendCommand('list')).toBe(true);
      const links = listener.links.map((link) => link.kind);
      expect(links).toEqual(['connecting', 'live', 'reconnecting', 'live']);
    },
  );

  it('requests the state with the next token, because nobody got the events meanwhile', async () => {
    const { socket, clock, listener } = await aLiveSession();
    socket().receive('status', 'running');
    socket().receive('jwt error', expired);
    await clock.advance(0);
    expect(socket().sentEvents()).not.toContain('send stats');
    socket().receive('auth success');
    expect(socket().sentEvents().at(-1)).toBe('send stats');
    // The same state is reported again, because the state was unknown in between.
    socket().receive('status', 'running');
    expect(listener.powers).toEqual(['running', 'running']);
  });

  it('requests no token after a renewal in time', async () => {
    const { socket, clock } = await aLiveSession();
    socket().receive('token expiring');
    await clock.advance(0);
    socket().receive('auth success');
    expect(socket().sentEvents()).not.toContain('send stats');
  });

  it('waits 1 to 2 s before it renews a denied token', async () => {
    const { socket, clock, ticketCalls } = await aLiveSession();
    socket().receive('jwt error', denied);
    await clock.advance(1499);
    expect(ticketCalls()).toBe(1);
    await clock.advance(1);
    expect(ticketCalls()).toBe(2);
  });

  it('does not flood the panel when every new token is denied again', async () => {
    const { socket, clock, ticketCalls } = await aLiveSession();
    for (let second = 0; second < 300; second++) {
      if (socket().sentEvents().at(-1) === 'auth') socket().receive('jwt error', `${prefix}${denied}`);
      socket().receive('jwt error', denied);
      socket().pong();
      await clock.advance(1000);
    }
    expect(ticketCalls()).toBeGreaterThan(4);
    expect(ticketCalls()).toBeLessThan(16);
  });

  it('keeps the old token in force when only the new token is refused', async () => {
    const { socket, clock, session, listener } = await aLiveSession();
    socket().receive('token expiring');
    await clock.advance(0);
    socket().receive('jwt error', `${prefix}${expired}`);
    expect(session.sendPower('stop')).toBe(true);
    expect(listener.lastLink).toEqual({ kind: 'live' });
  });

  it('gives up without the permission to connect', async () => {
    const { socket, listener, clock } = await aLiveSession();
    socket().receive('jwt error', 'jwt: missing connect permission');
    await clock.advance(600_000);
    expect(listener.lastLink).toMatchObject({
      kind: 'refused',
      problem: { code: 'forbidden', permission: 'websocket.connect' },
    });
  });

  it('requests another token once after a foreign one, even if the node accepted it', async () => {
    // An unreadable token does not show its owner.
    const { socket, listener, clock, sockets, ticketCalls } = await aLiveSession({
      ticket: () => ({ ...aTicket(), token: 'opaque' }),
    });
    sockets[0]?.receive('jwt error', 'jwt: server uuid mismatch');
    await clock.advance(2000);
    expect(sockets).toHaveLength(2);
    expect(ticketCalls()).toBe(2);
    socket().events.open();
    socket().receive('auth success');
    socket().receive('jwt error', 'jwt: server uuid mismatch');
    await clock.advance(600_000);
    expect(sockets).toHaveLength(2);
    expect(listener.lastLink).toMatchObject({ kind: 'refused', problem: { code: 'protocol' } });
  });
});

describe('a refused first token', () => {
  it('is replaced on the same socket', async () => {
    const { socket, sockets, clock, ticketCalls, listener } = await opened();
    socket().receive('jwt error', `${prefix}${denied}`);
    expect(listener.lastLink).toMatchObject({ kind: 'reconnecting', problem: { code: 'protocol' } });
    await clock.advance(1500);
    expect(ticketCalls()).toBe(2);
    expect(sockets).toHaveLength(1);
    expect(socket().sentEvents()).toEqual(['auth', 'auth']);
    socket().receive('auth success');
    expect(socket().sentEvents()).toEqual(['auth', 'auth', 'send logs']);
    expect(listener.lastLink).toEqual({ kind: 'live' });
  });

  it('reports wrong clocks if even fresh tokens are expired', async () => {
    const { socket, listener } = await opened();
    socket().receive('jwt error', `${prefix}${expired}`);
    const link = listener.lastLink;
    expect(link?.kind === 'reconnecting' && link.problem?.next).toEqual(saying(/clocks/));
  });

  it("reports the node's token for a bad signature, and then waits a minute", async () => {
    const { socket, listener, clock, ticketCalls } = await opened();
    socket().receive('daemon error', unexplained);
    expect(listener.notices).toEqual([]);
    await clock.advance(2000);
    expect(ticketCalls()).toBe(2);
    socket().receive('daemon error', unexplained);
    expect(listener.lastLink).toMatchObject({ kind: 'reconnecting', retryAt: clock.now() + 60_000 });
    const link = listener.lastLink;
    expect(link?.kind === 'reconnecting' && link.problem?.next).toEqual(saying(/same node token/));
  });

  it('is not used again on a reconnect', async () => {
    const { socket, clock, ticketCalls } = await opened();
    socket().receive('jwt error', `${prefix}${denied}`);
    socket().events.closed(1006, '');
    await clock.advance(2000);
    expect(ticketCalls()).toBe(2);
  });

  it('opens another connection if the second token gets no answer', async () => {
    const { socket, clock, sockets } = await opened();
    socket().receive('jwt error', `${prefix}${expired}`);
    await clock.advance(10_000);
    expect(sockets[0]?.isClosed).toBe(true);
    await clock.advance(2000);
    expect(sockets).toHaveLength(2);
  });
});

describe('limits of newer nodes and panels', () => {
  it('send a dropped token again, without another request', async () => {
    const { socket, clock, ticketCalls, listener } = await aLiveSession();
    socket().receive('token expiring');
    await clock.advance(0);
    socket().receive('throttled', 'auth');
    await clock.advance(5900);
    expect(socket().sentEvents()).toEqual(['auth', 'send logs', 'auth']);
    await clock.advance(200);
    expect(socket().sentEvents()).toEqual(['auth', 'send logs', 'auth', 'auth']);
    socket().receive('auth success');
    await clock.advance(20_000);
    expect(ticketCalls()).toBe(2);
    expect(listener.links.map((link) => link.kind)).toEqual(['connecting', 'live']);
  });

  it('that dropped another message do not repeat the token', async () => {
    const { socket, clock } = await aLiveSession();
    socket().receive('token expiring');
    await clock.advance(0);
    socket().receive('throttled', 'global');
    socket().receive('auth success');
    socket().receive('status', 'offline');
    await clock.advance(20_000);
    expect(socket().sentEvents()).toEqual(['auth', 'send logs', 'auth']);
  });

  it("keep the panel's pause, although the node waits shorter", async () => {
    const { socket, sockets, clock, ticketCalls, listener } = await opened({
      ticket: (call) =>
        call === 1 ? refusal('rate-limited', { retryAt: 1_700_000_045_000 }) : aTicket({}, aSocketUrl),
    });
    socket().receive('jwt error', `${prefix}${denied}`);
    await clock.advance(1500);
    expect(ticketCalls()).toBe(2);
    const waits = (retryAt: number) => ({ kind: 'reconnecting', retryAt, problem: { code: 'rate-limited' } });
    expect(listener.lastLink).toMatchObject(waits(1_700_000_047_175));
    await clock.advance(28_500);
    socket().events.closed(1006, '');
    expect(listener.lastLink).toMatchObject(waits(1_700_000_048_034));
    await clock.advance(18_000);
    expect(ticketCalls()).toBe(2);
    await clock.advance(100);
    expect(ticketCalls()).toBe(3);
    expect(sockets).toHaveLength(2);
  });

  it('do not hide a suspension', async () => {
    const { socket, clock, listener } = await opened({
      ticket: (call) => (call === 0 ? aTicket() : refusal('rate-limited', { retryAt: 1_700_000_045_000 })),
    });
    socket().receive('jwt error', `${prefix}${denied}`);
    await clock.advance(1500);
    socket().events.closed(4409, 'server is suspended');
    expect(listener.lastLink).toMatchObject({ kind: 'refused', problem: { condition: 'suspended' } });
  });
});
