/**
 * Presses of keys, mouse buttons and fingers that main has seen, by window.
 *
 * Input reaches main before it reaches a page, and no script can create it (PLATFORM "Security"). A call without a
 * matching press was not made by the user.
 */
import type { Clock } from '../base/ports.js';

/**
 * Longest time from a press to its call, in ms. A form validates, a menu closes or the typing in a field pauses in
 * between.
 */
const freshMs = 5_000;
/** Time for which a press allows its target, in ms. One press may save several fields or paste several lines. */
const paidMs = 30_000;

interface OfWindow {
  lastAt: number;
  /** True if the last press has not allowed a target so far. */
  isFresh: boolean;
  /** Target -> monotonic time until which it is allowed. */
  readonly paid: Map<string, number>;
}

export class Presses {
  readonly #windows = new Map<number, OfWindow>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /**
   * Records a press or a release.
   *
   * Both count: the press leaves a field, which saves its text, and the release clicks a button.
   */
  seen(webContentsId: number): void {
    const paid = this.#windows.get(webContentsId)?.paid ?? new Map<string, number>();
    this.#windows.set(webContentsId, { lastAt: this.clock.now(), isFresh: true, paid });
  }

  /** Creates the entry of a window without a press, so that `grant` can allow targets for the window. */
  met(webContentsId: number): void {
    if (this.#windows.has(webContentsId)) return;
    this.#windows.set(webContentsId, { lastAt: -Infinity, isFresh: false, paid: new Map() });
  }

  /** True after a recent press. Does not use the press up. */
  isRecent(webContentsId: number): boolean {
    const known = this.#windows.get(webContentsId);
    return known !== undefined && this.clock.now() - known.lastAt <= freshMs;
  }

  /** Forgets the window of a closed page. */
  left(webContentsId: number): void {
    this.#windows.delete(webContentsId);
  }

  /** True if a press allows this target: an earlier press for the target, or the last press, which is used up. */
  pays(webContentsId: number, target: string): boolean {
    if (this.hasPaid(webContentsId, target)) return true;
    if (!this.paysOnce(webContentsId)) return false;
    this.grant(webContentsId, target);
    return true;
  }

  /** True if the last press is unused and recent. Uses the press up. */
  paysOnce(webContentsId: number): boolean {
    const known = this.#windows.get(webContentsId);
    if (known?.isFresh !== true || !this.isRecent(webContentsId)) return false;
    known.isFresh = false;
    return true;
  }

  hasPaid(webContentsId: number, target: string): boolean {
    return (this.#windows.get(webContentsId)?.paid.get(target) ?? 0) > this.clock.now();
  }

  /** Allows the target for half a minute. No-op for a page that is gone. */
  grant(webContentsId: number, target: string): void {
    const known = this.#windows.get(webContentsId);
    const now = this.clock.now();
    if (known === undefined) return;
    for (const [one, until] of known.paid) if (until <= now) known.paid.delete(one);
    known.paid.set(target, now + paidMs);
  }
}
