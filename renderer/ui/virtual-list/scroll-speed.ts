/**
 * Speeds in pixels per second. Above `takeOff` a list scrolls too fast to read: a dragged scrollbar, a flung trackpad.
 * Below the lower speed `landing` the list counts as slow again, so that one late frame does not draw all rows.
 */
const speeds = { takeOff: 9000, landing: 4000 };
/** A longer pause starts a new gesture, in ms. */
const sameMovementMs = 100;
/** Minimum frame time for a speed, in ms. After a late frame the next event comes sooner but covers a whole frame. */
const frameMs = 16;

/** Scroll speed of a list. */
export class ScrollSpeed {
  #top = 0;
  #at = -Infinity;
  #flies = false;

  /**
   * Takes a scroll position and its time in ms; true while the list scrolls too fast to read. A single jump is not
   * fast.
   */
  isFlying(top: number, at: number): boolean {
    const elapsed = at - this.#at;
    const pixelsASecond = (Math.abs(top - this.#top) * 1000) / Math.max(elapsed, frameMs);
    this.#top = top;
    this.#at = at;
    const least = this.#flies ? speeds.landing : speeds.takeOff;
    this.#flies = elapsed <= sameMovementMs && pixelsASecond > least;
    return this.#flies;
  }
}
