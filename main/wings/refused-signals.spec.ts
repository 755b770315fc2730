/** Signals that the node refused because of a revoked token (PROTOCOL 4.7, 4.8). */
import { describe, expect, it } from 'vitest';
import type { PowerSignal } from '../../bridge/schema/domain.js';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import { aLiveSession, aTicket, renew, sent, type SessionRig } from '../../tests/support/wings-session.js';

const prefix = 'Error Event [7db2ef3e-e157-4a89-9992-bf1189642fe0]: ';
const expired = 'jwt: exp claim is invalid';
const denied = 'jwt: created too far in past (denylist)';
const unexplained = `${prefix}an unexpected error was encountered while handling this request`;
const everything = ['websocket.connect', 'control.start', 'control.stop', 'control.console'];

function refusal(code: Problem['code'], more: Partial<Problem> = {}): never {
  throw new PerchError({ code, message: verbatim('The panel says no.'), next: verbatim('Ask.'), ...more });
}

/** Session of a stopped server, where only the answer to the person's own message shows that the token is revoked. */
function stopped(options: Parameters<typeof aLiveSession>[0] = {}): Promise<SessionRig> {
  return aLiveSession({ state: 'offline', ...options });
}

/** Second token with other permissions than the first. */
function thenOnly(...permissions: string[]): Parameters<typeof aLiveSession>[0] {
  return { ticket: (call) => aTicket({ permissions: call === 0 ? everything : permissions }) };
}

describe('a signal that the node refused', () => {
  it.each([denied, expired, 'jwt: no jwt present'])(
    'is sent once more with the next token: %s',
    async (text) => {
      const rig = await stopped();
      const { session, socket, clock, listener } = rig;
      expect(session.sendPower('start')).toBe(true);
      socket().receive('jwt error', text);
      await clock.advance(1500);
      expect(sent(socket(), 'set state')).toEqual(['start']);
      await renew(rig);
      expect(sent(socket(), 'set state')).toEqual(['start', 'start']);
      expect(socket().sentEvents().slice(-3)).toEqual(['auth', 'set state', 'send stats']);
      for (const state of ['starting', 'running']) socket().receive('status', state);
      await clock.advance(20_000);
      expect(sent(socket(), 'set state')).toHaveLength(2);
      expect(listener.notices).toEqual([]);
    },
  );

  it.each<PowerSignal>(['stop', 'restart', 'kill'])('may be any: %s', async (signal) => {
    const rig = await aLiveSession();
    rig.session.sendPower(signal);
    rig.socket().receive('jwt error', denied);
    await renew(rig);
    expect(sent(rig.socket(), 'set state')).toEqual([signal, signal]);
  });

  it('is sent once more for any number of errors, and not with a later token', async () => {
    const rig = await stopped();
    rig.session.sendPower('start');
    for (let count = 0; count < 20; count++) rig.socket().receive('jwt error', denied);
    await renew(rig);
    rig.socket().receive('token expiring');
    await renew(rig);
    expect(sent(rig.socket(), 'set state')).toEqual(['start', 'start']);
  });

  it('is reported if the second try is refused as well', async () => {
    const rig = await stopped();
    rig.session.sendPower('start');
    rig.socket().receive('jwt error', denied);
    await renew(rig);
    rig.socket().receive('jwt error', denied);
    expect(rig.listener.notices).toEqual([
      'The node did not carry out the start: the node does not accept the new access token either.',
    ]);
    expect(rig.listener.noticesAbout).toEqual(['signal']);
    await rig.clock.advance(1000);
    await renew(rig);
    expect(sent(rig.socket(), 'set state')).toHaveLength(2);
  });

  it('names the permission that the new token lacks', async () => {
    const rig = await stopped(thenOnly('websocket.connect', 'control.console'));
    rig.session.sendPower('start');
    rig.socket().receive('jwt error', denied);
    await renew(rig);
    expect(sent(rig.socket(), 'set state')).toEqual(['start']);
    expect(rig.listener.notices).toEqual([
      'The node did not carry out the start: your account no longer has the permission control.start.',
    ]);
    expect(rig.listener.noticesAbout).toEqual(['signal']);
  });

  it('is reported without a token in time, and is not sent late', async () => {
    const rig = await stopped({
      ticket: (call) => (call === 0 ? aTicket() : new Promise((resolve) => (answer = resolve))),
    });
    let answer: (ticket: ReturnType<typeof aTicket>) => void = () => undefined;
    rig.session.sendPower('start');
    rig.socket().receive('jwt error', denied);
    await rig.clock.advance(6999);
    expect(rig.listener.notices).toEqual([]);
    await rig.clock.advance(1);
    expect(rig.listener.notices).toEqual([
      'The node did not carry out the start: the node asks for a new access token, and there is none yet.',
    ]);
    answer(aTicket());
    await renew(rig);
    expect(rig.listener.lastLink).toEqual({ kind: 'live' });
    expect(sent(rig.socket(), 'set state')).toEqual(['start']);
  });

  it('is reported at once if the next token comes too late', async () => {
    const rig = await stopped({
      ticket: (call) => (call === 0 ? aTicket() : refusal('conflict', { condition: 'installing' })),
    });
    rig.session.sendPower('start');
    rig.socket().receive('jwt error', denied);
    await rig.clock.advance(1500);
    expect(rig.listener.notices).toHaveLength(1);
    expect(rig.listener.notices[0]).toMatch(/the start: .*there is none yet/);
  });

  it('waits for the next attempt if that is soon enough', async () => {
    const rig = await stopped({
      ticket: (call) => (call === 1 ? refusal('panel-unreachable') : aTicket()),
    });
    rig.session.sendPower('start');
    rig.socket().receive('jwt error', denied);
    await rig.clock.advance(1500);
    expect(rig.listener.lastLink?.kind).toBe('reconnecting');
    await renew(rig);
    expect(sent(rig.socket(), 'set state')).toEqual(['start', 'start']);
    expect(rig.listener.notices).toEqual([]);
  });

  it.each([
    [
      'the panel refuses a token for good',
      (call: number) => (call === 0 ? aTicket() : refusal('not-found')),
      denied,
    ],
    ['the token may not even connect', () => aTicket(), 'jwt: missing connect permission'],
  ])('is reported when %s', async (_, ticket, text) => {
    const rig = await stopped({ ticket });
    rig.session.sendPower('start');
    rig.socket().receive('jwt error', text);
    await rig.clock.advance(1500);
    expect(rig.listener.lastLink?.kind).toBe('refused');
    expect(rig.listener.notices).toEqual([
      'The node did not carry out the start: the live connection was lost.',
    ]);
    expect(rig.clock.pending).toBe(0);
  });

  it('is reported when the connection breaks, and not sent on the next one', async () => {
    const rig = await stopped();
    rig.session.sendPower('start');
    rig.socket().receive('jwt error', denied);
    rig.socket().events.closed(1006, '');
    expect(rig.listener.noticesAbout).toEqual(['signal']);
    await rig.clock.advance(1500);
    rig.socket().events.open();
    rig.socket().receive('auth success');
    await rig.clock.advance(20_000);
    expect(rig.sockets).toHaveLength(2);
    expect(sent(rig.socket(), 'set state')).toEqual([]);
  });

  it.each([
    ['an hour, and the token has ended as well', 3_600_000],
    ['two minutes, and the token would still do', 120_000],
  ])('is not sent after a sleep of %s', async (_, ms) => {
    const rig = await stopped();
    rig.session.sendPower('start');
    rig.socket().receive('jwt error', denied);
    await rig.clock.advance(1500);
    rig.clock.sleep(ms);
    rig.socket().receive('auth success');
    expect(sent(rig.socket(), 'set state')).toEqual(['start']);
    expect(rig.listener.notices).toEqual([expect.stringMatching(/did not carry out the start/)]);
  });

  it('is dropped for a signal by another route', async () => {
    const rig = await stopped();
    rig.session.sendPower('start');
    rig.socket().receive('jwt error', denied);
    expect(rig.session.sendPower('kill')).toBe(false);
    await renew(rig);
    expect(sent(rig.socket(), 'set state')).toEqual(['start']);
    expect(rig.listener.notices).toEqual([]);
  });

  it('is not affected by the answer to the next token', async () => {
    const rig = await stopped();
    rig.session.sendPower('start');
    rig.socket().receive('jwt error', denied);
    await rig.clock.advance(1500);
    rig.socket().receive('daemon error', unexplained);
    // The error answers the new token, not the signal; the next token comes after a minute.
    expect(rig.listener.notices).toEqual([expect.stringMatching(/the start: .*there is none yet/)]);
    expect(rig.listener.lastLink).toMatchObject({ kind: 'reconnecting', problem: { code: 'protocol' } });
  });
});

