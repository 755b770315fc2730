/** Events after which a session connects again, and the panel requests that each takes (RETRIES "Retry table"). */
import { describe, expect, it } from 'vitest';
import { PerchError, type ProblemCode } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import { settle } from '../../tests/support/fake-clock.js';
import { saying } from '../../tests/support/spoken-problem.js';
import {
  aLiveSession,
  aSession,
  aSocketUrl,
  aTicket,
  authenticate,
  type SessionRig,
} from '../../tests/support/wings-session.js';

const rightUrl = aSocketUrl.replace('node.', 'other-node.');
const subuser = ['websocket.connect', 'control.start'];

function refusal(code: ProblemCode): never {
  throw new PerchError({ code, message: verbatim('No.'), next: verbatim('Ask.') });
}

async function opened(options: Parameters<typeof aSession>[0] = {}): Promise<SessionRig> {
  const rig = aSession(options);
  rig.session.start();
  await settle();
  return rig;
}

/** Makes every socket opened in this time fail by `end`. */
async function failing(rig: SessionRig, forMs: number, end: (socket: SessionRig['socket']) => void) {
  const until = rig.clock.now() + forMs;
  let known = 0;
  while (rig.clock.now() < until) {
    if (rig.sockets.length > known) {
      known = rig.sockets.length;
      end(rig.socket);
    }
    await rig.clock.advance(250);
  }
}

describe('a wrong address of a node', () => {
  it.each([
    ['nobody listens', (rig: SessionRig['socket']) => rig().events.closed(1006, 'ECONNREFUSED')],
    ['something else listens', (rig: SessionRig['socket']) => rig().events.refused(403, {})],
    ['nothing is answered', () => undefined],
  ])('is corrected within two minutes (%s)', async (_, end) => {
    let url = aSocketUrl;
    const rig = await opened({ ticket: () => aTicket({}, url) });
    await failing(rig, 5 * 60_000, end);
    url = rightUrl;
    const before = rig.clock.now();
    while (rig.socket().url !== rightUrl && rig.clock.now() - before < 120_000) {
      if (rig.listener.lastLink?.kind === 'refused') {
        await rig.clock.advance(60_000);
        rig.session.start();
      }
      await failing(rig, 1000, (socket) => {
        if (socket().url !== rightUrl) end(socket);
      });
    }
    expect(rig.socket().url).toBe(rightUrl);
  });

  it('costs no more than three tokens a minute', async () => {
    const rig = await opened();
    await failing(rig, 600_000, (socket) => socket().events.closed(1006, 'ECONNREFUSED'));
    expect(rig.ticketCalls()).toBeLessThanOrEqual(30);
    expect(rig.sockets.length).toBeGreaterThan(12);
  });

  it('is not doubted after a single failure', async () => {
    const rig = await opened();
    rig.socket().events.closed(1006, 'ECONNREFUSED');
    await rig.clock.advance(2000);
    expect([rig.sockets.length, rig.ticketCalls()]).toEqual([2, 1]);
  });

  it('is reported as a node that does not answer', async () => {
    const rig = await opened();
    rig.socket().events.closed(1006, 'ECONNREFUSED');
    const link = rig.listener.lastLink;
    expect(link).toMatchObject({ kind: 'reconnecting', problem: { message: saying(/does not answer/) } });
  });
});

