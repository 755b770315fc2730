/** A person's action through one account counts as their own for the panel's other accounts. */
import { describe, expect, it } from 'vitest';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, aRecord, FakePanel } from '../../tests/support/fleet-fakes.js';

async function twoAccounts() {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u0')];
  const fleet = aFleet(panel);
  fleet.fleet.start([aRecord(), aRecord({ id: 'sub' })]);
  await fleet.clock.advance(1000);
  const sessions = ['home/u0', 'sub/u0'].map((id) => fleet.opened.find(({ server }) => server.id === id));
  for (const session of sessions) {
    session?.tell({ kind: 'link', link: { kind: 'live' } });
    session?.tell({ kind: 'power', power: 'running' });
  }
  const all = (tell: (session: NonNullable<(typeof sessions)[number]>) => void): void => {
    for (const session of sessions) if (session !== undefined) tell(session);
  };
  const row = (id: string) => fleet.store.state.servers.get(id);
  return { ...fleet, all, row };
}

describe('A server of two accounts', () => {
  it('that one account kills has not crashed for the other', async () => {
    const { clock, fleet, all, row } = await twoAccounts();
    fleet.server('home/u0')?.orders.signalSent('kill');
    all(({ tell }) => tell({ kind: 'power', power: 'offline' }));
    await clock.advance(10_000);
    expect(row('sub/u0')).toMatchObject({ power: 'offline', crashedAt: null });
  });

  it('that one account stops while the other’s socket is down did not crash', async () => {
    const { clock, fleet, opened, row } = await twoAccounts();
    const sub = opened.find(({ server }) => server.id === 'sub/u0');
    sub?.tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 0, problem: null } });
    fleet.server('home/u0')?.orders.signalSent('stop');
    await clock.advance(4000);
    sub?.tell({ kind: 'link', link: { kind: 'live' } });
    sub?.tell({ kind: 'power', power: 'offline' });
    await clock.advance(10_000);
    expect(row('sub/u0')).toMatchObject({ power: 'offline', crashedAt: null });
  });

  it('that ends after a refused signal counts as a crash for both', async () => {
    const { clock, fleet, opened, row } = await twoAccounts();
    const sub = opened.find(({ server }) => server.id === 'sub/u0');
    sub?.tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 0, problem: null } });
    fleet.server('home/u0')?.orders.signalSent('stop');
    fleet.server('home/u0')?.orders.signalFailed('stop', aProblem('forbidden'));
    await clock.advance(4000);
    sub?.tell({ kind: 'link', link: { kind: 'live' } });
    sub?.tell({ kind: 'power', power: 'offline' });
    await clock.advance(10_000);
    expect(row('sub/u0')?.crash?.unseen?.what).toBe('offline');
  });
});
