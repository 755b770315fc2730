import type { HeldDrafts } from '../../bridge/contract.js';
import type { Server } from '../../bridge/domain.js';
import type { FleetStore } from '../fleet/store.js';
import type { Clock } from '../ports.js';
import { Told } from './told.js';

export interface MainDraftsDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly clock: Clock;
}

const none: HeldDrafts = { serverIds: [], panel: false };

/**
 * Where the main window holds something typed and not saved, as its page says, and whether it is kept for that.
 * A hidden window costs 60 to 150 MB, which is why one that holds nothing is destroyed when it is closed; but nothing
 * typed may be lost, so one that holds drafts is hidden, for as long as it holds them. What was typed stays in the
 * page: main knows of which servers, and which of them are still there, for a hidden page learns nothing of them.
 */
export class MainDrafts {
  /** Whether the window was closed and is there all the same, hidden. */
  readonly kept = new Told(false);
  readonly #deps: MainDraftsDeps;
  #held = none;
  #letGo: () => void = () => undefined;
  #stopListening: () => void = () => undefined;

  constructor(deps: MainDraftsDeps) {
    this.#deps = deps;
  }

  /** Those with drafts. */
  get servers(): readonly Server[] {
    return this.#held.serverIds.flatMap((id) => this.#deps.store.state.servers.get(id) ?? []);
  }

  /** True where the address of a panel stands that is not connected yet. */
  get panel(): boolean {
    return this.#held.panel;
  }

  get isEmpty(): boolean {
    return !this.panel && this.servers.length === 0;
  }

  hold(held: HeldDrafts): void {
    this.#held = held;
    this.#check();
  }

  /** The page crashed, was loaded anew or is gone, and everything in it. */
  forget(): void {
    this.hold(none);
  }

  /**
   * The window is being closed: true where it has to stay. `letGo` is called as soon as nothing is unsaved any more,
   * unless the window is shown before.
   */
  keep(letGo: () => void): boolean {
    this.release();
    if (this.isEmpty) return false;
    this.#letGo = letGo;
    this.#stopListening = this.#deps.store.listen(() => this.#check());
    this.kept.tell(true);
    return true;
  }

  /** The window is shown again, or gone. */
  release(): void {
    this.#stopListening();
    this.#stopListening = () => undefined;
    if (this.kept.current) this.kept.tell(false);
  }

  #check(): void {
    if (!this.#mayGo) return;
    // Not at once: what is told may be that the page crashes or goes elsewhere, and in the midst of that its window
    // must not be destroyed.
    this.#deps.clock.after(0, () => {
      if (this.#mayGo) this.#letGo();
    });
  }

  get #mayGo(): boolean {
    return this.kept.current && this.isEmpty;
  }
}
