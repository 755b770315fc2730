/** In how many open dialogs something was entered that is neither saved nor sent: it goes with the dialog, and the window. */
import { untrack } from 'svelte';

export class DialogDrafts {
  #count = $state(0);

  get hasDraft(): boolean {
    return this.#count > 0;
  }

  /** Something was entered in one. Returns the function to call once it is saved, undone or given up. */
  begin(): () => void {
    this.#add(1);
    return () => this.#add(-1);
  }

  /** An effect that begins must not depend on the count that it changes. */
  #add(step: 1 | -1): void {
    untrack(() => (this.#count += step));
  }
}
