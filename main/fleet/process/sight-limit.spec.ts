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
  it('is over 40 s after the last sight', async () => {
    const { clock, limit, over } = rig();
    limit.link('reconnecting', false);
    await clock.advance(30_000);
    limit.seen();
    await clock.advance(100_000);
    expect(over).toEqual([70_000]);
  });

  it('comes again while what was seen is kept, until it is seen anew', async () => {
    const { clock, kept, limit, over } = rig();
    kept.is = true;
    limit.link('reconnecting', false);
    await clock.advance(90_000);
    expect(over).toEqual([40_000, 80_000]);
    limit.link('live', false);
    await clock.advance(90_000);
    expect(over).toHaveLength(2);
  });

  it('never comes for a server that is only polled, however seldom that is', async () => {
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

  it('goes on where a socket that failed is given up, until a poll comes', async () => {
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

  it('never comes while a socket is live', async () => {
    const { clock, limit, over } = rig();
    limit.seen();
    limit.link('live', true);
    await clock.advance(600_000);
    expect(over).toEqual([]);
  });

  it('counts from the last figures of a server that ran, as a dead wire is noticed late', async () => {
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

  it('counts from the end of the socket for a server that is off, of which nothing is told', async () => {
    const { clock, limit, over } = rig();
    limit.link('live', false);
    limit.seen();
    await clock.advance(300_000);
    limit.link('reconnecting', false);
    await clock.advance(60_000);
    expect(over).toEqual([340_000]);
  });

  it('ends with its server', async () => {
    const { clock, limit, over } = rig();
    limit.link('connecting', false);
    limit.stop();
    await clock.advance(60_000);
    expect(over).toEqual([]);
  });
});
