import type { SeenMemory, SeenPlayer, SeenTime } from '../base/past.js';
import type { Clock } from '../base/ports.js';
import { wallAhead } from '../base/wall-ahead.js';
import { dayMs } from './chunks.js';
import type { DiskChange, HistoryDisk } from './history-disk.js';
import type { Level } from './level-folder.js';
import {
  mergeSeen,
  droppedSeen,
  lastSeenFirst,
  mostNames,
  movedSeen,
  seenBytes,
  seenIn,
  seenKey,
  storedSeen,
} from './seen-entries.js';
import type { ServerNumbers } from './server-numbers.js';
import { accountOf } from './stored-accounts.js';

export interface SeenNamesDeps {
  readonly clock: Clock;
  readonly numbers: ServerNumbers;
  /** True for servers whose names are stored. The names of others live as long as this run. */
  readonly keeps: (serverId: string) => boolean;
  /** Runs a read while nothing is being written. The level is null while the store cannot be read. */
  readonly read: <T>(work: (level: Level | null) => Promise<T>) => Promise<T>;
}

/** Names of players that were seen on each server (HISTORY "Seen players"). */
export class SeenNames implements SeenMemory {
  /** Unsaved additions by server and name, with monotonic times; the newest name is last. */
  readonly #waiting = new Map<string, Map<string, SeenPlayer>>();
  /** Names written for each server number since its entries were last counted. */
  readonly #uncounted = new Map<number, number>();
  #tidyAt = -Infinity;

  constructor(private readonly deps: SeenNamesDeps) {}

  saw(serverId: string, { name, from, to, playedMs }: SeenTime): void {
    this.#add(serverId, { name, firstAt: from, lastAt: to, playedMs });
  }

  of(serverId: string): Promise<readonly SeenPlayer[]> {
    return this.deps.read(async (level) => {
      const number = this.deps.numbers.find(serverId);
      const kept = level === null || number === undefined ? [] : await storedSeen(level, number);
      const ahead = wallAhead(this.deps.clock);
      const all = new Map(kept.map((one) => [one.name, movedSeen(one, -ahead)]));
      for (const one of this.#waiting.get(serverId)?.values() ?? []) {
        all.set(one.name, merged(all.get(one.name), one));
      }
      return lastSeenFirst(all.values()).slice(0, mostNames);
    });
  }

  /** Writes the additions, and once a day drops old names. Additions that cannot be written wait. */
  async write(level: Level, disk: Pick<HistoryDisk, 'write'>): Promise<void> {
    for (const [serverId, names] of this.#waiting) {
      if (!this.deps.keeps(serverId)) continue;
      this.#waiting.delete(serverId);
      const added = [...names.values()];
      let isWritten = false;
      try {
        isWritten = await this.#writeServer(level, disk, serverId, added);
      } finally {
        if (!isWritten) for (const one of added) this.#add(serverId, one);
      }
      if (!isWritten) return;
    }
    const now = this.deps.clock.now();
    if (now < this.#tidyAt) return;
    this.#tidyAt = now + dayMs;
    for (const number of this.deps.numbers.byNumber.keys()) await this.#tidy(level, number);
  }

  forgetAccount(accountId: string): void {
    for (const id of this.#waiting.keys()) if (accountOf(id) === accountId) this.#waiting.delete(id);
  }

  #add(serverId: string, one: SeenPlayer): void {
    const names = this.#waiting.get(serverId) ?? new Map<string, SeenPlayer>();
    this.#waiting.set(serverId, names);
    const all = merged(names.get(one.name), one);
    names.delete(one.name);
    names.set(one.name, all);
    const [oldest] = names.keys();
    if (names.size > mostNames && oldest !== undefined) names.delete(oldest);
  }

  async #writeServer(
    level: Level,
    disk: Pick<HistoryDisk, 'write'>,
    serverId: string,
    added: readonly SeenPlayer[],
  ): Promise<boolean> {
    const { clock, numbers } = this.deps;
    const number = numbers.of(serverId);
    const keys = added.map(({ name }) => seenKey(number, name));
    const before = await level.getMany(keys);
    const ahead = wallAhead(clock);
    const changes = added.map((one, place): DiskChange => {
      const known = seenIn(one.name, before[place]) ?? undefined;
      return { type: 'put', key: keys[place] ?? '', value: seenBytes(merged(known, movedSeen(one, ahead))) };
    });
    const numbered = [...numbers.unwritten];
    if (!(await disk.write([...numbered, ...changes]))) return false;
    numbers.written(numbered);
    this.#uncounted.set(number, (this.#uncounted.get(number) ?? 0) + added.length);
    // A console that invents names would otherwise fill the disk within a day.
    if ((this.#uncounted.get(number) ?? 0) > mostNames) await this.#tidy(level, number);
    return true;
  }

  /** Drops the names of a server that are too old or too many. */
  async #tidy(level: Level, number: number): Promise<void> {
    const gone = droppedSeen(await storedSeen(level, number), this.deps.clock.wall());
    this.#uncounted.delete(number);
    if (gone.length > 0)
      await level.batch(gone.map(({ name }) => ({ type: 'del', key: seenKey(number, name) })));
  }
}

function merged(known: SeenPlayer | undefined, added: SeenPlayer): SeenPlayer {
  return known === undefined ? added : mergeSeen(known, added);
}
