/** What the main window shows. The person moves in the window; main moves it from outside (tray, notification). */
import type { View } from '../../bridge/contract.js';
import type { PerchClient } from '../api.js';
import { Feed } from './feed.svelte.js';

export class Navigation extends Feed<'navigation'> {
  view = $state.raw<View>({ kind: 'fleet' });
  #lastAsked = '';

  constructor(client: PerchClient) {
    super(client, 'navigation', undefined);
  }

  go(view: View): void {
    this.view = view;
  }

  /** A feed that starts over repeats what main asked for last; the person has moved on since. */
  protected override onSnapshot(view: View): void {
    const asked = JSON.stringify(view);
    if (asked !== this.#lastAsked) this.#ask(view);
  }

  protected override onChange(view: View): void {
    this.#ask(view);
  }

  #ask(view: View): void {
    this.#lastAsked = JSON.stringify(view);
    this.view = view;
  }
}
