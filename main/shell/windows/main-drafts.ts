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
 * Unsaved text in the main window, as reported by its page.
 *
 * A hidden window costs 60 to 150 MB, so a closed window is destroyed. A window with drafts is hidden instead, until
 * the drafts are gone. The text stays in the page. Main knows only the server ids, and checks which of these servers
 * still exist, because a hidden page gets no updates.
 */
export class MainDrafts {
  /** True while the closed window stays hidden. Its page gets this value through the feed `closed`. */
  readonly staysClosed = new Observable(false);
  #held = none;
  #isClosed = false;
  #letGo: () => void = () => undefined;
  #stopListening: () => void = () => undefined;

  constructor(private readonly deps: MainDraftsDeps) {}

  /** Servers with drafts. */
  get servers(): readonly Server[] {
    return this.#held.serverIds.flatMap((id) => this.deps.store.state.servers.get(id) ?? []);
  }

  /** True if the address of an unconnected panel was typed. */
  get panel(): boolean {
    return this.#held.panel;
  }

  /** True if an open dialog has input. */
  get dialog(): boolean {
    return this.#held.dialog;
  }

  get isEmpty(): boolean {
    return !this.panel && !this.dialog && this.servers.length === 0;
  }

  /** True while the window that the user closed still exists, hidden. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  hold(held: Drafts): void {
    this.#held = held;
    this.#check();
  }

  /** Forgets the drafts of a page that crashed, reloaded or is gone. */
  forget(): void {
    this.hold(none);
  }

  /**
   * Call when the window closes. Returns true if the window must be hidden instead.
   *
   * `letGo` is called when no draft is left while the window stays closed. It is not called if the window is shown
   * before.
   */
  keep(letGo: () => void): boolean {
    this.release();
    if (this.isEmpty) return false;
    this.#isClosed = true;
    this.#letGo = letGo;
    this.#stopListening = this.deps.store.listen(() => this.#check());
    return true;
  }

  /**
   * Keeps the window closed, because the user can open it again from the tray.
   *
   * The page learns this only now, and discards secrets. Without a tray icon, Perch asks before it quits, and the user
   * may decide to stay.
   */
  stayClosed(): void {
    if (!this.#isClosed || this.staysClosed.current) return;
    this.staysClosed.set(true);
    this.#check();
  }

  /** Ends the hidden state: the window is shown again, or gone. */
  release(): void {
    this.#stopListening();
    this.#stopListening = () => undefined;
    this.#isClosed = false;
    if (this.staysClosed.current) this.staysClosed.set(false);
  }

  #check(): void {
    if (!this.#mayGo) return;
    // Wait for the next task: the page may just be crashing or navigating, and its window must not be destroyed during
    // that.
    this.deps.clock.after(0, () => {
      if (this.#mayGo) this.#letGo();
    });
  }

  get #mayGo(): boolean {
    return this.staysClosed.current && this.isEmpty;
  }
}
