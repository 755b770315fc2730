import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../tests/support/fake-clock.js';
import { found, newer, setUp, untilAsked } from '../../tests/support/updates-rig.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('when the feed is read', () => {
  it('some minutes after the start, and then about once a day', async () => {
    const rig = setUp();
    await rig.updates.start();
    const first = await untilAsked(rig);
    expect(first).toBeGreaterThanOrEqual(3 * minute);
    expect(first).toBeLessThanOrEqual(10 * minute);
    expect(rig.source.checks).toEqual(['stable']);
    await rig.answer({ ...newer, is: 'same' });
    expect(rig.updates.current).toMatchObject({ state: { kind: 'current' }, checkedAt: expect.any(Number) });
    const next = await untilAsked(rig);
    expect(next).toBeGreaterThan(day - 3 * hour);
    expect(next).toBeLessThan(day + 3 * hour);
  });

  it('a day after the last check of an earlier run', async () => {
    const { clock } = setUp();
    const rig = setUp({ seen: { checkedAt: clock.wall() - 20 * hour } });
    await rig.updates.start();
    const first = await untilAsked(rig);
    expect(first).toBeGreaterThan(hour);
    expect(first).toBeLessThan(7 * hour);
  });

  it('within a day after the clock was set back by years', async () => {
    const rig = setUp({ seen: { checkedAt: new FakeClock().wall() + 900 * day } });
    await rig.updates.start();
    expect(await untilAsked(rig)).toBeLessThan(1.2 * day);
  });

  it('never while updates are off', async () => {
    const rig = setUp({ updates: { isOn: false, channel: 'stable' } });
    await rig.updates.start();
    await rig.updates.check();
    await rig.clock.advance(10 * day);
    expect(rig.openSource).not.toHaveBeenCalled();
    expect(rig.updates.current.state).toEqual({ kind: 'off' });
    await rig.wish({ isOn: true });
    await settle();
    expect(rig.source.checks).toHaveLength(1);
    await rig.wish({ isOn: false });
    expect(rig.source.abandon).toHaveBeenCalledOnce();
    await rig.answer(newer);
    expect(rig.updates.current.state).toEqual({ kind: 'off' });
    await rig.clock.advance(10 * day);
    expect(rig.source.checks).toHaveLength(1);
  });

  it('never without a feed in the build', async () => {
    const rig = setUp({}, { isBuilt: false });
    await rig.updates.start();
    await rig.updates.check();
    await rig.clock.advance(10 * day);
    expect(rig.openSource).not.toHaveBeenCalled();
    expect(rig.updates.current.state).toEqual({ kind: 'none' });
  });

  it('at once for another channel', async () => {
    const rig = setUp();
    await found(rig);
    await rig.wish({ channel: 'beta' });
    await settle();
    expect(rig.source.checks).toEqual(['stable', 'beta']);
  });

  it('an hour after a failure, then two, and finally daily', async () => {
    const rig = setUp();
    await rig.updates.start();
    void rig.updates.check();
    await settle();
    const pauses: number[] = [];
    for (let count = 0; count < 8; count += 1) {
      await rig.fail('unreachable');
      pauses.push((await untilAsked(rig)) / hour);
    }
    expect(pauses.slice(0, 3).every((pause, index) => pause < (pauses[index + 1] ?? 0))).toBe(true);
    expect(pauses[0]).toBeLessThanOrEqual(1);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(24);
  });

  it('one check at a time', async () => {
    const rig = setUp();
    await rig.updates.start();
    void rig.updates.check();
    void rig.updates.check();
    await settle();
    expect(rig.source.checks).toHaveLength(1);
  });

  it('draws the place in staged roll-outs once', async () => {
    const rig = setUp();
    await found(rig, { ...newer, is: 'staged' });
    void rig.updates.check();
    await settle();
    expect(rig.source.check.mock.calls.map((words: unknown[]) => words[1])).toEqual([50, 50]);
    expect(rig.memory.current.updates.rolloutBucket).toBe(50);
    await rig.answer({ ...newer, is: 'staged' });
    expect(rig.updates.current.state).toEqual({ kind: 'current', held: { why: 'staged', version: '0.2.0' } });
  });
});
