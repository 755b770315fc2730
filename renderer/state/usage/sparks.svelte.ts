/**
 * Sparklines of the last hour for the servers in a list.
 * One call asks for all visible servers, when they appear and then once a minute. The list itself shows the newest
 * figures.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { CallOutput } from '../../../bridge/schema/contract.js';
import type { PerchClient } from '../../api.js';

export type SparkPoints = CallOutput<'history.sparks'>['lines'][number]['points'];

const againMs = 60_000;
/** Delay before asking (ms): scrolling changes the visible rows many times a second. */
const pauseMs = 200;
const none: SparkPoints = [];

export class Sparks {
  readonly #lines = new SvelteMap<string, SparkPoints>();
  #shown: readonly string[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isOver = false;

  constructor(private readonly client: Pick<PerchClient, 'call'>) {}

  /** Oldest first; empty until read. */
  of(serverId: string): SparkPoints {
    return this.#lines.get(serverId) ?? none;
  }

  /** Sets the visible servers. */
  show(serverIds: readonly string[]): void {
    this.#shown = serverIds;
    if (serverIds.some((id) => !this.#lines.has(id))) this.#askIn(pauseMs);
  }

  /**
   * Starts reading until the returned function is called.
   * A hidden window reads nothing, and reads at once when it reappears.
   */
  start(): () => void {
    document.addEventListener('visibilitychange', this.#follow);
    this.#isOver = false;
    this.#askIn(pauseMs);
    return () => {
      document.removeEventListener('visibilitychange', this.#follow);
      this.#isOver = true;
      this.#pause();
    };
  }

  readonly #follow = (): void => {
    if (document.hidden) this.#pause();
    else this.#askIn(0);
  };

  #askIn(ms: number): void {
    this.#pause();
    if (!this.#isOver) this.#timer = setTimeout(() => void this.#ask(), ms);
  }

  #pause(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #ask(): Promise<void> {
    const serverIds = [...this.#shown];
    this.#askIn(againMs);
    if (serverIds.length === 0) return;
    try {
      const { lines } = await this.client.call('history.sparks', { serverIds });
      for (const { serverId, points } of lines) this.#lines.set(serverId, points);
    } catch {
      // Sparklines are optional: the figures stand beside them, and the next attempt follows in a minute.
    }
  }
}
