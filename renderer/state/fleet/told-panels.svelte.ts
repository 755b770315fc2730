/** Which panels the page says in full what is wrong with, so that the sidebar beside the page need not repeat it. */
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

export class ToldPanels {
  /** Account -> how many places of the page tell it in full. */
  readonly #places = new SvelteMap<string, number>();

  has(accountId: string): boolean {
    return (this.#places.get(accountId) ?? 0) > 0;
  }

  /** While the caller's notice is in the page. Gives back what ends it. */
  tell(accountId: string): () => void {
    this.#add(accountId, 1);
    return () => this.#add(accountId, -1);
  }

  #add(accountId: string, by: number): void {
    untrack(() => this.#places.set(accountId, (this.#places.get(accountId) ?? 0) + by));
  }
}
