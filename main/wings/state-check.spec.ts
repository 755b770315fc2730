import { describe, expect, it, vi } from 'vitest';
import type { PowerState } from '../../bridge/schema/domain.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { StateCheck } from './state-check.js';

function rig() {
  const clock = new FakeClock();
  const ask = vi.fn();
  const server: { power: PowerState | null; isHeld: boolean } = { power: 'running', isHeld: false };
  const check = new StateCheck({
    clock,
    power: () => server.power,
    isHeld: () => server.isHeld,
    ask,
  });
  check.start();
  return { ask, check, clock, server };
}

describe('StateCheck', () => {
  it('requests no state while figures arrive', async () => {
    const { ask, check, clock } = rig();
    for (let second = 0; second < 120; second++) {
      await clock.advance(1000);
      check.heard('stats');
    }
    expect(ask).not.toHaveBeenCalled();
  });

  it('asks a node that is silent about a running server, until it answers', async () => {
    const { ask, check, clock } = rig();
    await clock.advance(9999);
    expect(ask).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(ask).toHaveBeenCalledOnce();
    check.heard('stats');
    await clock.advance(9999);
    expect(ask).toHaveBeenCalledOnce();
    await clock.advance(1);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('asks with growing pauses without an answer', async () => {
    const { ask, clock } = rig();
    const times = [];
    for (let second = 1; second <= 200; second++) {
      const before = ask.mock.calls.length;
      await clock.advance(1000);
      if (ask.mock.calls.length > before) times.push(second);
    }
    expect(times).toEqual([10, 20, 40, 80, 140, 200]);
  });

  it('asks soon after a sleep', async () => {
    const { ask, check, clock } = rig();
    await clock.advance(1000);
    check.heard('stats');
    clock.sleep(8 * 3_600_000);
    await clock.advance(0);
    expect(ask).toHaveBeenCalledOnce();
  });

  it.each<Partial<{ power: PowerState | null; isHeld: boolean }>>([
    { power: 'offline' },
    { power: 'starting' },
    { power: null },
    { isHeld: true },
  ])('expects nothing if %j', async (fields) => {
    const { ask, clock, server } = rig();
    Object.assign(server, fields);
    await clock.advance(600_000);
    expect(ask).not.toHaveBeenCalled();
    Object.assign(server, { power: 'running', isHeld: false });
    await clock.advance(10_000);
    expect(ask).toHaveBeenCalledOnce();
  });

  it('leaves no timer behind', async () => {
    const { check, clock } = rig();
    await clock.advance(12_000);
    check.stop();
    expect(clock.pending).toBe(0);
  });
});
