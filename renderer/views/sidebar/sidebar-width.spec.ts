import { describe, expect, it } from 'vitest';
import { draggedTo, fittingWidth, hasRoom, widestIn } from './sidebar-width.js';

describe('the width of the sidebar', () => {
  it('is the usual one until a person chooses', () => {
    expect(fittingWidth(null, 1280)).toBe(248);
    expect(fittingWidth(333, 1280)).toBe(333);
  });

  it.each([
    [2560, 480],
    [1280, 480],
    [1000, 440],
    [860, 300],
    // Over a narrow window the sidebar leaves some of the page to be pressed.
    [800, 480],
    [400, 304],
    [0, 480],
  ])('is in a window of %i pixels at most %i', (windowWidth, most) => {
    expect(widestIn(windowWidth)).toBe(most);
    expect(fittingWidth(2000, windowWidth)).toBe(most);
    expect(fittingWidth(1, windowWidth)).toBe(200);
  });

  it('has no room below 860 pixels, and ignores a window that was never drawn', () => {
    expect([859, 860, 0].map(hasRoom)).toEqual([false, true, true]);
  });

  it('turns into the rail and back halfway between both', () => {
    expect([20, 123, 124, 150, 260, 900].map((edge) => draggedTo(edge, 1280))).toEqual([
      null,
      null,
      200,
      200,
      260,
      480,
    ]);
  });
});
