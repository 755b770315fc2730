import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import type { CallPriority } from '../plan/call-pacer.js';
import { ReopenPause } from './reopen-pause.js';
import { SessionOpener } from './session-opener.js';

const ranks: readonly CallPriority[] = ['asked', 'open', 'needed'];

function rig() {
  const clock = new FakeClock(0);
  const opened: string[] = [];
  let isBusy = false;
  const opener = new SessionOpener(clock, { changed: () => undefined, isBusy: () => isBusy });
  const sessions = (...names: string[]) =>
    names.map((name) => ({
      rank: ranks.find((rank) => name.startsWith(rank)) ?? 'rest',
      open: () => void opened.push(name),
    }));
  return { opened, opener, sessions, setBusy: (busy: boolean) => (isBusy = busy) };
}

describe('SessionOpener', () => {
  it('waits for a working account, and then opens one session after the other', () => {
    const { opened, opener, sessions } = rig();
    opener.open(sessions('needed', 'b'));
    expect(opener.next()).toBeNull();
    opener.resume();
    expect(opener.next()).toEqual({ rank: 'needed', at: 0 });
    opener.send();
    expect(opener.next()).toEqual({ rank: 'rest', at: 0 });
    opener.send();
    expect(opened).toEqual(['needed', 'b']);
    expect(opener.next()).toBeNull();
  });

  it('opens the sessions of the latest request, and none while paused', () => {
    const { opened, opener, sessions } = rig();
    opener.resume();
    opener.open(sessions('a', 'b'));
    opener.open(sessions('c'));
    opener.pause();
    expect(opener.next()).toBeNull();
    opener.resume();
    opener.send();
    expect(opened).toEqual(['c']);
  });

  it("opens only the user's requests while token requests queue at the panel", () => {
    const { opener, sessions, setBusy } = rig();
    opener.resume();
    setBusy(true);
    opener.open(sessions('asked'));
    expect(opener.next()).toEqual({ rank: 'asked', at: 0 });
    opener.open(sessions('needed'));
    expect(opener.next()).toBeNull();
  });

  it('forgets all waiting sessions when stopped', () => {
    const { opener, sessions } = rig();
    opener.resume();
    opener.open(sessions('a'));
    opener.stop();
    expect(opener.next()).toBeNull();
  });
});

describe('ReopenPause', () => {
  it('starts at 5 s and grows, and is short again after ten minutes without a pause', async () => {
    const clock = new FakeClock(0);
    let over = 0;
    const pause = new ReopenPause(clock, () => (over += 1));
    expect(pause.begin()).toBe(5000);
    await clock.advance(5000);
    expect([over, pause.isOn]).toEqual([1, false]);
    expect(pause.begin() - clock.now()).toBe(10_000);
    await clock.advance(599_999);
    expect(pause.begin() - clock.now()).toBe(20_000);
    await clock.advance(600_000);
    expect(pause.begin() - clock.now()).toBe(5000);
    pause.end();
    expect([pause.isOn, clock.pending]).toEqual([false, 0]);
  });
});
