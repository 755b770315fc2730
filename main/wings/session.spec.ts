import { describe, expect, it } from 'vitest';
import { PerchError, type Problem, type ProblemCode } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import { HttpFailure, type HttpFailureReason } from '../base/network-ports.js';
import { aCertificate } from '../../tests/support/entities.js';
import { settle } from '../../tests/support/fake-clock.js';
import {
  aLiveSession,
  anOrigin,
  aSession,
  aSocketUrl,
  aTicket,
  authenticate,
} from '../../tests/support/wings-session.js';
import { inWords, type SpokenProblem } from '../../tests/support/spoken-problem.js';
import type { SessionLink } from './api.js';

function refusal(problem: Partial<Problem> & { code: Problem['code'] }): never {
  throw new PerchError({ message: verbatim('The panel says no.'), next: verbatim('Ask.'), ...problem });
}

/** Problem of a link, if any. */
function problemOf(link: SessionLink | undefined): SpokenProblem | null {
  const problem = link?.kind === 'refused' || link?.kind === 'reconnecting' ? link.problem : null;
  return problem === null ? null : inWords(problem);
}

describe('opening', () => {
  it('connects with the origin of the panel and sends nothing but auth before auth success', async () => {
    const { session, listener, socket, clock } = aSession();
    session.start();
    expect(listener.lastLink).toEqual({ kind: 'connecting' });
    await settle();
    expect(socket().url).toBe(aSocketUrl);
    expect(socket().headers).toEqual({ Origin: anOrigin });
    socket().events.open();
    expect(session.sendPower('start')).toBe(false);
    expect(session.sendCommand('list')).toBe(false);
    await clock.advance(5000);
    expect(socket().sent).toEqual([{ event: 'auth', args: [aTicket().token] }]);
    socket().receive('auth success');
    expect(socket().sentEvents()).toEqual(['auth', 'send logs']);
    expect(listener.lastLink).toEqual({ kind: 'live' });
    expect(listener.permissionLists).toEqual([['*']]);
  });

  it('asks for the history once per connection, not at a renewal', async () => {
    const { socket, clock } = await aLiveSession();
    socket().receive('token expiring');
    await clock.advance(0);
    socket().receive('auth success');
    expect(socket().sentEvents()).toEqual(['auth', 'send logs', 'auth']);
  });

  it('gives a node 10 s to open and 10 s to answer', async () => {
    for (const opens of [false, true]) {
      const { session, listener, socket, clock } = aSession();
      session.start();
      await settle();
      if (opens) socket().events.open();
      await clock.advance(9999);
      expect(listener.lastLink?.kind).toBe('connecting');
      await clock.advance(1);
      expect(problemOf(listener.lastLink)).toMatchObject({ code: 'timeout' });
      expect(socket().isClosed).toBe(true);
    }
  });

  it('tries a token of another server once more, then gives up', async () => {
    const other = aTicket({ server_uuid: '22222222-2222-4222-8222-222222222222' });
    const { session, listener, sockets, clock, ticketCalls } = aSession({ ticket: () => other });
    session.start();
    await clock.advance(600_000);
    expect(sockets).toHaveLength(0);
    expect(ticketCalls()).toBe(2);
    expect(listener.lastLink).toMatchObject({ kind: 'refused', problem: { code: 'protocol' } });
  });

  it('does not connect to an address that is no websocket', async () => {
    const { session, listener, sockets } = aSession({
      ticket: () => aTicket({}, 'https://node.example.com/'),
    });
    session.start();
    await settle();
    expect(sockets).toHaveLength(0);
    expect(problemOf(listener.lastLink)?.message).toMatch(/no usable address/);
  });
});

