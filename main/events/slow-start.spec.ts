import { describe, expect, it } from 'vitest';
import { aServerThatRuns } from '../../tests/support/running-server-rig.js';

describe('A start', () => {
  it('that takes too long is logged once, and the event ends when the server runs', async () => {
    const { clock, signal, power, log } = aServerThatRuns({ power: 'offline', slowStartMinutes: 5 });
    signal('start');
    power('starting');
    await clock.advance(5 * 60_000);
    const slow = log.recent.filter(({ what }) => what.kind === 'slow-start');
    expect(slow).toMatchObject([{ endedAt: null, what: { minutes: 5 } }]);
    power('running');
    expect(log.find(slow[0]?.id ?? '')?.endedAt).toBe(clock.wall());
  });

  it('is not logged as slow if nobody saw it begin, or if the computer slept meanwhile', async () => {
    const { clock, power, patch, log } = aServerThatRuns({ power: 'offline', slowStartMinutes: 5 });
    power('starting');
    await clock.advance(60_000);
    patch({ power: null });
    await clock.advance(600_000);
    power('starting');
    clock.sleep(600_000);
    await clock.advance(10_000);
    const slow = () => log.recent.filter(({ what }) => what.kind === 'slow-start');
    expect(slow()).toEqual([]);
    await clock.advance(300_000);
    expect(slow()).toHaveLength(1);
    patch({ power: null });
    power('starting');
    await clock.advance(600_000);
    expect(slow()).toHaveLength(1);
  });

  it('is not logged as slow while the server stops', async () => {
    const { clock, power, whats } = aServerThatRuns({ power: 'offline', slowStartMinutes: 5 });
    power('starting');
    await clock.advance(60_000);
    power('stopping');
    await clock.advance(600_000);
    expect(whats().map(({ kind }) => kind)).toEqual(['started']);
  });
});
