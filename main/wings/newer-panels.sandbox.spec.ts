/** Sessions with tokens of a complete sandbox, as in the application (PROTOCOL 2.4, 3.4, 4.9). */
import { afterEach, describe, expect, it } from 'vitest';
import { PanelAndNodes, pause, until, type RealSession } from '../../tests/support/wings-real-session.js';

let world: PanelAndNodes;
const opened: RealSession[] = [];

afterEach(async () => {
  for (const { session } of opened.splice(0)) session.stop();
  await world.end();
});

function aSession(...whose: Parameters<PanelAndNodes['session']>): RealSession {
  const made = world.session(...whose);
  opened.push(made);
  made.session.start();
  return made;
}

function serverName(): string {
  const [first] = world.info.servers;
  if (first === undefined) throw new Error('The sandbox has no servers.');
  return first.name;
}

describe.each(['panel-1.12', 'pelican'])('a panel of dialect %s', (dialect) => {
  it('gives 5 tokens a minute for a server: the sixth waits as long as the panel says', async () => {
    world = await PanelAndNodes.start(dialect);
    const name = serverName();
    for (let count = 0; count < 5; count++) {
      const made = aSession(name);
      await until('live', () => made.listener.lastLink?.kind === 'live');
    }
    const late = aSession(name);
    await until('an answer', () => late.listener.lastLink?.kind === 'reconnecting');
    const link = late.listener.lastLink;
    if (link?.kind !== 'reconnecting') throw new Error('not reconnecting');
    expect(link.problem?.code).toBe('rate-limited');
    const wait = link.retryAt - Date.now();
    expect(wait).toBeGreaterThan(30_000);
    // The session may wait up to a tenth longer than the panel says.
    expect(wait).toBeLessThanOrEqual(67_000);
    // Neither time nor a network change triggers an earlier request.
    late.session.suspect();
    await pause(2500);
    expect(late.tickets()).toBe(1);
    expect(late.listener.lastLink).toEqual(link);
  });

  it('suspends a server: its session ends, and the panel refuses a new session', async () => {
    world = await PanelAndNodes.start(dialect);
    const name = serverName();
    const made = aSession(name);
    await until('live', () => made.listener.lastLink?.kind === 'live');
    world.sandbox.changes.suspend(name);
    const refusal = { kind: 'refused', problem: { code: 'conflict', condition: 'suspended' } };
    await until('a refusal', () => made.listener.lastLink?.kind === 'refused');
    expect(made.listener.lastLink).toMatchObject(refusal);
    const late = aSession(name);
    await until('a refusal', () => late.listener.lastLink?.kind === 'refused');
    expect(late.listener.lastLink).toMatchObject(refusal);
    world.sandbox.changes.unsuspend(name);
    late.session.start();
    await until('live again', () => late.listener.lastLink?.kind === 'live');
  });
});