describe('refusals of the panel', () => {
  it.each([
    ['unauthorized', {}],
    ['forbidden', { permission: 'websocket.connect' }],
    ['not-found', {}],
    ['conflict', { condition: 'suspended' }],
  ] as const)('ends the attempts at %s', async (code, more) => {
    const { session, listener, clock, ticketCalls } = aSession({ ticket: () => refusal({ code, ...more }) });
    session.start();
    await clock.advance(3_600_000);
    expect(listener.lastLink).toMatchObject({ kind: 'refused', problem: { code } });
    expect(listener.changes).toBe(1);
    expect(ticketCalls()).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('asks once a minute while the server is being installed', async () => {
    const { session, clock, ticketCalls, listener } = aSession({
      ticket: (call) => (call < 2 ? refusal({ code: 'conflict', condition: 'installing' }) : aTicket()),
      random: () => 0,
    });
    session.start();
    await clock.advance(59_999);
    expect(ticketCalls()).toBe(1);
    expect(listener.lastLink).toMatchObject({ kind: 'reconnecting', retryAt: clock.now() + 1 });
    await clock.advance(60_001);
    expect(ticketCalls()).toBe(3);
  });

  it('waits as long as the panel asks for', async () => {
    const { session, clock, ticketCalls, listener } = aSession({
      ticket: (call) =>
        call === 0 ? refusal({ code: 'rate-limited', retryAt: 1_700_000_037_000 }) : aTicket(),
    });
    session.start();
    await clock.advance(37_000);
    expect(ticketCalls()).toBe(1);
    // Each session waits a different short time, because the panel refused all sessions of the account alike.
    expect(listener.lastLink).toMatchObject({ retryAt: 1_700_000_038_850 });
    await clock.advance(1850);
    expect(ticketCalls()).toBe(2);
  });

  it('tries again within two minutes, whatever pause the panel asks for', async () => {
    const { session, clock, ticketCalls } = aSession({
      ticket: (call) =>
        call === 0 ? refusal({ code: 'rate-limited', retryAt: 1_700_086_400_000 }) : aTicket(),
    });
    session.start();
    await clock.advance(110_000);
    expect(ticketCalls()).toBe(2);
  });

  it('backs off from 1 s to 60 s while the panel cannot be reached', async () => {
    const { session, clock, ticketCalls, listener } = aSession({
      ticket: () => refusal({ code: 'panel-unreachable' }),
      random: () => 0.999999,
    });
    session.start();
    await settle();
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      const link = listener.lastLink;
      if (link?.kind !== 'reconnecting') throw new Error('not reconnecting');
      pauses.push(link.retryAt - clock.now());
      await clock.advance(link.retryAt - clock.now());
    }
    expect(pauses).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect(ticketCalls()).toBe(9);
  });
});

describe('refusals of the handshake', () => {
  const ofNode = { 'access-control-allow-headers': 'Accept, X-Real-IP', 'x-request-id': 'a1' };
  const ofProxy = { server: 'cloudflare', 'cf-mitigated': 'challenge' };

  it('explains a refused origin and stops', async () => {
    const { session, listener, socket, clock, sockets } = aSession();
    session.start();
    await settle();
    socket().events.refused(403, { 'sec-websocket-version': '13' });
    socket().events.closed(1006, '');
    await clock.advance(600_000);
    expect(sockets).toHaveLength(1);
    expect(listener.lastLink).toMatchObject({ kind: 'refused', problem: { code: 'forbidden' } });
    const problem = problemOf(listener.lastLink);
    expect(problem?.message).toContain(anOrigin);
    expect(problem?.next).toContain('allowed_origins');
  });

  it('requests the address again after 404, then tries once a minute', async () => {
    const { session, listener, socket, clock, ticketCalls, sockets } = aSession();
    session.start();
    await settle();
    socket().events.refused(404, ofNode);
    expect(problemOf(listener.lastLink)).toMatchObject({ code: 'not-found' });
    await clock.advance(2000);
    expect(ticketCalls()).toBe(2);
    expect(sockets).toHaveLength(2);
    socket().events.refused(404, ofNode);
    await clock.advance(59_000);
    expect(sockets).toHaveLength(2);
    await clock.advance(11_000);
    expect(sockets).toHaveLength(3);
    expect(ticketCalls()).toBe(3);
  });

  it.each([
    [400, ofNode, /too many/, 60_000],
    [400, { 'sec-websocket-version': '13' }, /does not pass live connections on/, 60_000],
    [400, ofProxy, /status 400 instead/, 60_000],
    [401, ofProxy, /in front of it answers with status 401/, 60_000],
    [403, ofProxy, /in front of it answers with status 403/, 60_000],
    [302, ofProxy, /status 302/, 60_000],
    [502, ofProxy, /status 502/, 1000],
    [522, ofProxy, /status 522/, 1000],
  ])('tries again after %i with %j', async (status, headers, words, atLeastMs) => {
    const { session, listener, socket, clock, sockets } = aSession({ random: () => 0 });
    session.start();
    await settle();
    socket().events.refused(status, headers);
    expect(problemOf(listener.lastLink)?.message).toMatch(words);
    await clock.advance(atLeastMs - 1);
    expect(sockets).toHaveLength(1);
    await clock.advance(1);
    expect(sockets).toHaveLength(2);
  });

  const certificate = aCertificate();
  const untrusted = (reason?: HttpFailureReason): HttpFailure =>
    new HttpFailure('tls-untrusted', 'x', { reason, certificate });
  const proxy = (reason: HttpFailureReason): HttpFailure =>
    new HttpFailure('unreachable', 'x', { reason, proxy: 'proxy.example.com:3128' });
  it.each<[string, HttpFailure, ProblemCode, RegExp]>([
    [
      'an end without a word',
      new HttpFailure('unreachable', 'ECONNREFUSED'),
      'node-unreachable',
      /not answer/,
    ],
    [
      'a name that nobody has',
      new HttpFailure('unknown-host', 'x'),
      'node-unreachable',
      /can’t find the node’s address/,
    ],
    ['no TLS', new HttpFailure('unreachable', 'x', { reason: 'no-tls' }), 'node-unreachable', /not use TLS/],
    [
      'an unknown signer',
      untrusted(),
      'tls-untrusted',
      /does not trust the certificate of the node node\.example\.com:8080/,
    ],
    ['another certificate', untrusted('certificate-changed'), 'tls-untrusted', /is not the one you trusted/],
    ['other names', untrusted('certificate-name'), 'tls-untrusted', /another address/],
    ['dates', untrusted('certificate-expired'), 'tls-untrusted', /has expired/],
    ['a dead proxy', proxy('proxy-down'), 'node-unreachable', /proxy\.example\.com:3128.* the node/],
    ['a proxy with a password', proxy('proxy-login'), 'node-unreachable', /a user name and a password/],
    ['a proxy that refuses', proxy('proxy-refused'), 'node-unreachable', /does not connect Perch/],
  ])('names the cause: %s', async (_what, cause, code, words) => {
    const { session, listener, socket } = aSession();
    session.start();
    await settle();
    socket().events.closed(1006, '', cause);
    const problem = problemOf(listener.lastLink);
    expect(problem).toMatchObject({ code });
    expect(problem?.message).toMatch(words);
    expect(problem?.certificate).toEqual(cause.certificate);
  });

  it('connects at once after the certificate was trusted, with the held token', async () => {
    const { session, socket, sockets, ticketCalls } = aSession();
    session.start();
    await settle();
    socket().events.closed(1006, '', untrusted());
    session.hurry();
    await settle();
    expect(sockets).toHaveLength(2);
    session.hurry();
    await settle();
    expect(sockets).toHaveLength(2);
    expect(ticketCalls()).toBe(1);
  });
});

describe('reconnecting', () => {
  it('uses a valid token again and requests the history again', async () => {
    const { listener, socket, clock, sockets, ticketCalls } = await aLiveSession();
    socket().events.closed(1006, '');
    expect(listener.lastLink).toMatchObject({ kind: 'reconnecting', retryAt: clock.now() + 1500 });
    expect(problemOf(listener.lastLink)?.message).toMatch(/was lost/);
    await clock.advance(1500);
    expect(sockets).toHaveLength(2);
    await authenticate(socket(), 'running');
    expect(ticketCalls()).toBe(1);
    expect(socket().sentEvents()).toEqual(['auth', 'send logs']);
    expect(listener.lastLink).toEqual({ kind: 'live' });
  });

  it('requests a new token if the held token is near its end', async () => {
    const { socket, clock, sockets, ticketCalls } = await aLiveSession({
      ticket: (call) => (call === 1 ? refusal({ code: 'conflict', condition: 'installing' }) : aTicket()),
    });
    socket().answersPings = true;
    await clock.advance(571_000);
    // The renewal failed and waits for its minute.
    expect(ticketCalls()).toBe(2);
    socket().events.closed(1006, '');
    await clock.advance(2000);
    expect(ticketCalls()).toBe(3);
    expect(sockets).toHaveLength(2);
  });

  it.each([4409, 4400])('stops at close code %i', async (code) => {
    const { listener, socket, clock, sockets } = await aLiveSession();
    socket().events.closed(code, 'server is suspended');
    await clock.advance(600_000);
    expect(sockets).toHaveLength(1);
    expect(listener.lastLink).toMatchObject({
      kind: 'refused',
      problem: { code: 'conflict', condition: 'suspended' },
    });
    expect(listener.changes).toBe(1);
  });

  it('starts over when it is started again after a refusal', async () => {
    const { session, socket, sockets, listener } = await aLiveSession();
    socket().events.closed(4409, '');
    session.start();
    await settle();
    expect(sockets).toHaveLength(2);
    await authenticate(socket(), 'offline');
    expect(listener.lastLink).toEqual({ kind: 'live' });
  });

  it('keeps growing pauses while connections die young', async () => {
    const { listener, socket, clock } = await aLiveSession({ random: () => 0.999999 });
    const pauses: number[] = [];
    for (let round = 0; round < 4; round++) {
      socket().events.closed(1006, '');
      const link = listener.lastLink;
      if (link?.kind !== 'reconnecting') throw new Error('not reconnecting');
      pauses.push(link.retryAt - clock.now());
      await clock.advance(link.retryAt - clock.now());
      await authenticate(socket(), 'running');
    }
    await clock.advance(10_000);
    socket().events.closed(1006, '');
    const link = listener.lastLink;
    pauses.push(link?.kind === 'reconnecting' ? link.retryAt - clock.now() : 0);
    expect(pauses).toEqual([2000, 4000, 8000, 16_000, 2000]);
  });

  it('looks for a moved server at the panel: deletion and transfer drop token and address', async () => {
    const moved = aTicket({}, 'wss://other.example.com/ws');
    for (const event of ['deleted', 'transfer']) {
      const { listener, socket, clock, sockets } = await aLiveSession({
        ticket: (call) => (call === 0 ? aTicket() : moved),
      });
      if (event === 'deleted') socket().receive('deleted', 'null');
      else socket().receive('transfer status', 'completed');
      socket().events.closed(1001, 'server deleted');
      expect(sockets[0]?.isClosed).toBe(true);
      await clock.advance(2000);
      expect(socket().url).toBe('wss://other.example.com/ws');
      expect(listener.deletions).toBe(event === 'deleted' ? 1 : 0);
      expect(listener.changes).toBe(event === 'deleted' ? 0 : 1);
    }
  });

  it('accepts the close reason of a deletion, too', async () => {
    const { listener, socket, clock } = await aLiveSession({
      ticket: (call) => (call === 0 ? aTicket() : refusal({ code: 'not-found' })),
    });
    socket().events.closed(1001, 'server deleted');
    expect(listener.deletions).toBe(1);
    await clock.advance(2000);
    expect(listener.lastLink).toMatchObject({ kind: 'refused', problem: { code: 'not-found' } });
  });
});
