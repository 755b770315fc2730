import type { CallOutput } from '../../../bridge/schema/contract.js';
import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { PerchClient } from '../../api.js';

/** Delay after the last keystroke before main is asked (ms); until then the address is probably incomplete. */
const pauseMs = 900;

export type KnownPanel = NonNullable<CallOutput<'panel.probe'>>;

/**
 * Facts that main finds out about the typed panel. Asks after a pause in typing or when the field loses focus, once per
 * address.
 */
export class PanelProbe {
  /** Null if the current address was not probed. */
  known = $state.raw<KnownPanel | null>(null);
  #asked = '';
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly client: PerchClient) {}

  /** Call on each keystroke. */
  changed(url: string): void {
    clearTimeout(this.#pause);
    if (url.trim() === this.#asked) return;
    this.known = null;
    this.#asked = '';
    this.#pause = setTimeout(() => void this.probe(url), pauseMs);
  }

  /** Call when the address is complete: the field lost focus, or the address was pasted. */
  async probe(url: string): Promise<void> {
    clearTimeout(this.#pause);
    const address = url.trim();
    if (address === this.#asked) return;
    this.known = null;
    this.#asked = address;
    if (address === '') return;
    const answer = await this.client.call('panel.probe', { url: address }).catch(() => null);
    if (this.#asked === address) this.known = answer ?? null;
  }

  /** Opens the panel's page for API keys in the browser, if the panel is known. Returns the problem, or null. */
  async openKeyPage(): Promise<Problem | null> {
    if (this.known === null) return null;
    try {
      await this.client.call('panel.openKeyPage', this.known);
      return null;
    } catch (error) {
      return toProblem(error);
    }
  }
}
