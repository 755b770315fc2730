/** Panel answers that arrive out of order, and an early answer that wrongly reports success. */
import { describe, expect, it } from 'vitest';
import type { PanelServer } from '../panel/api.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, aRecord, FakePanel } from '../../tests/support/fleet-fakes.js';

/** Panel whose next list is held until the test releases it. */
class SlowPanel extends FakePanel {
  #slow: Promise<PanelServer[]> | null = null;

  nextList(): (list: PanelServer[]) => void {
    let answer: (list: PanelServer[]) => void = () => undefined;
    this.#slow = new Promise((resolve) => (answer = resolve));
    return answer;
  }

  override async servers(wanted: { scope?: 'mine' | 'admin-all' } = {}): Promise<PanelServer[]> {
    const slow = this.#slow;
    this.#slow = null;
    const list = await super.servers(wanted);
    return slow ?? list;
  }
}

describe('Late answers of a panel about a server', () => {
  it('is not undone by an answer to an earlier request', async () => {
    const panel = new SlowPanel();
    panel.list = [aPanelServer('u0')];
    const { clock, live, server, session } = aFleet(panel);
    await live();
    const answer = panel.nextList();
    await clock.advance(61_000);
    panel.list = [aPanelServer('u0', { condition: 'installing' })];
    session('u0').tell({ kind: 'server-changed' });
    await clock.advance(1000);
    expect(server('u0').condition).toBe('installing');
    answer([aPanelServer('u0')]);
    await clock.advance(1000);
    expect(server('u0').condition).toBe('installing');
  });

  it('is read once more after an installation, whoever reported its end', async () => {
    const panel = new FakePanel();
    panel.list = [aPanelServer('u0', { condition: 'installing' })];
    const { clock, live, server } = aFleet(panel);
    await live('offline');
    panel.list = [aPanelServer('u0')];
    for (let s = 0; s < 25 && server('u0').condition !== 'normal'; s++) await clock.advance(1000);
    expect(server('u0').condition).toBe('normal');
    panel.list = [aPanelServer('u0', { condition: 'reinstall-blocked' })];
    await clock.advance(6000);
    expect(server('u0').condition).toBe('reinstall-blocked');
  });

  it('that the key is refused, in any call, marks the account as refused at once', async () => {
    const panel = new FakePanel();
    panel.list = [aPanelServer('u0')];
    const { clock, live, store } = aFleet(panel);
    await live();
    panel.problems.set('power', aProblem('unauthorized'));
    panel.problems.set('servers', aProblem('unauthorized'));
    await panel.power('u0', 'stop').catch(() => undefined);
    await clock.advance(0);
    expect(store.state.accounts.get('home')?.state).toMatchObject({
      kind: 'failed',
      problem: { code: 'unauthorized' },
    });
  });

  it('does not count for another kind of list if it was requested earlier', async () => {
    const panel = new SlowPanel();
    panel.user = { username: 'root', email: 'root@example.com', isAdmin: true };
    panel.list = [aPanelServer('u0')];
    const { clock, fleet, live, store } = aFleet(panel);
    await live();
    const answer = panel.nextList();
    await clock.advance(61_000);
    fleet.recordChanged(aRecord({ allServers: true }));
    const states = new Set([store.state.accounts.get('home')?.state]);
    store.listen(({ next }) => states.add(next.accounts.get('home')?.state));
    panel.listOfAll = [aPanelServer('u0'), aPanelServer('u1')];
    answer([aPanelServer('u0')]);
    await clock.advance(1000);
    expect([...store.state.servers.keys()]).toEqual(['home/u0', 'home/u1']);
    // The account's state before, and its state after the full list.
    expect(states.size).toBe(2);
  });
});
