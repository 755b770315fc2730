import type { Drafts } from '../../../bridge/schema/drafts.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { Observable } from '../../base/observable.js';
import type { FleetStore } from '../../fleet/store.js';
import type { Clock } from '../../base/ports.js';

export interface MainDraftsDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly clock: Clock;
}

const none: Drafts = { serverIds: [], panel: false, dialog: false };

/**
 * Where the main window holds something typed and not saved, as its page says, and whether it is kept for that.
 * A hidden window costs 60 to 150 MB, which is why one that holds nothing is destroyed when it is closed; but no draft
 * may be lost by that, so one that holds some is hidden, for as long as it holds them. What was typed stays in the
 * page: main knows of which servers, and which of them are still there, for a hidden page learns nothing of them.
 */
export class MainDrafts {
  /** Whether the window stays closed although it is there, hidden, as its page is told. */
  readonly staysClosed = new Observable(false);
  readonly #deps: MainDraftsDeps;
  #held = none;
  #isClosed = false;
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

  /** True where something was entered in a dialog that is open. */
  get dialog(): boolean {
    return this.#held.dialog;
  }

  get isEmpty(): boolean {
    return !this.panel && !this.dialog && this.servers.length === 0;
  }

  /** Whether the person has closed the window and it is there all the same, hidden. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  hold(held: Drafts): void {
    this.#held = held;
    this.#check();
  }

  /** The page crashed, was loaded anew or is gone, and everything in it. */
  forget(): void {
    this.hold(none);
  }

  /**
   * The window is being closed: true where it has to be hidden instead. `letGo` is called as soon as nothing is
   * unsaved any more and it stays closed, unless the window is shown before.
   */
  keep(letGo: () => void): boolean {
    this.release();
    if (this.isEmpty) return false;
    this.#isClosed = true;
    this.#letGo = letGo;
    this.#stopListening = this.#deps.store.listen(() => this.#check());
    return true;
  }

  /**
   * There is a way back to the window, so it stays closed. Only now does its page learn of it, and let go of what must
   * not be kept: where there is none, the person is asked first, and may never have left.
   */
  stayClosed(): void {
    if (!this.#isClosed || this.staysClosed.value) return;
    this.staysClosed.set(true);
    this.#check();
  }

  /** The window is shown again, or gone. */
  release(): void {
    this.#stopListening();
    this.#stopListening = () => undefined;
    this.#isClosed = false;
    if (this.staysClosed.value) this.staysClosed.set(false);
  }

  #check(): void {
    if (!this.#mayGo) return;
    // Not at once: the page may just be crashing or navigating, and during that its window
    // must not be destroyed.
    this.#deps.clock.after(0, () => {
      if (this.#mayGo) this.#letGo();
    });
  }

  get #mayGo(): boolean {
    return this.staysClosed.value && this.isEmpty;
  }
}
