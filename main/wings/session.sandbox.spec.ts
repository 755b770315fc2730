/** The session with the real socket and clock, against the sandbox's node with real processes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRealSession, until } from '../../tests/support/wings-real-session.js';
import { WingsRig } from '../../tests/support/wings-rig.js';
import type { RecordingListener } from '../../tests/support/wings-session.js';
import type { WingsSession } from './session.js';

const lifetimeSeconds = 8;
let rig: WingsRig;
let listener: RecordingListener;
let session: WingsSession;
let tickets: () => number;

beforeAll(async () => {
  rig = await WingsRig.start({ lifetimeSeconds });
  ({ session, listener, tickets } = aRealSession(rig));
});

afterAll(async () => {
  session.stop();
  await rig.end();
});

describe('a session with a node', () => {
  it('goes live, starts the server and watches it', async () => {
    session.start();
    await until('live', () => listener.lastLink?.kind === 'live');
    await until('offline', () => listener.powers.at(-1) === 'offline');
    expect(session.sendPower('start')).toBe(true);
    await until('running', () => listener.powers.at(-1) === 'running');
    await until('usage', () => (listener.usages.at(-1)?.memoryBytes ?? 0) > 0);
    expect(listener.allLines.some((line) => line.source === 'daemon')).toBe(true);
    expect(listener.allLines.some((line) => line.source === 'server')).toBe(true);
  });

  it('sends commands in order', async () => {
    const from = listener.allLines.length;
    for (const word of ['one', 'two', 'three']) expect(session.sendCommand(`say ${word}`)).toBe(true);
    const echoes = (): string[] =>
      listener
        .texts()
        .slice(from)
        .filter((text) => /^say (one|two|three)$/.test(text));
    await until('echoes', () => echoes().length === 3);
    expect(echoes()).toEqual(['say one', 'say two', 'say three']);
  });

  it('renews its token on the same socket', async () => {
    const before = tickets();
    await until('a renewal', () => tickets() > before);
    await new Promise((resolve) => setTimeout(resolve, lifetimeSeconds * 1000));
    expect(listener.links.map((link) => link.kind)).toEqual(['connecting', 'live']);
    expect(session.sendCommand('list')).toBe(true);
  });

  it('reports a crash once', async () => {
    session.sendCommand('crash');
    await until('a crash', () => listener.crashes.length > 0);
    await until('running again', () => listener.powers.at(-1) === 'running');
    expect(listener.crashes).toHaveLength(1);
  });

  it('reports a refused signal', async () => {
    session.sendPower('start');
    await until('a notice', () => listener.notices.length > 0);
    expect(listener.notices[0]).toMatch(/did not carry out the start/);
  });

  it('comes back after the node was away', async () => {
    await rig.node.stop();
    await until('reconnecting', () => listener.lastLink?.kind === 'reconnecting');
    await rig.node.start();
    await until('live again', () => listener.lastLink?.kind === 'live', 30_000);
    await until('a state', () => listener.powers.at(-1) === 'running', 20_000);
  });

  it('explains a wrong origin', async () => {
    const { session: stranger, listener: other } = aRealSession(rig, {
      origin: 'https://elsewhere.example.com',
    });
    stranger.start();
    await until('a refusal', () => other.lastLink?.kind === 'refused');
    expect(other.lastLink).toMatchObject({ problem: { code: 'forbidden' } });
  });
});
