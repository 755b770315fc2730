/** Knows who shares each server of the fleet, from optional reads while a window shows them. */
import type { Change } from '../../bridge/fleet/changes.js';
import { toProblem } from '../../bridge/errors.js';
import { keptPeopleOf } from '../../bridge/people/kept-people.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { ServerPeople } from '../../bridge/schema/fleet-people.js';
import { Emitter } from '../base/emitter.js';
import type { Source } from '../base/feed-source.js';
import type { Clock } from '../base/ports.js';
import type { WatchedFleet } from '../fleet/api.js';
import { goneServers, isFirstReader, possibleReaders } from '../fleet/list-readers.js';
import { ListRound } from '../fleet/list-round.js';
import type { FleetStore } from '../fleet/store.js';

export interface FleetPeopleDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
  readonly clock: Clock;
}

/** Lists older than this are read again when a window begins to show them. */
const freshMs = 5 * 60_000;
/** Time between two reads of a list while a window shows it. People change rarely. */
const againMs = 10 * 60_000;

/**
 * Reads the people of each server in turn while a window shows them, and nothing otherwise: no other part of Perch needs
 * them. The calls come from those that an account can spare. The lists stay in memory until Perch ends.
 */
export class FleetPeople {
  readonly #kept = new Map<string, ServerPeople>();
  /** Monotonic time of the last read or refusal, by server. */
  readonly #triedAt = new Map<string, number>();
  /** Servers whose people Perch has changed since the last read began. */
  readonly #changed = new Set<string>();
  readonly #round: ListRound;
  readonly #changes = new Emitter<readonly ServerPeople[]>();

  constructor(private readonly deps: FleetPeopleDeps) {
    this.#round = new ListRound({
      ...deps,
      canRead: (server) => this.#isShown && isFirstReader(deps.store.state, server, 'user.read'),
      // After a refusal nobody knows the people either.
      isUnknown: ({ id }) => this.#changed.has(id) || (this.#kept.get(id)?.people ?? null) === null,
      read: (server) => this.#read(server),
      changed: (changes) => this.#forget(changes),
    });
  }

  start(): void {
    this.#round.start();
  }

  stop(): void {
    this.#round.stop();
  }

  /** Perch changed who shares the server. */
  changedOnPanel(serverId: string): void {
    const ids = possibleReaders(this.deps.store.state, serverId);
    for (const id of ids) this.#changed.add(id);
    this.#round.hurry(ids);
  }

  /** Feeds go to windows in sight only, so a subscription means that somebody looks. */
  readonly source: Source<'fleetPeople'> = (_params, sink) => {
    sink.snapshot([...this.#kept.values()]);
    return this.show((changed) => sink.change([...changed]));
  };

  /** Reads the lists until the returned function is called. */
  show(listener: (changed: readonly ServerPeople[]) => void): () => void {
    if (!this.#isShown) {
      // Also begins the round if no list is old.
      const now = this.deps.clock.now();
      this.#round.refresh([...this.#triedAt.keys()].filter((id) => this.#isOld(id, now)));
    }
    return this.#changes.listen(listener);
  }

  /** Reads each list again at once that a panel refused. Until the answer these lists count as not read. */
  retry(): void {
    const refused = [...this.#kept.values()].filter(({ problem }) => problem !== null);
    const waiting = refused.map((list) => ({ ...list, problem: null }));
    for (const list of waiting) {
      this.#kept.set(list.serverId, list);
      this.#triedAt.delete(list.serverId);
    }
    this.#round.hurry(waiting.map(({ serverId }) => serverId));
    this.#changes.emit(waiting);
  }

  /** The people of a server; null = nobody has read them. */
  of(serverId: string): ServerPeople | null {
    return this.#kept.get(serverId) ?? null;
  }

  /**
   * Whether the list will be read now, and was old or unknown to somebody who asked at `askedAt` (monotonic time). A list
   * that gets old while Perch reads others does not count, because the wait would never end in a large fleet.
   */
  isAwaited(server: Server, askedAt: number): boolean {
    if (!this.#isOld(server.id, askedAt) || this.#round.isForbidden(server.id)) return false;
    return isFirstReader(this.deps.store.state, server, 'user.read');
  }

  #isOld(id: string, at: number): boolean {
    return this.#changed.has(id) || (this.#triedAt.get(id) ?? -Infinity) < at - freshMs;
  }

  get #isShown(): boolean {
    return this.#changes.hasListeners;
  }

  async #read({ id, identifier }: Server): Promise<number | null> {
    const watched = this.deps.fleet.server(id);
    if (watched === null) return null;
    try {
      const people = await watched.whenShown(() => {
        this.#changed.delete(id);
        return watched.panel.people(identifier);
      });
      if (people === null) return null;
      const readAt = this.deps.clock.now();
      this.#keep({ serverId: id, readAt, ...keptPeopleOf(people), problem: null });
      return againMs;
    } catch (error) {
      this.#keep({ ...(this.#kept.get(id) ?? unread(id)), problem: toProblem(error) });
      throw error;
    }
  }

  #keep(entry: ServerPeople): void {
    const { clock, store } = this.deps;
    if (!store.state.servers.has(entry.serverId)) return;
    this.#triedAt.set(entry.serverId, clock.now());
    this.#kept.set(entry.serverId, entry);
    this.#changes.emit([entry]);
  }

  #forget(changes: readonly Change[]): void {
    const known = new Set([...this.#kept.keys(), ...this.#changed]);
    const gone = goneServers(known, changes, this.deps.store.state);
    for (const id of gone) {
      this.#kept.delete(id);
      this.#triedAt.delete(id);
      this.#changed.delete(id);
    }
    if (gone.length > 0) this.#changes.emit(gone.map(unread));
  }
}

function unread(serverId: string): ServerPeople {
  return { serverId, readAt: null, people: null, rights: [], leftOut: 0, problem: null };
}
