/** Copies a text to the clipboard and shows the outcome for a moment. */
import { say } from '../../messages/messages.js';
import type { PerchClient } from '../api.js';

const saidForMs = 1500;

export class Copying {
  outcome = $state<'copied' | 'not-copied' | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly client: PerchClient) {}

  /** Outcome as text; empty = none. */
  get said(): string {
    return this.outcome === null ? '' : say(`common.${this.outcome}`);
  }

  async copy(text: string): Promise<void> {
    clearTimeout(this.#timer);
    this.outcome = await this.client.call('clipboard.write', { text }).then(
      () => 'copied' as const,
      () => 'not-copied' as const,
    );
    this.#timer = setTimeout(() => (this.outcome = null), saidForMs);
  }
}
