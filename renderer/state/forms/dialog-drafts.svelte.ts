/** Counts open dialogs with unsaved input, which closing the dialog or the window would lose. */
import { untrack } from 'svelte';

export class DialogDrafts {
  #count = $state(0);

  get hasDraft(): boolean {
    return this.#count > 0;
  }

  /** Call when input begins. Returns a function to call once the input is saved, undone or discarded. */
  begin(): () => void {
    this.#add(1);
    return () => this.#add(-1);
  }

  /** Untracked, so that an effect that calls `begin` does not depend on the count that it changes. */
  #add(step: 1 | -1): void {
    untrack(() => (this.#count += step));
  }
}
