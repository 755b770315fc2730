/** Copies a text and says for a moment whether it worked. */
import type { PerchClient } from '../api.js';

const saidForMs = 1500;

export class Copying {
  said = $state<'' | 'Copied' | 'Not copied'>('');
  readonly #client: PerchClient;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: PerchClient) {
    this.#client = client;
  }

  async copy(text: string): Promise<void> {
    clearTimeout(this.#timer);
    this.said = await this.#client.call('clipboard.write', { text }).then(
      () => 'Copied' as const,
      () => 'Not copied' as const,
    );
    this.#timer = setTimeout(() => (this.said = ''), saidForMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
