/** State of a counter after a call. */
export interface Count {
  limit: number;
  remaining: number;
  /** null = allowed; otherwise the end of the window in unix seconds, and the seconds until then. */
  refused: { reset: number; retryAfter: number } | null;
}

const minute = 60_000;

/**
 * Fixed window as in the framework (PROTOCOL 3.4): the first call starts a window, refused calls do not count, and a
 * new window starts when the old window is over.
 */
export class FixedWindow {
  readonly #windows = new Map<string, { count: number; endsAt: number }>();

  constructor(
    private readonly limit: number,
    private readonly now: () => number,
    private readonly windowMs = minute,
  ) {}

  hit(key: string): Count {
    const now = this.now();
    const window = this.#current(key);
    if (window.count >= this.limit) {
      const retryAfter = Math.ceil((window.endsAt - now) / 1000);
      const reset = Math.floor(now / 1000) + retryAfter;
      return { limit: this.limit, remaining: 0, refused: { reset, retryAfter } };
    }
    window.count++;
    return { limit: this.limit, remaining: this.limit - window.count, refused: null };
  }

  /** Sets the count so that `left` calls remain in this window. */
  useUp(key: string, left: number): void {
    this.#current(key).count = Math.max(0, this.limit - left);
  }

  /** Starts a new window for all keys. */
  refill(): void {
    this.#windows.clear();
  }

  #current(key: string): { count: number; endsAt: number } {
    const now = this.now();
    const begun = this.#windows.get(key);
    if (begun && begun.endsAt > now) return begun;
    const window = { count: 0, endsAt: now + this.windowMs };
    this.#windows.set(key, window);
    return window;
  }
}

export function rateHeaders(count: Count): Record<string, string> {
  const headers: Record<string, string> = {
    'x-ratelimit-limit': String(count.limit),
    'x-ratelimit-remaining': String(count.remaining),
  };
  if (count.refused) {
    headers['retry-after'] = String(count.refused.retryAfter);
    headers['x-ratelimit-reset'] = String(count.refused.reset);
  }
  return headers;
}

/** All call limits of a panel (PROTOCOL 3.4). */
export class CallLimits {
  readonly #clients: FixedWindow;
  readonly #sockets: FixedWindow | null;
  readonly #restorations: FixedWindow | null;
  readonly #pulls: FixedWindow;
  readonly #schedules: FixedWindow | null;
  readonly #allocations: FixedWindow | null;
  readonly #databases: FixedWindow | null;
  readonly #subusers: FixedWindow | null;
  readonly #emails: FixedWindow | null;
  /** Calls of the plugin that counts players (PROTOCOL 8.5). */
  readonly #playerCounts: FixedWindow;

  /** null = no separate limit of these. */
  constructor(
    limits: {
      clients: number;
      sockets: number | null;
      restorations?: number | null;
      pulls?: { limit: number; minutes: number };
      schedules?: number | null;
      databases?: number | null;
      subusers?: number | null;
      emails?: number | null;
      allocations?: number | null;
    },
    now: () => number,
  ) {
    const { clients, sockets, restorations = null, schedules = null } = limits;
    const { allocations = null, databases = null, subusers = null, emails = null } = limits;
    const { pulls = { limit: 10, minutes: 5 } } = limits;
    this.#emails = emails === null ? null : new FixedWindow(emails, now);
    this.#allocations = allocations === null ? null : new FixedWindow(allocations, now);
    this.#schedules = schedules === null ? null : new FixedWindow(schedules, now);
    this.#databases = databases === null ? null : new FixedWindow(databases, now);
    this.#subusers = subusers === null ? null : new FixedWindow(subusers, now, 15 * minute);
    this.#pulls = new FixedWindow(pulls.limit, now, pulls.minutes * minute);
    this.#playerCounts = new FixedWindow(2, now);
    this.#clients = new FixedWindow(clients, now);
    this.#sockets = sockets === null ? null : new FixedWindow(sockets, now);
    this.#restorations = restorations === null ? null : new FixedWindow(restorations, now, 15 * minute);
  }

  call(userId: number): Count {
    return this.#clients.hit(String(userId));
  }

  /** null = no limit of this kind. */
  socket(serverUuid: string): Count | null {
    return this.#sockets?.hit(serverUuid) ?? null;
  }

  /** null = no limit of this kind. */
  restoration(serverUuid: string): Count | null {
    return this.#restorations?.hit(serverUuid) ?? null;
  }

  /** `key` = the user or the server. */
  pull(key: string): Count {
    return this.#pulls.hit(key);
  }

  /** null = no limit of this kind. */
  scheduleCreation(serverUuid: string): Count | null {
    return this.#schedules?.hit(serverUuid) ?? null;
  }

  /** null = no limit of this kind. */
  databaseCreation(serverUuid: string): Count | null {
    return this.#databases?.hit(serverUuid) ?? null;
  }

  /** null = no limit of this kind. */
  subuserCreation(serverUuid: string): Count | null {
    return this.#subusers?.hit(serverUuid) ?? null;
  }

  /** null = no limit of this kind. */
  emailChange(userId: number): Count | null {
    return this.#emails?.hit(String(userId)) ?? null;
  }

  /** null = no limit of this kind. */
  allocationCreation(serverUuid: string): Count | null {
    return this.#allocations?.hit(serverUuid) ?? null;
  }

  playerCount(serverUuid: string): Count {
    return this.#playerCounts.hit(serverUuid);
  }

  useUpCalls(userId: number, left: number): void {
    this.#clients.useUp(String(userId), left);
  }

  /** false = no limit of this kind. */
  useUpSockets(serverUuid: string, left: number): boolean {
    this.#sockets?.useUp(serverUuid, left);
    return this.#sockets !== null;
  }

  refill(): void {
    this.#clients.refill();
    this.#sockets?.refill();
    this.#restorations?.refill();
    this.#pulls.refill();
    this.#schedules?.refill();
    this.#databases?.refill();
    this.#subusers?.refill();
    this.#emails?.refill();
    this.#allocations?.refill();
    this.#playerCounts.refill();
  }
}
