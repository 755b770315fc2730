import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { saying } from '../../../tests/support/spoken-problem.js';
import { SignalWatch } from './signal-watch.js';

const silentForMs = { live: 15_000, polled: 50_000 };

function rig() {
  const clock = new FakeClock();
  const since = clock.now();
  const shown: Server['pending'][] = [];
  const over: { afterMs: number; problem: Problem | null }[] = [];
  const row = {
    isLive: true,
    name: 'Lobby',
    patch: ({ pending }: Pick<Server, 'pending'>): void => void shown.push(pending),
  };
  const watch = new SignalWatch(clock, row, (problem) => {
    over.push({ afterMs: clock.now() - since, problem });
  });
  return { clock, since, shown, over, row, watch, last: () => shown.at(-1) };
}

describe('a signal of the user', () => {
  it('is pending from the click on, and unanswered after 1.5 s', async () => {
    const { clock, since, last, watch } = rig();
    expect(watch.signal).toBeNull();
    watch.sent('stop', 'running');
    expect(watch.signal).toBe('stop');
    expect(last()).toEqual({ signal: 'stop', since });
    await clock.advance(1499);
    expect(last()).toEqual({ signal: 'stop', since });
    await clock.advance(1);
    expect(last()).toEqual({ signal: 'stop', since, doubt: 'unanswered' });
  });

  it('is no longer unanswered once node or panel confirms it, also late', async () => {
    const { clock, since, shown, watch } = rig();
    watch.sent('stop', 'running');
    await clock.advance(1000);
    watch.given('stop');
    await clock.advance(5000);
    expect(shown.map((pending) => pending?.doubt)).toEqual([undefined, undefined]);
    watch.sent('kill', 'running');
    await clock.advance(2000);
    watch.given('kill');
    expect(shown.at(-2)?.doubt).toBe('unanswered');
    expect(shown.at(-1)).toEqual({ signal: 'kill', since: since + 6000 });
  });

  it('is confirmed once, and not by the answer to another signal', async () => {
    const { clock, over, shown, watch } = rig();
    watch.given('stop');
    watch.sent('stop', 'running');
    watch.given('kill');
    expect(shown).toHaveLength(1);
    await clock.advance(1000);
    watch.given('stop');
    await clock.advance(10_000);
    watch.given('stop');
    expect(shown).toHaveLength(2);
    await clock.advance(60_000);
    expect(over).toMatchObject([{ afterMs: 1000 + silentForMs.live }]);
  });

  it('is lost if no answer will come, which an earlier answer prevents', () => {
    const { since, last, shown, watch } = rig();
    expect(watch.isLost).toBe(false);
    expect(watch.lost('stop')).toBe(false);
    watch.sent('stop', 'running');
    expect(watch.isLost).toBe(false);
    expect(watch.lost('kill')).toBe(false);
    expect(watch.lost('stop')).toBe(true);
    expect(watch.isLost).toBe(true);
    expect(last()).toEqual({ signal: 'stop', since, doubt: 'lost' });
    watch.given('stop');
    expect(watch.isLost).toBe(true);
    watch.sent('stop', 'running');
    watch.given('stop');
    const before = shown.length;
    expect(watch.lost('stop')).toBe(false);
    expect(shown).toHaveLength(before);
  });

  it('is lost for good: the row does not call it unanswered later', async () => {
    const { clock, last, watch } = rig();
    watch.sent('stop', 'running');
    watch.lost('stop');
    await clock.advance(5000);
    expect(last()?.doubt).toBe('lost');
  });

  it('ends with the state that confirms it', async () => {
    const { clock, over, watch } = rig();
    expect(watch.see('offline', null)).toBe(false);
    watch.sent('stop', 'running');
    expect(watch.see('stopping', null)).toBe(false);
    expect(watch.signal).toBe('stop');
    expect(watch.see('offline', null)).toBe(true);
    expect(watch.signal).toBeNull();
    await clock.advance(900_000);
    expect(over).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('is given up with a problem that names the server and the seconds since the click', async () => {
    const { clock, over, watch } = rig();
    watch.sent('stop', 'running');
    await clock.advance(1000);
    watch.given('stop');
    watch.see('running', null);
    await clock.advance(60_000);
    const message: unknown = saying('“Lobby” has not reacted to the stop after 16 seconds.');
    expect(over).toMatchObject([{ afterMs: 16_000, problem: { message } }]);
    expect(watch.signal).toBeNull();
  });

  it('is given up at once if the link changes after the time of that link', async () => {
    const { clock, over, row, watch } = rig();
    row.isLive = false;
    watch.rearm();
    expect(clock.pending).toBe(0);
    watch.sent('stop', 'running');
    watch.given('stop');
    await clock.advance(30_000);
    expect(over).toEqual([]);
    row.isLive = true;
    watch.rearm();
    await clock.advance(0);
    expect(over).toMatchObject([{ afterMs: 30_000 }]);
  });

  it.each([true, false])('waits as long as the link reports late (live: %j)', async (isLive) => {
    const { clock, over, row, watch } = rig();
    row.isLive = isLive;
    watch.sent('stop', 'running');
    watch.given('stop');
    await clock.advance(100_000);
    expect(over).toMatchObject([{ afterMs: isLive ? silentForMs.live : silentForMs.polled }]);
  });

  it('has no problem if the server is still stopping at the end', async () => {
    const { clock, over, watch } = rig();
    watch.sent('stop', 'running');
    watch.see('stopping', null);
    await clock.advance(700_000);
    expect(over).toEqual([{ afterMs: 630_000, problem: null }]);
  });

  it('leaves no timer behind when it is dropped', async () => {
    const { clock, over, shown, watch } = rig();
    watch.sent('stop', 'running');
    watch.drop();
    expect(clock.pending).toBe(0);
    await clock.advance(700_000);
    expect(over).toEqual([]);
    expect(shown).toHaveLength(1);
  });
});
