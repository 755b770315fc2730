import { Emitter } from '../base/emitter.js';

/** The settings for watching. */
export interface Preferences {
  readonly pinned: readonly string[];
  /** Most live servers of all accounts; null = as many as the panels allow. */
  readonly liveLimit: number | null;
}

interface Shown {
  serverIds: ReadonlySet<string>;
  /** False for a hidden window, which keeps its list of servers for later. */
  isInSight: boolean;
}

/** Servers that the user looks at or wants live: from windows, consoles and settings, for the watch plan. */
export class Interests {
  readonly #windows = new Map<number, Shown>();
  readonly #openConsoles = new Set<string>();
  #preferences: Preferences = { pinned: [], liveLimit: null };
  #pinned: ReadonlySet<string> = new Set();

  readonly #changes = new Emitter<void>();

  /** Calls after each change. Returns the function that ends listening. */
  listen(listener: () => void): () => void {
    return this.#changes.listen(listener);
  }

  get liveLimit(): number | null {
    return this.#preferences.liveLimit;
  }

  isOpen(serverId: string): boolean {
    return this.#openConsoles.has(serverId);
  }

  isPinned(serverId: string): boolean {
    return this.#pinned.has(serverId);
  }

  isVisible(serverId: string): boolean {
    for (const { serverIds, isInSight } of this.#windows.values()) {
      if (isInSight && serverIds.has(serverId)) return true;
    }
    return false;
  }

  /** Whether a window that shows servers can be seen. */
  get isWatched(): boolean {
    return [...this.#windows.values()].some(({ isInSight }) => isInSight);
  }

  setShown(windowId: number, serverIds: readonly string[]): void {
    const isInSight = this.#windows.get(windowId)?.isInSight ?? true;
    this.#windows.set(windowId, { serverIds: new Set(serverIds), isInSight });
    this.#changes.emit();
  }

  windowLeft(windowId: number): void {
    if (this.#windows.delete(windowId)) this.#changes.emit();
  }

  /** A window was hidden or shown again. */
  setInSight(windowId: number, isInSight: boolean): void {
    const shown = this.#windows.get(windowId);
    if (shown === undefined || shown.isInSight === isInSight) return;
    shown.isInSight = isInSight;
    this.#changes.emit();
  }

  setConsoleOpen(serverId: string, isOpen: boolean): void {
    if (isOpen) this.#openConsoles.add(serverId);
    else this.#openConsoles.delete(serverId);
  }

  setPreferences(preferences: Preferences): void {
    const { pinned, liveLimit } = this.#preferences;
    this.#preferences = preferences;
    this.#pinned = new Set(preferences.pinned);
    if (preferences.liveLimit !== liveLimit || preferences.pinned.join() !== pinned.join())
      this.#changes.emit();
  }
}
