/**
 * Reads the rights on shared servers again that are off. A node tells a socket that rights were taken with the next message
 * that it has for it, and of a server that is off there is none (PROTOCOL 4.8.7): the socket stays open and silent.
 */
import type { Server } from '../../../bridge/schema/domain.js';
import { Alarm } from '../../base/alarm.js';
import type { Clock } from '../../base/ports.js';

/** A token that is renewed shows rights as well, every nine minutes. */
const everyMs = 5 * 60_000;
const lookEveryMs = 60_000;
/** As many as may wait for their turn among what is nice to know (`Lookups`). */
const mostAtOnce = 3;

export interface RightsWatchDeps {
  readonly clock: Clock;
  /** Those of the account. */
  servers(): readonly Server[];
  /** Reads the server from its panel when nothing else is to be asked. Never rejects. */
  read(serverId: string): Promise<unknown>;
}

export class RightsWatch {
  readonly #deps: RightsWatchDeps;
  readonly #alarm: Alarm;
  /** When the rights on each were certain last, or it was first seen to be silent. */
  readonly #certainAt = new Map<string, number>();

  constructor(deps: RightsWatchDeps) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock);
  }

  start(): void {
    this.#alarm.set(lookEveryMs, () => {
      this.#look();
      this.start();
    });
  }

  stop(): void {
    this.#alarm.clear();
    this.#certainAt.clear();
  }

  #look(): void {
    const now = this.#deps.clock.now();
    const silent = this.#deps.servers().filter(isSilent);
    const ids = new Set(silent.map(({ id }) => id));
    for (const id of this.#certainAt.keys()) if (!ids.has(id)) this.#certainAt.delete(id);
    for (const id of ids) if (!this.#certainAt.has(id)) this.#certainAt.set(id, now);
    const due = [...this.#certainAt].filter(([, at]) => now - at >= everyMs);
    for (const [id] of due.toSorted(([, a], [, b]) => a - b).slice(0, mostAtOnce)) {
      this.#certainAt.set(id, now);
      void this.#deps.read(id);
    }
  }
}

/** Nobody takes rights from an owner or an administrator. */
function isSilent({ isOwner, link, power, permissions }: Server): boolean {
  const isShared = !isOwner && permissions !== null && !permissions.includes('*');
  return isShared && link.kind === 'live' && power === 'offline';
}
