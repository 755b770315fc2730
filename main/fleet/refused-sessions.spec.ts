/** Retries after a refused session (RETRIES "Retry table"). */
import { describe, expect, it } from 'vitest';
import type { Problem, ProblemCode } from '../../bridge/errors.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, FakePanel } from '../../tests/support/fleet-fakes.js';

async function live() {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u0'), aPanelServer('u1')];
  const rig = aFleet(panel);
  await rig.live();
  const session = rig.session('u0');
  const refuse = (problem: Problem) => session.tell({ kind: 'link', link: { kind: 'refused', problem } });
  return { ...rig, session, refuse, link: () => rig.server('u0').link };
}

const refusals: readonly [string, Problem][] = [
  ['a proxy at the handshake', aProblem('forbidden')],
  ['a missing permission', aProblem('forbidden', { permission: 'websocket.connect' })],
  ['a server that is not known', aProblem('not-found')],
  ['a suspension of which the list knows nothing', aProblem('conflict', { condition: 'suspended' })],
  ['a token for another server', aProblem('protocol')],
];

describe('a session that was refused', () => {
  it.each(refusals)('for %s is started again within two minutes, for hours', async (_, problem) => {
    const { clock, link, refuse, session } = await live();
    for (let each = 0; each < 10; each++) {
      const { starts } = session;
      refuse(problem);
      const refused = link();
      expect(refused).toMatchObject({ kind: 'refused', problem });
      const wait = refused.kind === 'refused' ? refused.retryAt - clock.now() : 0;
      expect(wait).toBeGreaterThanOrEqual(60_000);
      expect(wait).toBeLessThanOrEqual(110_000);
      await clock.advance(wait);
      expect(session.starts - starts).toBe(1);
    }
    session.tell({ kind: 'link', link: { kind: 'live' } });
    expect(link()).toEqual({ kind: 'live' });
    await clock.advance(600_000);
    expect(session.starts).toBe(11);
  });

  it('stays refused and is polled while it is tried again', async () => {
    const { clock, link, refuse, session, panel } = await live();
    const polls = panel.count('resources u0');
    refuse(aProblem('forbidden'));
    await clock.advance(70_000);
    session.tell({ kind: 'link', link: { kind: 'connecting' } });
    expect(link().kind).toBe('refused');
    expect(panel.count('resources u0') - polls).toBeGreaterThanOrEqual(2);
    session.tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 0, problem: null } });
    expect(link().kind).toBe('reconnecting');
  });

  it.each(['unauthorized', 'tls-untrusted', 'keychain-locked'] as const)(
    'for a problem of the whole account (%s) is started at once after the list succeeds, but once only',
    async (code: ProblemCode) => {
      const { clock, refuse, session, panel } = await live();
      await clock.advance(10_000);
      const lists = panel.count('servers');
      refuse(aProblem(code));
      await clock.advance(0);
      expect([panel.count('servers') - lists, session.starts]).toEqual([1, 2]);
      refuse(aProblem(code));
      await clock.advance(59_000);
      expect(session.starts).toBe(2);
      await clock.advance(5000);
      expect(session.starts).toBe(3);
    },
  );

  it('is opened at once when the person asks', async () => {
    const { clock, fleet, opened, refuse } = await live();
    refuse(aProblem('forbidden'));
    await fleet.server('home/u0')?.retry();
    await clock.advance(0);
    expect(opened).toHaveLength(3);
  });

  it('has no timer left once nobody wants it', async () => {
    const { clock, fleet, refuse, session } = await live();
    refuse(aProblem('forbidden'));
    await fleet.stop();
    expect(clock.pending).toBe(0);
    await clock.advance(600_000);
    expect(session.starts).toBe(1);
  });
});
