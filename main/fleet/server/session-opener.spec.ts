import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { ReopenPause } from './reopen-pause.js';
import { SessionOpener } from './session-opener.js';

function rig() {
  const clock = new FakeClock(0);
  const opened: string[] = [];
  const opener = new SessionOpener(clock);
  const sessions = (...names: string[]) => names.map((name) => ({ open: () => void opened.push(name) }));
  return { clock, opened, opener, sessions };
}

describe('SessionOpener', () => {
  it('waits for the account to be well, and then opens one after the other', async () => {
    const { clock, opened, opener, sessions } = rig();
    opener.open(sessions('a', 'b', 'c'));
    await clock.advance(60_000);
    expect(opened).toEqual([]);
    opener.resume();
    await clock.advance(0);
    expect(opened).toEqual(['a']);
    await clock.advance(149);
    expect(opened).toEqual(['a']);
    await clock.advance(1);
    expect(opened).toEqual(['a', 'b']);
  });

  it('opens what was asked for last, and nothing while it is paused', async () => {
    const { clock, opened, opener, sessions } = rig();
    opener.resume();
    opener.open(sessions('a', 'b'));
    await clock.advance(0);
    opener.open(sessions('c'));
    opener.pause();
    opener.open(sessions('c', 'd'));
    await clock.advance(60_000);
    expect(opened).toEqual(['a']);
    opener.resume();
    await clock.advance(150);
    expect(opened).toEqual(['a', 'c', 'd']);
  });

  it('has forgotten all of them when it is stopped', async () => {
    const { clock, opened, opener, sessions } = rig();
    opener.resume();
    opener.open(sessions('a'));
    opener.stop();
    expect(clock.pending).toBe(0);
    opener.resume();
    await clock.advance(1000);
    expect(opened).toEqual([]);
  });
});

describe('ReopenPause', () => {
  it('grows from 5 s on, and is short again after ten minutes without one', async () => {
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
