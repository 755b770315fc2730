/** Refused power action. The text is for clients that may read the daemon's errors. */
export class PowerRefusal extends Error {
  override name = 'PowerRefusal';
}

/** Another power action holds the lock. Every client may read this text (PROTOCOL 4.11). */
export class PowerBusy extends PowerRefusal {
  override name = 'PowerBusy';

  constructor() {
    super('another power action is currently being processed for this server, please try again later');
  }
}

/** Allows one power action at a time; none is queued. */
export class PowerLock {
  #held = false;

  get held(): boolean {
    return this.#held;
  }

  /** Returns the function that releases the lock, or null if it is held. A second release is harmless. */
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

/** Decides whether a crashed server is started again: once per window, counted from the last automatic restart. */
export class CrashWatch {
  #last = -Infinity;

  constructor(
    readonly windowSeconds: number,
    private readonly now: () => number,
  ) {}

  /** Returns true at most once per window; true counts as the restart. */
  mayRestart(): boolean {
    const now = this.now();
    if (now - this.#last < this.windowSeconds * 1000) return false;
    this.#last = now;
    return true;
  }
}
