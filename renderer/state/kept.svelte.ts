/** Whether the person has closed this window, so that it is there only for its drafts, and nobody sees it. */
import type { PerchClient } from '../api.js';

export class Kept {
  isKept = $state(false);
  readonly #client: PerchClient;
  #end: (() => void) | null = null;

  constructor(client: PerchClient) {
    this.#client = client;
  }

  start(): void {
    const take = (isKept: boolean): void => void (this.isKept = isKept);
    this.#end = this.#client.watch('kept', undefined, { snapshot: take, change: take });
  }

  stop(): void {
    this.#end?.();
    this.#end = null;
  }
}
