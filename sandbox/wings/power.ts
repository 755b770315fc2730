/** A power action that did not happen; the text is for those who may read the daemon's errors. */
export class PowerRefusal extends Error {
  override name = 'PowerRefusal';
}

/** Another power action holds the lock; this text everybody may read (PROTOCOL 4.11). */
export class PowerBusy extends PowerRefusal {
  override name = 'PowerBusy';

  constructor() {
    super('another power action is currently being processed for this server, please try again later');
  }
}

/** One power action at a time; none is queued. */
export class PowerLock {
  #held = false;

  get held(): boolean {
    return this.#held;
  }

  /** The function that frees it again, or null where somebody else has it. Freeing twice does no harm. */
  acquire(): (() => void) | null {
    if (this.#held) return null;
    this.#held = true;
    let mine = true;
    return () => {
      if (!mine) return;
      mine = false;
      this.#held = false;
    };
  }
}

/** May a crashed server be started again? Not twice within the window, counted from the last automatic restart. */
export class CrashWatch {
  readonly windowSeconds: number;
  readonly #now: () => number;
  #last = -Infinity;

  constructor(windowSeconds: number, now: () => number) {
    this.windowSeconds = windowSeconds;
    this.#now = now;
  }

  /** True at most once per window, and then counts as the restart. */
  mayRestart(): boolean {
    const now = this.#now();
    if (now - this.#last < this.windowSeconds * 1000) return false;
    this.#last = now;
    return true;
  }
}
