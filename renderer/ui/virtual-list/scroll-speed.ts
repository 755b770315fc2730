/**
 * Nobody reads along faster than this: a dragged scroll bar, a flung trackpad. What flies goes on flying until it is
 * slow enough to be read, so that one late frame does not draw everything for nothing. Pixels per second.
 */
const speeds = { takeOff: 9000, landing: 4000 };
/** What comes later than this is another movement. */
const sameMovementMs = 100;
/** After a late frame the next one follows at once: a step that comes so soon still covers a whole frame. */
const frameMs = 16;

/** How fast a list is scrolled. */
export class ScrollSpeed {
  #top = 0;
  #at = -Infinity;
  #flies = false;

  /** Takes where the list is scrolled to at a time in milliseconds; true where it flies. A single jump is no flight. */
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
