import type { CallOutput } from '../../../bridge/schema/contract.js';
import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { PerchClient } from '../../api.js';

/** As long as somebody types, the address is not whole. */
const pauseMs = 900;

export type KnownPanel = NonNullable<CallOutput<'panel.look'>>;

/** What main can tell of the panel whose address is typed: asked in a pause or when the field is left, once per address. */
export class PanelLook {
  /** Null while nothing is known of the address that stands there. */
  known = $state.raw<KnownPanel | null>(null);
  readonly #client: PerchClient;
  #asked = '';
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(client: PerchClient) {
    this.#client = client;
  }

  /** The address is being typed. */
  changed(url: string): void {
    clearTimeout(this.#pause);
    if (url.trim() === this.#asked) return;
    this.known = null;
    this.#asked = '';
    this.#pause = setTimeout(() => void this.look(url), pauseMs);
  }

  /** The address stands: it was left, or came as a whole. */
  async look(url: string): Promise<void> {
    clearTimeout(this.#pause);
    const address = url.trim();
    if (address === this.#asked) return;
    this.known = null;
    this.#asked = address;
    if (address === '') return;
    const told = await this.#client.call('panel.look', { url: address }).catch(() => null);
    if (this.#asked === address) this.known = told ?? null;
  }

  /** Opens the page in the browser where the panel makes keys; only where it is known. Answers why it could not. */
  async openKeyPage(): Promise<Problem | null> {
    if (this.known === null) return null;
    try {
      await this.#client.call('panel.openKeyPage', this.known);
      return null;
    } catch (error) {
      return toProblem(error);
    }
  }
}
