import type { PerchClient } from '../api.js';

/** Tells main once that this window has content to show; main keeps the window hidden before. */
export class FirstPicture {
  #told = false;

  constructor(private readonly client: PerchClient) {}

  /**
   * Call when the page contains its first picture.
   * Waiting for a frame is impossible here: a hidden window gets hardly any frames. The picture is drawn when the
   * window appears.
   */
  isThere(): void {
    if (this.#told) return;
    this.#told = true;
    // Main also shows a window that never reports, only later.
    this.client.send('window.drawn');
  }
}
