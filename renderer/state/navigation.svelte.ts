/** What the main window shows. The person moves in the window; main moves it from outside (tray, notification). */
import type { View } from '../../bridge/contract.js';
import type { PerchClient } from '../api.js';

export class Navigation {
  view = $state.raw<View>({ kind: 'fleet' });
  readonly #client: PerchClient;
  #end: (() => void) | null = null;
  #lastAsked = '';

  constructor(client: PerchClient) {
    this.#client = client;
  }

  start(): void {
    this.#end = this.#client.watch('navigation', undefined, {
      // A feed that starts over repeats what main asked for last; the person has moved on since.
      snapshot: (view) => {
        const asked = JSON.stringify(view);
        if (asked !== this.#lastAsked) this.#ask(view);
      },
      change: (view) => this.#ask(view),
    });
  }

  stop(): void {
    this.#end?.();
    this.#end = null;
  }

  go(view: View): void {
    this.view = view;
  }

  #ask(view: View): void {
    this.#lastAsked = JSON.stringify(view);
    this.view = view;
  }
}
