/**
 * Half-open connection between the real socket and the sandbox's node: an action reported as uncertain is not carried
 * out late.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DeadWire } from '../../tests/support/dead-wire.js';
import { aRealSession, pause, until } from '../../tests/support/wings-real-session.js';
import { SURVIVAL, WingsRig } from '../../tests/support/wings-rig.js';
import type { RecordingListener } from '../../tests/support/wings-session.js';
import type { WingsSession } from './session.js';

let rig: WingsRig;
let wire: DeadWire;
let listener: RecordingListener;
let session: WingsSession;

beforeAll(async () => {
  rig = await WingsRig.start();
  wire = new DeadWire();
  const port = await wire.start(Number(new URL(rig.node.socketBase).port));
  const url = `ws://127.0.0.1:${port}/api/servers/${SURVIVAL}/ws`;
  ({ session, listener } = aRealSession(rig, { ticket: async () => ({ token: await rig.token(), url }) }));
  session.start();
  await until('live', () => listener.lastLink?.kind === 'live');
  session.sendPower('start');
  await until('running', () => listener.powers.at(-1) === 'running');
});

afterAll(async () => {
  session.stop();
  wire.stop();
  await rig.end();
});

it('a stop on a dead connection is uncertain after 5 s, and is not carried out after the repair', async () => {
  expect(listener.signalsRead).toBe(1);
  wire.setMute(true);
  expect(session.sendPower('stop')).toBe(true);
  expect(session.sendCommand('say late')).toBe(true);
  await until('uncertain', () => listener.unsureOf.length === 2, 8000);
  expect(listener.unsureOf).toEqual([
    { kind: 'signal', signal: 'stop' },
    { kind: 'commands', commands: ['say late'] },
  ]);
  expect(listener.lastLink?.kind).toBe('reconnecting');
  await pause(1000);
  wire.setMute(false);
  await until('live again', () => listener.lastLink?.kind === 'live', 30_000);
  // Without the reset, a clean close would deliver the message within this time.
  await pause(5000);
  expect(rig.node.state(SURVIVAL)).toBe('running');
  expect(listener.texts()).not.toContain('say late');
});

it('the next stop is carried out as usual', async () => {
  session.sendPower('stop');
  await until('read', () => listener.signalsRead === 2);
  await until('offline', () => listener.powers.at(-1) === 'offline');
  expect(listener.unsureOf).toHaveLength(2);
});
