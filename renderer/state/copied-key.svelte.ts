/**
 * Whether the clipboard holds a key, as main tells; the key itself no window gets. Nothing polls: it is asked when a form
 * for a key is shown, and whenever its window comes to the front.
 */
import type { HeldKey } from '../../bridge/held-key.js';
import type { PerchClient } from '../api.js';

export class CopiedKey {
  holds = $state<HeldKey>('none');
  readonly #client: PerchClient;
  #turn = 0;

  constructor(client: PerchClient) {
    this.#client = client;
  }

  /** Until the returned function is called. */
  follow(): () => void {
    const look = (): void => void this.#look();
    look();
    window.addEventListener('focus', look);
    return () => {
      this.#turn += 1;
      window.removeEventListener('focus', look);
    };
  }

  async #look(): Promise<void> {
    const turn = ++this.#turn;
    const holds = await this.#client.call('clipboard.look').then(
      (told) => told.holds,
      () => 'none' as const,
    );
    if (turn === this.#turn) this.holds = holds;
  }
}
