import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { SightLimit } from './sight-limit.js';

function rig() {
  const clock = new FakeClock();
  const over: number[] = [];
  const begun = clock.now();
  const kept = { is: false };
  const limit = new SightLimit(clock, () => {
    over.push(clock.now() - begun);
    return kept.is;
  });
  return { clock, kept, limit, over };
}

describe('SightLimit', () => {
  it('ends a state 40 s after the last sighting', async () => {
    const { clock, limit, over } = rig();
    limit.link('reconnecting', false);
    await clock.advance(30_000);
    limit.seen();
    await clock.advance(100_000);
    expect(over).toEqual([70_000]);
  });

  it('ends a state that was kept 40 s later, unless the server was seen', async () => {
    const { clock, kept, limit, over } = rig();
    kept.is = true;
    limit.link('reconnecting', false);
    await clock.advance(90_000);
    expect(over).toEqual([40_000, 80_000]);
    limit.link('live', false);
    await clock.advance(90_000);
    expect(over).toHaveLength(2);
  });

  it('never ends the state of a server that is only polled, however rarely', async () => {
    const { clock, limit, over } = rig();
    limit.seen();
    await clock.advance(90_000);
    limit.link('connecting', false);
    await clock.advance(1000);
    limit.link('none', false);
    limit.seen();
    await clock.advance(600_000);
    expect(over).toEqual([]);
  });

  it('counts on if a failed socket is given up, until a poll succeeds', async () => {
    const { clock, limit, over } = rig();
    limit.link('live', true);
    limit.seen();
    limit.link('refused', true);
    await clock.advance(10_000);
    limit.link('none', true);
    limit.link('connecting', true);
    await clock.advance(100_000);
    expect(over).toEqual([40_000]);
  });

  it('never ends a state while a socket is live', async () => {
    const { clock, limit, over } = rig();
    limit.seen();
    limit.link('live', true);
    await clock.advance(600_000);
    expect(over).toEqual([]);
  });

  it('counts from the last usage of a running server, because a dead connection is noticed late', async () => {
    const { clock, limit, over } = rig();
    limit.link('live', true);
    limit.seen();
    await clock.advance(30_000);
    limit.link('reconnecting', true);
    await clock.advance(2000);
    limit.link('reconnecting', true);
    await clock.advance(60_000);
    expect(over).toEqual([40_000]);
  });

  it('counts from the end of the socket for an offline server, which sends no usage', async () => {
    const { clock, limit, over } = rig();
    limit.link('live', false);
    limit.seen();
    await clock.advance(300_000);
    limit.link('reconnecting', false);
    await clock.advance(60_000);
    expect(over).toEqual([340_000]);
  });

  it('does not begin if a server without a session stays without one', async () => {
    const { clock, limit, over } = rig();
    limit.link('none', false);
    await clock.advance(60_000);
    expect(over).toEqual([]);
  });

  it('begins if a live socket is given up', async () => {
    const { clock, limit, over } = rig();
    limit.link('live', false);
    limit.seen();
    await clock.advance(10_000);
    limit.link('none', false);
    await clock.advance(60_000);
    expect(over).toEqual([50_000]);
  });

  it('counts from the change of the link for a running server that no socket reported', async () => {
    const { clock, limit, over } = rig();
    limit.seen();
    await clock.advance(30_000);
    limit.link('connecting', true);
    await clock.advance(60_000);
    expect(over).toEqual([70_000]);
  });

  it('ends at once if the last usage is older than the limit, and names its time', async () => {
    const clock = new FakeClock();
    const ended: number[][] = [];
    const limit = new SightLimit(clock, (seenAt) => {
      ended.push([clock.now(), seenAt]);
      return false;
    });
    limit.link('live', true);
    limit.seen();
    const seenAt = clock.now();
    await clock.advance(50_000);
    limit.link('reconnecting', true);
    await clock.advance(0);
    expect(ended).toEqual([[seenAt + 50_000, seenAt]]);
  });

  it('says whether the last sighting is recent', async () => {
    const { clock, limit } = rig();
    expect(limit.isWithin(20_000)).toBe(false);
    limit.seen();
    expect(limit.isWithin(20_000)).toBe(true);
    await clock.advance(19_999);
    expect(limit.isWithin(20_000)).toBe(true);
    await clock.advance(1);
    expect(limit.isWithin(20_000)).toBe(false);
  });

  it('ends with its server', async () => {
    const { clock, limit, over } = rig();
    limit.link('connecting', false);
    limit.stop();
    await clock.advance(60_000);
    expect(over).toEqual([]);
  });
});
