/**
 * Reads the permissions of shared, offline servers again from time to time.
 * A node tells a session about withdrawn permissions only with its next message, and sends none for an offline server
 * (PROTOCOL 4.8.7): the socket stays open and silent.
 */
import type { Server } from '../../../bridge/schema/domain.js';
import { Alarm } from '../../base/alarm.js';
import type { Clock } from '../../base/ports.js';

/** Ms. Token renewals also bring permissions, every nine minutes. */
const everyMs = 5 * 60_000;
const lookEveryMs = 60_000;
/** Most reads at a time, equal to the queue of `Lookups`. */
const mostAtOnce = 3;

export interface RightsWatchDeps {
  readonly clock: Clock;
  /** Servers of the account. */
  servers(): readonly Server[];
  /** Reads the server from its panel when no other call is due. Never rejects. */
  read(serverId: string): Promise<unknown>;
}

export class RightsWatch {
  readonly #alarm: Alarm;
  /** Server id -> monotonic time of the last permission read; before the first read, when the server went silent. */
  readonly #certainAt = new Map<string, number>();

  constructor(private readonly deps: RightsWatchDeps) {
    this.#alarm = new Alarm(deps.clock);
  }

  start(): void {
    this.#alarm.every(lookEveryMs, () => this.#look());
  }

  stop(): void {
    this.#alarm.clear();
    this.#certainAt.clear();
  }

  #look(): void {
    const now = this.deps.clock.now();
    const silent = this.deps.servers().filter(isSilent);
    const ids = new Set(silent.map(({ id }) => id));
    for (const id of this.#certainAt.keys()) if (!ids.has(id)) this.#certainAt.delete(id);
    for (const id of ids) if (!this.#certainAt.has(id)) this.#certainAt.set(id, now);
    const due = [...this.#certainAt].filter(([, at]) => now - at >= everyMs);
    for (const [id] of due.toSorted(([, a], [, b]) => a - b).slice(0, mostAtOnce)) {
      this.#certainAt.set(id, now);
      void this.deps.read(id);
    }
  }
}

/** True for a live, offline server whose permissions could be withdrawn. Owners and administrators keep theirs. */
function isSilent({ isOwner, link, power, permissions }: Server): boolean {
  const isShared = !isOwner && permissions !== null && !permissions.includes('*');
  return isShared && link.kind === 'live' && power === 'offline';
}
