/** Commands that the node refused because of a revoked token (PROTOCOL 4.7, 4.8). */
import { describe, expect, it } from 'vitest';
import type { PowerSignal } from '../../bridge/schema/domain.js';
import { aLiveSession, renew, sent } from '../../tests/support/wings-session.js';

const expired = 'jwt: exp claim is invalid';
const denied = 'jwt: created too far in past (denylist)';

const notSent = (what: string): string =>
  `${what} not sent: the access token of the live connection was no longer valid. Up in the command line brings `;
const oneNotSent = `${notSent('A command was')}it back.`;
const someNotSent = (count: number): string => `${notSent(`${String(count)} commands were`)}them back.`;

describe('commands that the node refused', () => {
  it.each([denied, expired, 'jwt: no jwt present'])(
    'are dropped with the waiting commands, with one notice: %s',
    async (text) => {
      const rig = await aLiveSession();
      for (const command of ['one', 'two', 'three']) rig.session.sendCommand(command);
      await rig.clock.advance(250);
      expect(sent(rig.socket(), 'send command')).toEqual(['one', 'two']);
      for (let count = 0; count < 3; count++) rig.socket().receive('jwt error', text);
      expect(rig.listener.notices).toEqual([someNotSent(3)]);
      expect(rig.listener.noticesAbout).toEqual(['commands']);
      await renew(rig);
      await rig.clock.advance(20_000);
      expect(sent(rig.socket(), 'send command')).toEqual(['one', 'two']);
      expect(rig.listener.notices).toHaveLength(1);
    },
  );

  it('are not sent after newer commands by another route', async () => {
    const rig = await aLiveSession();
    rig.session.sendCommand('whitelist add Bob');
    rig.socket().receive('jwt error', denied);
    expect(rig.session.sendCommand('whitelist remove Bob')).toBe(false);
    await renew(rig);
    await rig.clock.advance(5000);
    expect(sent(rig.socket(), 'send command')).toEqual(['whitelist add Bob']);
    expect(rig.listener.notices).toEqual([oneNotSent]);
  });

  it('are not sent after a newer signal by another route', async () => {
    const rig = await aLiveSession();
    rig.session.sendCommand('stop');
    rig.socket().receive('jwt error', denied);
    expect(rig.session.sendPower('restart')).toBe(false);
    await renew(rig);
    await rig.clock.advance(5000);
    expect(rig.socket().sentEvents().slice(-3)).toEqual(['send command', 'auth', 'send stats']);
    expect(rig.listener.notices).toEqual([oneNotSent]);
  });

  it.each<PowerSignal>(['stop', 'kill'])(
    'are not sent after a later signal that is repeated: %s',
    async (signal) => {
      const rig = await aLiveSession();
      rig.session.sendCommand('save-all');
      rig.session.sendPower(signal);
      rig.socket().receive('jwt error', denied);
      expect(rig.listener.notices).toEqual([oneNotSent]);
      rig.socket().receive('jwt error', denied);
      await renew(rig);
      await rig.clock.advance(5000);
      const events = rig.socket().sentEvents();
      expect(events.slice(-5)).toEqual(['send command', 'set state', 'auth', 'set state', 'send stats']);
      expect(rig.listener.notices).toHaveLength(1);
    },
  );

  it('make room for commands of the next token', async () => {
    const rig = await aLiveSession();
    for (const command of ['one', 'two']) rig.session.sendCommand(command);
    rig.socket().receive('jwt error', denied);
    await renew(rig);
    expect(rig.session.sendCommand('three')).toBe(true);
    expect(sent(rig.socket(), 'send command')).toEqual(['one', 'three']);
  });

  it.each([
    ['its echo', 'console output', 'list'],
    ['anything that shows a good token', 'console output', 'a program without echo'],
  ])('are not reported as unsent after %s', async (_, event, text) => {
    const rig = await aLiveSession();
    rig.session.sendCommand('list');
    rig.socket().receive(event, text);
    rig.socket().receive('jwt error', denied);
    expect(rig.listener.notices).toEqual([]);
  });

  it('are not reported as unsent after a rate limit, which has its own notice', async () => {
    const rig = await aLiveSession();
    rig.session.sendCommand('list');
    rig.socket().receive('throttled', 'send command');
    rig.socket().receive('jwt error', denied);
    expect(rig.listener.notices).toEqual([expect.stringMatching(/dropped a command/)]);
  });

  it('are not reported as unsent if the error came too late to be about them', async () => {
    const rig = await aLiveSession();
    rig.session.sendCommand('list');
    await rig.clock.advance(3000);
    rig.socket().receive('jwt error', denied);
    expect(rig.listener.notices).toEqual([]);
  });
});

describe('commands that wait while the token ends otherwise', () => {
  it.each([
    ['the node says so', 'token expired', ''],
    ['the node gives an unknown reason', 'jwt error', 'something new'],
  ])('are dropped before a newer command takes another route: %s', async (_, event, text) => {
    const rig = await aLiveSession();
    for (const command of ['one', 'two', 'three']) rig.session.sendCommand(command);
    rig.socket().receive(event, text);
    expect(rig.session.sendCommand('four')).toBe(false);
    expect(rig.listener.notices).toEqual([someNotSent(2)]);
    await renew(rig);
    await rig.clock.advance(5000);
    expect(sent(rig.socket(), 'send command')).toEqual(['one']);
  });

  it('are dropped at their turn', async () => {
    const rig = await aLiveSession();
    for (const command of ['one', 'two', 'three']) rig.session.sendCommand(command);
    rig.socket().receive('jwt error', 'something new');
    await rig.clock.advance(250);
    expect(rig.listener.notices).toEqual([someNotSent(2)]);
    await renew(rig);
    await rig.clock.advance(5000);
    expect(sent(rig.socket(), 'send command')).toEqual(['one']);
  });
});
