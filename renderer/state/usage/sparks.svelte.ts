/**
 * The last hour of the servers in a list, as small lines. One call asks for all that are in sight, when they come there and
 * once a minute after that; what is newer is the newest figure, which the list has anyway.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { CallOutput } from '../../../bridge/schema/contract.js';
import type { PerchClient } from '../../api.js';

export type SparkPoints = CallOutput<'history.sparks'>['lines'][number]['points'];

const againMs = 60_000;
/** A list that is scrolled shows other rows many times a second. */
const pauseMs = 200;
const none: SparkPoints = [];

export class Sparks {
  readonly #client: Pick<PerchClient, 'call'>;
  readonly #lines = new SvelteMap<string, SparkPoints>();
  #shown: readonly string[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isOver = false;

  constructor(client: Pick<PerchClient, 'call'>) {
    this.#client = client;
  }

  /** Oldest first; nothing until it is read. */
  of(serverId: string): SparkPoints {
    return this.#lines.get(serverId) ?? none;
  }

  /** What is in sight from now on. */
  show(serverIds: readonly string[]): void {
    this.#shown = serverIds;
    if (serverIds.some((id) => !this.#lines.has(id))) this.#askIn(pauseMs);
  }

  /** A window that is hidden asks for nothing; seen again, it does so at once. */
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
      const { lines } = await this.#client.call('history.sparks', { serverIds });
      for (const { serverId, points } of lines) this.#lines.set(serverId, points);
    } catch {
      // Lines are decoration: the figures stand beside them, and a minute later it is tried again.
    }
  }
}
