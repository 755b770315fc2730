import type { PerchClient } from '../api.js';

/** Tells main once that this window has something to show: it is not seen before. */
export class FirstPicture {
  readonly #client: PerchClient;
  #told = false;

  constructor(client: PerchClient) {
    this.#client = client;
  }

  /**
   * What the page holds now is the first picture. It is drawn when the window is shown: no frame can be waited for, as a
   * window that is hidden gets next to none.
   */
  isThere(): void {
    if (this.#told) return;
    this.#told = true;
    // Main shows a window that says nothing as well, only later.
    this.#client.call('window.drawn').catch(() => undefined);
  }
}
