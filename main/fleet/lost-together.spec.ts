import { expect, it } from 'vitest';
import { aFleet, aPanelServer, FakePanel } from '../../tests/support/fleet-fakes.js';

it('a lost stop and a lost command are both named, and the wait for the stop is short', async () => {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u0')];
  const { clock, fleet, live, server, session } = aFleet(panel);
  await live('running');
  fleet.server('home/u0')?.orders.signalSent('stop');
  const { tell } = session('u0');
  tell({ kind: 'unsure', sent: { kind: 'signal', signal: 'stop' } });
  tell({ kind: 'unsure', sent: { kind: 'commands', commands: ['say late'] } });
  tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 0, problem: null } });
  expect(server('u0').problem?.message).toMatchObject({ id: 'actions.lost-both', values: { count: 1 } });
  const polls = panel.count('resources u0');
  await clock.advance(3000);
  expect(panel.count('resources u0') - polls).toBe(1);
  expect(server('u0').pending).toMatchObject({ signal: 'stop', doubt: 'lost' });
  await clock.advance(42_000);
  expect(server('u0').pending).toBeNull();
});
