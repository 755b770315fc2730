/** Panel on https that names a node without encryption. */
import { describe, expect, it } from 'vitest';
import { settle } from '../../tests/support/fake-clock.js';
import { saying } from '../../tests/support/spoken-problem.js';
import { aLiveSession, aSession, aTicket } from '../../tests/support/wings-session.js';

describe('a node without encryption', () => {
  it('sends no token if the panel then names an unencrypted address', async () => {
    const { socket, clock, sockets, listener } = await aLiveSession({
      ticket: (call) => (call === 0 ? aTicket() : aTicket({}, 'ws://node.example.com:8080/ws')),
    });
    socket().receive('token expiring');
    await clock.advance(0);
    expect(sockets).toHaveLength(1);
    expect(sockets[0]?.isClosed).toBe(true);
    expect(listener.lastLink).toMatchObject({
      kind: 'reconnecting',
      problem: {
        code: 'node-unencrypted',
        message: saying(/unencrypted address for node\.example\.com:8080/),
      },
    });
  });

  it.each([
    ['the person has allowed it', 'ws://node.example.com/ws', true],
    ['it does not leave this computer', 'ws://127.0.0.1:8080/ws', false],
  ])('accepts an unencrypted address if %s', async (_what, url, allowed) => {
    const rig = aSession({ ticket: () => aTicket({}, url), allowsUnencrypted: () => allowed });
    rig.session.start();
    await settle();
    expect(rig.socket().url).toBe(url);
  });

  it('tries again by itself, so that a node with a certificate is found', async () => {
    let url = 'ws://node.example.com/ws';
    const rig = aSession({ ticket: () => aTicket({}, url) });
    rig.session.start();
    await settle();
    expect(rig.sockets).toEqual([]);
    url = 'wss://node.example.com/ws';
    await rig.clock.advance(120_000);
    expect(rig.socket().url).toBe(url);
  });
});
