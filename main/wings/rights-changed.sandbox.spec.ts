/**
 * Actions just after the person's permissions have changed, in the order of a real panel: the token is revoked, and on
 * a stopped server only the answer to the person's own message shows it (PROTOCOL 4.7, 4.8). Newer nodes close the
 * socket instead (PROTOCOL 4.9).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PanelAndNodes, pause, until, type RealSession } from '../../tests/support/wings-real-session.js';

const stopped = 'Creative';
const running = 'Survival';
const most = ['websocket.connect', 'control.console', 'control.start', 'control.stop'];

let world: PanelAndNodes;
const opened: RealSession[] = [];

beforeAll(async () => {
  world = await PanelAndNodes.start('panel-1.11');
});

afterAll(async () => {
  for (const { session } of opened.splice(0)) session.stop();
  await world.end();
});

/** Live session of a subuser with every permission except restart. */
async function live(server: string): Promise<RealSession> {
  world.sandbox.changes.setPermissions(server, 'subuser', most);
  // A token issued in the same second would be revoked as well (PROTOCOL 4.2).
  await pause(1050);
  const made = world.session(server, 'subuser');
  opened.push(made);
  made.session.start();
  await until('live', () => made.listener.lastLink?.kind === 'live');
  await until('a state', () => made.listener.powers.length > 0);
  // Wait, so that the first request for the history still finds the token valid.
  await pause(300);
  return made;
}

describe('after a change of rights', () => {
  it('a start that is still allowed is carried out once, within a few seconds', async () => {
    const { session, listener, tickets } = await live(stopped);
    expect(listener.powers).toEqual(['offline']);
    world.sandbox.changes.setPermissions(stopped, 'subuser', [...most, 'control.restart']);
    await pause(500);
    expect(listener.lastLink).toEqual({ kind: 'live' });
    expect(session.sendPower('start')).toBe(true);
    await until('starting', () => listener.powers.at(-1) !== 'offline', 6000);
    await until('running', () => listener.powers.at(-1) === 'running');
    expect(tickets()).toBe(2);
    expect(listener.permissionLists.at(-1)).toContain('control.restart');
    // The node would refuse a second start with a message, because the server runs.
    await pause(500);
    expect(listener.notices).toEqual([]);
    expect(session.sendPower('kill')).toBe(true);
    await until('offline', () => listener.powers.at(-1) === 'offline');
    session.stop();
  });

  it('a start without permission is reported with the missing permission', async () => {
    const { session, listener } = await live(stopped);
    world.sandbox.changes.setPermissions(stopped, 'subuser', ['websocket.connect']);
    expect(session.sendPower('start')).toBe(true);
    await until('a notice', () => listener.notices.length > 0, 6000);
    expect(listener.notices).toEqual([
      'The node did not carry out the start: your account no longer has the permission control.start.',
    ]);
    expect(listener.noticesAbout).toEqual(['signal']);
    await pause(500);
    // The new token brings the state again; the state never changed.
    expect(new Set(listener.powers)).toEqual(new Set(['offline']));
    session.stop();
  });

  it('a start without access is reported', async () => {
    const { session, listener } = await live(stopped);
    world.sandbox.changes.setPermissions(stopped, 'subuser', null);
    expect(session.sendPower('start')).toBe(true);
    await until('a refusal', () => listener.lastLink?.kind === 'refused', 6000);
    expect(listener.lastLink).toMatchObject({ problem: { code: 'not-found' } });
    expect(listener.noticesAbout).toEqual(['signal']);
  });

  it('refused commands are reported and stay unsent, and later commands are carried out', async () => {
    const { session, listener } = await live(running);
    await until('running', () => listener.powers.at(-1) === 'running');
    world.sandbox.changes.setPermissions(running, 'subuser', [...most, 'control.restart']);
    const wanted = ['say one', 'say two', 'say three'];
    for (const command of wanted) expect(session.sendCommand(command)).toBe(true);
    await until('a notice', () => listener.notices.length > 0, 6000);
    expect(listener.notices).toEqual([
      '3 commands were not sent: the access token of the live connection was no longer valid. ' +
        'Up in the command line brings them back.',
    ]);
    expect(listener.noticesAbout).toEqual(['commands']);
    await until(
      'the new rights',
      () => listener.permissionLists.at(-1)?.includes('control.restart') === true,
    );
    expect(session.sendCommand('say four')).toBe(true);
    const echoes = (): string[] => listener.texts().filter((text) => /^say (one|two|three|four)$/.test(text));
    await until('an echo', () => echoes().length > 0);
    await pause(1000);
    expect(echoes()).toEqual(['say four']);
    expect(listener.notices).toHaveLength(1);
  });
});
