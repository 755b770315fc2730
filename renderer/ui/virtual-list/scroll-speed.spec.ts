import { describe, expect, it } from 'vitest';
import { ScrollSpeed } from './scroll-speed.js';

const frameMs = 1000 / 60;

/** Results for the frames of an even movement. */
function move(speed: ScrollSpeed, pixels: number, frames: number, from = 0): boolean[] {
  return Array.from({ length: frames }, (_, at) => speed.isFlying(from + at * pixels, 1000 + at * frameMs));
}

describe('the speed of scrolling', () => {
  it.each([
    { what: 'reading along', pixels: 10, flies: false },
    { what: 'a turned wheel', pixels: 60, flies: false },
    { what: 'a dragged scroll bar', pixels: 400, flies: true },
    { what: 'a dragged scroll bar, upwards', pixels: -400, flies: true },
  ])('$what: $flies', ({ pixels, flies }) => {
    expect(move(new ScrollSpeed(), pixels, 5, 9000).slice(1)).toEqual([flies, flies, flies, flies]);
  });

  it('ignores a jump from rest', () => {
    const speed = new ScrollSpeed();
    expect(speed.isFlying(0, 0)).toBe(false);
    expect(speed.isFlying(20_000, 5000)).toBe(false);
    expect(speed.isFlying(20_100, 5200)).toBe(false);
  });

  it('continues through a late frame', () => {
    const speed = new ScrollSpeed();
    expect(move(speed, 400, 4).at(-1)).toBe(true);
    expect(speed.isFlying(1600, 1000 + 7 * frameMs)).toBe(true);
  });

  it('ignores frames close together', () => {
    const speed = new ScrollSpeed();
    expect(move(speed, 60, 3).at(-1)).toBe(false);
    expect(speed.isFlying(180, 1100)).toBe(false);
    expect(speed.isFlying(240, 1101)).toBe(false);
  });

  it('ends with the first slow step', () => {
    const speed = new ScrollSpeed();
    expect(move(speed, 400, 4).at(-1)).toBe(true);
    expect(speed.isFlying(1260, 1000 + 4 * frameMs)).toBe(false);
  });
});
