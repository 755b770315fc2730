/**
 * Time as main counts it, whose stamps this window shows (STATE "Time"). Main tells what it is, and the page's
 * own counter goes on from there; both run alike but in sleep, after which main tells it again. What the system's clock
 * is set to matters only where a time of day is shown.
 */
import type { PerchClient } from '../../api.js';
import { Feed } from './feed.svelte.js';

export class Now extends Feed<'clock'> {
  /** For ages and countdowns: moves once a second, and only while somebody looks. */
  at = $state(0);
  /** By how much main's time is ahead of the page's counter; until it has told, it is taken for the time of day. */
  #ahead = Date.now() - performance.now();
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(client: PerchClient) {
    super(client, 'clock', undefined);
    this.at = this.read();
  }

  override start(): void {
    super.start();
    document.addEventListener('visibilitychange', this.#follow);
    this.#follow();
  }

  override stop(): void {
    super.stop();
    document.removeEventListener('visibilitychange', this.#follow);
    this.#pause();
  }

  /** The time at this very moment. */
  read(): number {
    return Math.floor(performance.now() + this.#ahead);
  }

  /** What the system's clock would call a moment, as it is set now. */
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