describe('a socket that is cut without a word', () => {
  async function cut(permissions: string[]): Promise<SessionRig> {
    const rig = await aLiveSession({ ticket: () => aTicket({ permissions }) });
    rig.socket().answersPings = true;
    await rig.clock.advance(10_000);
    rig.socket().events.closed(1006, '');
    await rig.clock.advance(2000);
    await authenticate(rig.socket(), 'running');
    rig.socket().answersPings = true;
    return rig;
  }

  it('comes back with the held token, and reads permissions again within a minute', async () => {
    const rig = await cut(subuser);
    expect([rig.sockets.length, rig.ticketCalls()]).toEqual([2, 1]);
    rig.socket().receive('status', 'offline');
    for (let second = 0; second < 60 && rig.ticketCalls() === 1; second++) await rig.clock.advance(1000);
    rig.socket().receive('auth success');
    await rig.clock.advance(120_000);
    expect(rig.ticketCalls()).toBe(2);
    expect(rig.socket().sentEvents()).toEqual(['auth', 'send logs', 'auth']);
    expect(rig.listener.permissionLists).toHaveLength(3);
  });

  it('sends no action with permissions that may be withdrawn, until a new token is in force', async () => {
    const rig = await cut(['control.stop', 'control.console']);
    expect(rig.listener.lastLink).toEqual({ kind: 'live' });
    expect([rig.session.sendPower('stop'), rig.session.sendCommand('list')]).toEqual([false, false]);
    rig.socket().receive('status', 'offline');
    for (let second = 0; second < 60 && rig.ticketCalls() === 1; second++) await rig.clock.advance(1000);
    rig.socket().receive('auth success');
    expect([rig.session.sendPower('stop'), rig.session.sendCommand('list')]).toEqual([true, true]);
    expect(rig.socket().sentEvents().slice(-2)).toEqual(['set state', 'send command']);
  });

  it('costs an owner no token, because owners keep their permissions', async () => {
    const rig = await cut(['*']);
    expect(rig.session.sendPower('stop')).toBe(true);
    await rig.clock.advance(120_000);
    expect(rig.ticketCalls()).toBe(1);
  });

  it('spreads the token requests of all lost sockets', async () => {
    const times = await Promise.all(
      [0, 0.25, 0.5, 0.75, 1].map(async (random) => {
        const rig = await aLiveSession({
          random: () => random,
          ticket: () => aTicket({ permissions: subuser }),
        });
        rig.socket().events.closed(1006, '');
        await rig.clock.advance(2000);
        await authenticate(rig.socket(), 'running');
        rig.socket().answersPings = true;
        const back = rig.clock.now();
        while (rig.ticketCalls() === 1) await rig.clock.advance(500);
        return rig.clock.now() - back;
      }),
    );
    const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThan(10_000);
  });
});

describe('a node that refuses its tokens', () => {
  const denied = 'Error Event [x]: jwt: created too far in past (denylist)';

  it.each([
    ['on one socket', false],
    ['and closes each time', true],
  ])('leaves some of the five tokens per minute to others, %s', async (_, closes) => {
    const asked: number[] = [];
    const rig: SessionRig = aSession({
      random: () => 0,
      ticket: () => {
        asked.push(rig.clock.now());
        return aTicket();
      },
    });
    rig.session.start();
    await settle();
    for (let second = 0; second < 600; second++) {
      const socket = rig.sockets.at(-1);
      if (socket !== undefined && !socket.isClosed && socket.sent.length === 0) socket.events.open();
      if (socket?.sent.at(-1)?.event === 'auth') {
        socket.receive('jwt error', denied);
        socket.sent.length = 1;
        socket.sent[0] = { event: 'answered' };
        if (closes) socket.events.closed(1000, '');
      }
      await rig.clock.advance(1000);
    }
    for (const from of asked) {
      expect(asked.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(4);
    }
    const longest = Math.max(...asked.slice(1).map((at, index) => at - (asked[index] ?? 0)));
    expect(longest).toBeLessThanOrEqual(110_000);
  });
});

describe('a renewal', () => {
  it('that is refused once is repeated while the token is valid', async () => {
    const rig = await aLiveSession({ ticket: (call) => (call === 1 ? refusal('forbidden') : aTicket()) });
    rig.socket().answersPings = true;
    await rig.clock.advance(571_000);
    expect(rig.ticketCalls()).toBe(3);
    rig.socket().receive('auth success');
    await rig.clock.advance(60_000);
    expect(rig.listener.links.map(({ kind }) => kind)).toEqual(['connecting', 'live']);
  });

  it('that is refused twice ends the session', async () => {
    const rig = await aLiveSession({ ticket: (call) => (call === 0 ? aTicket() : refusal('forbidden')) });
    rig.socket().answersPings = true;
    await rig.clock.advance(590_000);
    expect(rig.listener.lastLink).toMatchObject({ kind: 'refused', problem: { code: 'forbidden' } });
  });
});

describe('when the person asks', () => {
  it('a waiting connection is tried at once, whatever it waits for', async () => {
    const rig = await opened({ ticket: () => refusal('protocol') });
    expect(rig.ticketCalls()).toBe(1);
    rig.session.hurry();
    await settle();
    expect(rig.ticketCalls()).toBe(2);
  });

  it('a waiting token request is sent at once, and a good connection is checked', async () => {
    const rig = await aLiveSession({ ticket: (call) => (call === 1 ? refusal('protocol') : aTicket()) });
    rig.session.hurry();
    expect([rig.socket().pings, rig.ticketCalls()]).toEqual([1, 1]);
    rig.socket().answersPings = true;
    rig.socket().pong();
    rig.socket().receive('token expired');
    await rig.clock.advance(0);
    expect(rig.listener.lastLink?.kind).toBe('reconnecting');
    rig.session.hurry();
    await settle();
    expect(rig.ticketCalls()).toBe(3);
  });
});