describe('a signal that may have been carried out', () => {
  it.each([
    ['a state', 'status', 'starting'],
    ['a line of the console', 'console output', 'hello'],
    ['another event', 'install started', ''],
    ['a refusal for another reason', 'daemon error', unexplained],
  ])('is not sent again: %s came after it', async (_, event, text) => {
    const rig = await stopped();
    rig.session.sendPower('start');
    rig.socket().receive(event, text);
    rig.socket().receive('jwt error', denied);
    await renew(rig);
    expect(sent(rig.socket(), 'set state')).toEqual(['start']);
  });

  it('is not sent again: an event came before the next token', async () => {
    const rig = await stopped();
    rig.session.sendPower('start');
    rig.socket().receive('jwt error', denied);
    rig.socket().receive('status', 'starting');
    await renew(rig);
    expect(sent(rig.socket(), 'set state')).toEqual(['start']);
  });

  it('is not sent again: the error came too late to be about it', async () => {
    const rig = await stopped();
    rig.session.sendPower('start');
    await rig.clock.advance(3000);
    rig.socket().receive('jwt error', denied);
    await renew(rig);
    expect(sent(rig.socket(), 'set state')).toEqual(['start']);
    expect(rig.listener.notices).toEqual([]);
  });

  it.each(['something new', `${prefix}${denied}`])(
    'is not sent again: the error does not say that it was refused: %s',
    async (text) => {
      const rig = await stopped();
      rig.session.sendPower('start');
      rig.socket().receive('jwt error', text);
      await renew(rig);
      expect(sent(rig.socket(), 'set state')).toEqual(['start']);
    },
  );

  it('is not sent again: it was dropped by a rate limit, with a notice', async () => {
    const rig = await stopped();
    rig.session.sendPower('start');
    rig.socket().receive('throttled', 'set state');
    rig.socket().receive('jwt error', denied);
    await renew(rig);
    expect(sent(rig.socket(), 'set state')).toEqual(['start']);
    expect(rig.listener.notices).toHaveLength(1);
  });
});

it('without a waiting message an invalid token leaves no timer behind', async () => {
  const { socket, clock, ticketCalls } = await stopped();
  const before = clock.pending;
  socket().receive('jwt error', denied);
  // The only new timer belongs to the renewal.
  expect(clock.pending).toBe(before + 1);
  expect(ticketCalls()).toBe(1);
});
