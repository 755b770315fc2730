/** Answers of a panel that overtake each other, and one that says too early that all is well. */
import { describe, expect, it } from 'vitest';
import type { PanelServer } from '../panel/api.js';
import { aFleet, aPanelServer, FakePanel } from '../../tests/support/fleet-fakes.js';

/** A panel whose next list is answered when the test says so. */
class SlowPanel extends FakePanel {
  #slow: Promise<PanelServer[]> | null = null;

  nextList(): (list: PanelServer[]) => void {
    let answer: (list: PanelServer[]) => void = () => undefined;
    this.#slow = new Promise((resolve) => (answer = resolve));
    return answer;
  }

  override async servers(): Promise<PanelServer[]> {
    const slow = this.#slow;
    this.#slow = null;
    const list = await super.servers();
    return slow ?? list;
  }
}

describe('What a panel says of a server', () => {
  it('is not taken back by an answer to an earlier question', async () => {
    const panel = new SlowPanel();
    panel.list = [aPanelServer('u0')];
    const { clock, live, server, session } = aFleet(panel);
    await live();
    const answer = panel.nextList();
    await clock.advance(61_000);
    panel.list = [aPanelServer('u0', { condition: 'installing' })];
    session('u0').tell.serverChanged();
    await clock.advance(1000);
    expect(server('u0').condition).toBe('installing');
    answer([aPanelServer('u0')]);
    await clock.advance(1000);
    expect(server('u0').condition).toBe('installing');
  });

  it('is asked for once more after an installation, whoever told of its end', async () => {
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
});
