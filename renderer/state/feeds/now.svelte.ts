/**
 * Main's monotonic time, which all timestamps use (STATE "Time").
 * Main sends it once, and the page's own counter continues from there. The two drift apart only during sleep, after
 * which main sends the time again. The wall clock matters only for displayed times of day.
 */
import type { PerchClient } from '../../api.js';
import { Feed } from './feed.svelte.js';

export class Now extends Feed<'clock'> {
  /** Current time for ages and countdowns; updates once a second while the window is visible. */
  at = $state(0);
  /** Main's time minus the page's counter; until main has sent its time, the wall clock serves. */
  #ahead = Date.now() - performance.now();
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(client: PerchClient) {
    super(client, 'clock', undefined);
    this.at = this.read();
  }

  override start(): () => void {
    document.addEventListener('visibilitychange', this.#follow);
    this.#follow();
    return super.start();
  }

  override stop(): void {
    super.stop();
    document.removeEventListener('visibilitychange', this.#follow);
    this.#pause();
  }

  /** The time at this moment; `at` only moves once a second. */
  read(): number {
    return Math.floor(performance.now() + this.#ahead);
  }

  /** Converts a monotonic time to wall-clock time, by the current setting of the system's clock. */
  wallOf(at: number): number {
    return at - this.read() + Date.now();
  }

  protected override onSnapshot(now: number): void {
    this.#ahead = now - performance.now();
    this.at = this.read();
  }

  protected override onChange(now: number): void {
    this.onSnapshot(now);
  }

  readonly #follow = (): void => {
    this.#pause();
    if (document.hidden) return;
    this.at = this.read();
    this.#timer = setInterval(() => {
      this.at = this.read();
    }, 1000);
  };

  #pause(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
