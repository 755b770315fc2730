/** What the person wants of the watching as a whole, by the settings. */
export interface Wishes {
  readonly pinned: readonly string[];
  /** The most servers that are to be live, of all accounts; null = as many as panels allow. */
  readonly liveLimit: number | null;
}

interface Shown {
  serverIds: ReadonlySet<string>;
  /** A hidden window shows nothing, and shows the same again later. */
  isInSight: boolean;
}

/** What the person looks at and wishes for: windows, consoles and the settings tell it, the watching goes by it. */
export class Interests {
  readonly #changed: () => void;
  readonly #windows = new Map<number, Shown>();
  readonly #openConsoles = new Set<string>();
  #wishes: Wishes = { pinned: [], liveLimit: null };
  #pinned: ReadonlySet<string> = new Set();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get liveLimit(): number | null {
    return this.#wishes.liveLimit;
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

  /** The servers that a window shows now. */
  setShown(windowId: number, serverIds: readonly string[]): void {
    const isInSight = this.#windows.get(windowId)?.isInSight ?? true;
    this.#windows.set(windowId, { serverIds: new Set(serverIds), isInSight });
    this.#changed();
  }

  windowLeft(windowId: number): void {
    if (this.#windows.delete(windowId)) this.#changed();
  }

  /** A window was hidden, or is shown again. */
  setInSight(windowId: number, isInSight: boolean): void {
    const shown = this.#windows.get(windowId);
    if (shown === undefined || shown.isInSight === isInSight) return;
    shown.isInSight = isInSight;
    this.#changed();
  }

  setConsoleOpen(serverId: string, isOpen: boolean): void {
    if (isOpen) this.#openConsoles.add(serverId);
    else this.#openConsoles.delete(serverId);
  }

  setPreferences(wishes: Wishes): void {
    const { pinned, liveLimit } = this.#wishes;
    this.#wishes = wishes;
    this.#pinned = new Set(wishes.pinned);
    if (wishes.liveLimit !== liveLimit || wishes.pinned.join() !== pinned.join()) this.#changed();
  }
}
