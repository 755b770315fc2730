import { describe, expect, it } from 'vitest';
import type { Absence } from '../../bridge/schema/feeds.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { absenceSource } from './absence-source.js';

const minuteMs = 60_000;

function setUp() {
  const clock = new FakeClock();
  const source = absenceSource(clock);
  /** Opens the view; returns the message and the function that closes the view. */
  const look = (): { told: Absence | null; away: () => void } => {
    let told: Absence | null = null;
    const away = source(
      undefined,
      { snapshot: (value) => (told = value), change: () => undefined },
      { webContentsId: 1 },
    );
    return { told, away };
  };
  return { clock, look };
}

describe('absenceSource', () => {
  it('treats the time before the first look as an absence', () => {
    const { clock, look } = setUp();
    expect(look().told).toEqual({ from: 0, to: clock.wall() });
  });

  it('reports an absence of more than ten minutes, and keeps it over a shorter absence', async () => {
    const { clock, look } = setUp();
    const first = look();
    await clock.advance(minuteMs);
    first.away();
    const gone = clock.wall();
    await clock.advance(11 * minuteMs);
    const second = look();
    const absence = { from: gone, to: clock.wall() };
    expect(second.told).toEqual(absence);
    second.away();
    await clock.advance(9 * minuteMs);
    expect(look().told).toEqual(absence);
  });

  it('has no absence while another subscription of the window continues', async () => {
    const { clock, look } = setUp();
    const first = look();
    const second = look();
    first.away();
    await clock.advance(30 * minuteMs);
    expect(look().told).toEqual(second.told);
  });
});
