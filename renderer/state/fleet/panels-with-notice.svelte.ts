/** Panels with a problem that the page shows in full, so that the sidebar need not repeat it. */
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

export class PanelsWithNotice {
  /** Account id -> number of places on the page that show the notice of this account now. */
  readonly #places = new SvelteMap<string, number>();

  has(accountId: string): boolean {
    return (this.#places.get(accountId) ?? 0) > 0;
  }

  /** Call when a notice appears; returns a function to call when it disappears. */
  tell(accountId: string): () => void {
    this.#add(accountId, 1);
    return () => this.#add(accountId, -1);
  }

  #add(accountId: string, by: number): void {
    untrack(() => this.#places.set(accountId, (this.#places.get(accountId) ?? 0) + by));
  }
}
