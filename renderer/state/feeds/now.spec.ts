import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aServer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { serverLook } from '../../views/server-look.js';
import { Now } from './now.svelte.js';

const hour = 3_600_000;
const start = 1_700_000_000_000;

/** The page's monotonic time continues on its own; the wall clock is kept apart. */
describe('the time of a window', () => {
  let counter = 0;
  let ahead = 0;

  beforeEach(() => {
    counter = 50_000;
    ahead = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => counter);
    vi.spyOn(Date, 'now').mockImplementation(() => start + counter + ahead);
  });
  afterEach(() => vi.restoreAllMocks());

  function rig(): { bridge: FakeBridge; now: Now } {
    const bridge = new FakeBridge();
    const now = new Now(new PerchClient(bridge));
    vi.stubGlobal('document', { hidden: true, addEventListener: vi.fn(), removeEventListener: vi.fn() });
    now.start();
    return { bridge, now };
  }

  it('is the wall-clock time until main has sent its own', () => {
    expect(rig().now.read()).toBe(start + 50_000);
  });

  it('advances once a second in a visible window, and ends with its feed', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const page = Object.assign(new EventTarget(), { hidden: false });
      vi.stubGlobal('document', page);
      const now = new Now(new PerchClient(new FakeBridge()));
      const afterASecond = (): number => {
        counter += 1000;
        vi.advanceTimersByTime(1000);
        return now.at - start;
      };
      now.start();
      expect(afterASecond()).toBe(51_000);
      page.hidden = true;
      page.dispatchEvent(new Event('visibilitychange'));
      expect(afterASecond()).toBe(51_000);
      expect(vi.getTimerCount()).toBe(0);
      page.hidden = false;
      page.dispatchEvent(new Event('visibilitychange'));
      expect(now.at - start).toBe(52_000);
      expect(afterASecond()).toBe(53_000);
      now.stop();
      page.dispatchEvent(new Event('visibilitychange'));
      expect(afterASecond()).toBe(53_000);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
      vi.unstubAllGlobals();
    }
  });

  it("continues from main's time", () => {
    const { bridge, now } = rig();
    bridge.snapshot('clock', start - 2 * hour);
    expect([now.at, now.read()]).toEqual([start - 2 * hour, start - 2 * hour]);
    counter += 1500;
    expect(now.read()).toBe(start - 2 * hour + 1500);
  });

  it.each([2 * hour, -2 * hour, 365 * 24 * hour])('is the same if the clock is set by %d ms', (by) => {
    const { bridge, now } = rig();
    bridge.snapshot('clock', start);
    ahead += by;
    counter += 1000;
    expect(now.read()).toBe(start + 1000);
  });

  it.each([2 * hour, -2 * hour])(
    'shows a moment in the new wall-clock time after a change by %d ms',
    (by) => {
      const { bridge, now } = rig();
      bridge.snapshot('clock', start);
      const wallThen = Date.now();
      expect(now.wallOf(start)).toBe(wallThen);
      counter += 60_000;
      ahead += by;
      expect(now.wallOf(start)).toBe(wallThen + by);
    },
  );

  it("includes main's sleep", () => {
    const { bridge, now } = rig();
    bridge.snapshot('clock', start);
    ahead += 8 * hour;
    bridge.change('clock', start + 8 * hour);
    expect(now.at).toBe(start + 8 * hour);
  });

  it.each([2 * hour, -2 * hour])('keeps the age of figures if the clock is set by %d ms', (by) => {
    const { bridge, now } = rig();
    bridge.snapshot('clock', start);
    const measured = (at: number) =>
      aServer({ power: 'running', link: { kind: 'live' }, usage: { ...usage, at } });
    ahead += by;
    counter += 40_000;
    expect(serverLook(measured(start), undefined, now.read()).age).toBe('40 s ago');
    expect(serverLook(measured(start + 39_000), undefined, now.read()).age).toBeNull();
  });
});

const usage = {
  cpuPercent: 1,
  memoryBytes: 1,
  memoryLimitBytes: null,
  diskBytes: 1,
  networkRxBytes: 1,
  networkTxBytes: 1,
  uptimeMs: 1,
};
