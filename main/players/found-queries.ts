/** Remembers where the games of servers answered, from one run to the next. */
import type { Memory } from '../../bridge/schema/memory.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import { barePlace, isSamePlace, type AskedPlace } from './asked-place.js';

interface StoredMemory {
  readonly current: Pick<Memory, 'answeredQueries'>;
  update(change: (now: Memory) => Partial<Memory>): Promise<unknown>;
}

/** Finds within this time are written together, because the first minute brings one for each server. */
const writeAfterMs = 30_000;

export class FoundQueries {
  /** Finds still to be written, by server. */
  readonly #news = new Map<string, AskedPlace>();
  readonly #alarm: Alarm;
  /** The stored list by server, made again when the list changed. */
  #index: { readonly of: Memory['answeredQueries'] | null; readonly places: Map<string, AskedPlace> } = {
    of: null,
    places: new Map(),
  };

  constructor(
    private readonly memory: StoredMemory,
    clock: Clock,
  ) {
    this.#alarm = new Alarm(clock);
  }

  of(serverId: string): AskedPlace | null {
    return this.#news.get(serverId) ?? this.#stored().get(serverId) ?? null;
  }

  keep(serverId: string, place: AskedPlace): void {
    if (isSamePlace(this.of(serverId), place)) return;
    this.#news.set(serverId, barePlace(place));
    if (!this.#alarm.isSet) this.#alarm.set(writeAfterMs, () => void this.#write());
  }

  async stop(): Promise<void> {
    this.#alarm.clear();
    await this.#write();
  }

  #stored(): Map<string, AskedPlace> {
    const { answeredQueries } = this.memory.current;
    if (this.#index.of !== answeredQueries) {
      this.#index = {
        of: answeredQueries,
        places: new Map(answeredQueries.map(({ serverId, ...place }) => [serverId, place])),
      };
    }
    return this.#index.places;
  }

  async #write(): Promise<void> {
    if (this.#news.size === 0) return;
    const news = [...this.#news].map(([serverId, place]) => ({ serverId, ...place }));
    const changed = new Set(this.#news.keys());
    try {
      await this.memory.update(({ answeredQueries }) => ({
        answeredQueries: [...answeredQueries.filter(({ serverId }) => !changed.has(serverId)), ...news].slice(
          -mostKept.answeredQueries,
        ),
      }));
      for (const { serverId, ...place } of news) {
        if (isSamePlace(this.#news.get(serverId), place)) this.#news.delete(serverId);
      }
    } catch {
      // The file reports the problem; this run still knows the find.
    }
  }
}
