/**
 * The presses of keys, buttons and fingers that main has seen, by window. Input reaches main before it reaches a page, and
 * no script makes any (PLATFORM "Security"): what a page asks for beyond what its person just pressed, a person did not ask.
 */
import type { Clock } from '../base/ports.js';

/** From a press to the call that it leads to: a form looks at itself, a menu closes, a field rests. */
const freshMs = 5_000;
/** What a press has paid for may be asked again for so long: one press saves several fields, or pastes several lines. */
const paidMs = 30_000;

interface OfWindow {
  lastAt: number;
  /** The last one has paid for nothing yet. */
  isFresh: boolean;
  /** Target -> until when it is paid for. */
  readonly paid: Map<string, number>;
}

export class Presses {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #windows = new Map<number, OfWindow>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /**
   * Something was pressed, or let go. Each pays: by going down a press leaves a field, which saves what was typed there, and
   * by coming up it is the click on a button.
   */
  seen(webContentsId: number): void {
    const paid = this.#windows.get(webContentsId)?.paid ?? new Map<string, number>();
    this.#windows.set(webContentsId, { lastAt: this.#clock.now(), isFresh: true, paid });
  }

  /** Its page is there, though nobody may have pressed anything in it: what is agreed to can be kept for it. */
  met(webContentsId: number): void {
    if (this.#windows.has(webContentsId)) return;
    this.#windows.set(webContentsId, { lastAt: -Infinity, isFresh: false, paid: new Map() });
  }

  /** Whether somebody has pressed anything there just now. It costs nothing. */
  isRecent(webContentsId: number): boolean {
    const known = this.#windows.get(webContentsId);
    return known !== undefined && this.#clock.now() - known.lastAt <= freshMs;
  }

  /** The page is gone. */
  left(webContentsId: number): void {
    this.#windows.delete(webContentsId);
  }

  /** Whether a press pays for this target: an earlier one does, or the last one, which pays for no other then. */
  pays(webContentsId: number, target: string): boolean {
    if (this.hasPaid(webContentsId, target)) return true;
    if (!this.paysOnce(webContentsId)) return false;
    this.grant(webContentsId, target);
    return true;
  }

  /** Whether the last press pays for one call, which takes another press when it comes again. */
  paysOnce(webContentsId: number): boolean {
    const known = this.#windows.get(webContentsId);
    if (known?.isFresh !== true || !this.isRecent(webContentsId)) return false;
    known.isFresh = false;
    return true;
  }

  hasPaid(webContentsId: number, target: string): boolean {
    return (this.#windows.get(webContentsId)?.paid.get(target) ?? 0) > this.#clock.now();
  }

  /** It is paid for, for a while from now on. Nothing is kept for a page that is gone. */
  grant(webContentsId: number, target: string): void {
    const known = this.#windows.get(webContentsId);
    const now = this.#clock.now();
    if (known === undefined) return;
    for (const [one, until] of known.paid) if (until <= now) known.paid.delete(one);
    known.paid.set(target, now + paidMs);
  }
}
