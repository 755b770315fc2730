import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { ProcessStory } from './process-story.js';
import type { CrashReport } from './story-state.js';

const running = { kind: 'state', power: 'running', isLive: true } as const;
const offline = { kind: 'state', power: 'offline', isLive: true } as const;
const lines = { kind: 'lines', crash: { exitCode: 1, outOfMemory: false } } as const;

/** A live server whose process has just ended. */
function anEnd(clock = new FakeClock(0)) {
  const crashes: CrashReport[] = [];
  const story = new ProcessStory({
    clock,
    sentAfter: () => [],
    isClosed: () => false,
    crashed: (report) => crashes.push(report),
  });
  story.take(running);
  story.take(offline);
  return { clock, crashes, story };
}

/** Timers of Node may ring a millisecond before they are due. */
class HastyClock extends FakeClock {
  readonly waits: number[] = [];

  override after(ms: number, run: () => void): () => void {
    this.waits.push(ms);
    return super.after(ms > 1 ? ms - 1 : ms, run);
  }
}

describe('the timer of a story', () => {
  it('runs while the story continues, and is gone when no step is due', async () => {
    const { clock, crashes } = anEnd();
    await clock.advance(2000);
    expect(crashes).toMatchObject([{ at: 0, crash: { exitCode: null } }]);
    expect(clock.pending).toBe(0);
  });

  it('is set once, however many reports the story gets', async () => {
    const { clock, story } = anEnd();
    for (let count = 0; count < 3; count++) story.take({ kind: 'usage', uptimeMs: 0 });
    expect(clock.pending).toBe(1);
    story.take(lines);
    expect(clock.pending).toBe(1);
    await clock.advance(500);
    expect(clock.pending).toBe(0);
  });

  it('is set again if it rings too early', async () => {
    const clock = new HastyClock(0);
    const { crashes, story } = anEnd(clock);
    await clock.advance(1000);
    story.take({ kind: 'usage', uptimeMs: 0 });
    await clock.advance(999);
    expect(crashes).toEqual([]);
    await clock.advance(1);
    expect(crashes).toHaveLength(1);
    expect(clock.waits).toEqual([2000, 1]);
  });

  it('is cleared if a lost socket decides the end', () => {
    const { clock, crashes, story } = anEnd();
    story.take({ kind: 'link', isLive: false });
    expect(crashes).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('runs for one report after the other if several are due', async () => {
    const { clock, crashes, story } = anEnd();
    story.take({ kind: 'link', isLive: false });
    await clock.advance(9000);
    story.take(running);
    story.take({ kind: 'link', isLive: false });
    story.take(offline);
    await clock.advance(100);
    story.take(running);
    story.take(offline);
    clock.sleep(10_000);
    await clock.advance(0);
    expect(crashes.map(({ at, crash }) => [at, crash.unseen?.what])).toEqual([
      [0, undefined],
      [9000, 'offline'],
      [9100, undefined],
    ]);
  });

  it('is gone once the story is over, and nothing more is reported', async () => {
    const { clock, crashes, story } = anEnd();
    story.stop();
    expect(clock.pending).toBe(0);
    story.take({ kind: 'link', isLive: false });
    await clock.advance(5000);
    expect(crashes).toEqual([]);
  });
});
