/** Knows who shares each server of the fleet, from optional reads while a window shows them. */
import type { Change } from '../../bridge/fleet/changes.js';
import { conditionBlock, isGranted } from '../../bridge/panel/permissions.js';
import { toProblem } from '../../bridge/errors.js';
import { keptPeopleOf } from '../../bridge/people/kept-people.js';
import type { Account, Server } from '../../bridge/schema/domain.js';
import type { ServerPeople } from '../../bridge/schema/fleet-people.js';
import { Emitter } from '../base/emitter.js';
import type { Source } from '../base/feed-source.js';
import type { Clock } from '../base/ports.js';
import type { WatchedFleet } from '../fleet/api.js';
import { ListRound } from '../fleet/list-round.js';
import type { FleetStore } from '../fleet/store.js';
import { twinsOf } from '../fleet/twins.js';

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
 * them. The calls come from those that an account can spare. What was read stays until Perch ends.
 */
export class FleetPeople {
  readonly #kept = new Map<string, ServerPeople>();
  /** Monotonic time of the last read or refusal, by server. */
  readonly #triedAt = new Map<string, number>();
  readonly #round: ListRound;
  readonly #changes = new Emitter<readonly ServerPeople[]>();
  #unlisten: () => void = () => undefined;

  constructor(private readonly deps: FleetPeopleDeps) {
    this.#round = new ListRound({
      ...deps,
      canRead: (server, account) => this.#isShown && canRead(server, account) && this.#isFirst(server),
      isUnknown: ({ id }) => !this.#triedAt.has(id),
      read: (server) => this.#read(server),
    });
  }

  start(): void {
    this.#unlisten = this.deps.store.listen(({ changes }) => this.#forget(changes));
    this.#round.start();
  }

  stop(): void {
    this.#unlisten();
    this.#round.stop();
  }

  /** Perch changed who shares the server. */
  changedOnPanel(serverId: string): void {
    this.#round.hurry([serverId]);
  }

  /** Feeds go to windows in sight only, so a subscription means that somebody looks. */
  readonly source: Source<'fleetPeople'> = (_params, sink) => {
    if (!this.#isShown) {
      const before = this.deps.clock.now() - freshMs;
      // Hurrying begins the round as well, if no list is old.
      this.#round.hurry([...this.#triedAt].flatMap(([id, at]) => (at < before ? [id] : [])));
    }
    sink.snapshot([...this.#kept.values()]);
    return this.#changes.listen((changed) => sink.change([...changed]));
  };

  get #isShown(): boolean {
    return this.#changes.hasListeners;
  }

  async #read({ id, identifier }: Server): Promise<number | null> {
    const watched = this.deps.fleet.server(id);
    if (watched === null) return null;
    try {
      const people = await watched.whenSpare(() => watched.panel.people(identifier));
      if (people === null) return null;
      const readAt = this.deps.clock.now();
      this.#keep({ serverId: id, readAt, ...keptPeopleOf(people), problem: null });
      return againMs;
    } catch (error) {
      const before = this.#kept.get(id) ?? {
        serverId: id,
        readAt: null,
        people: null,
        rights: [],
        leftOut: 0,
      };
      this.#keep({ ...before, problem: toProblem(error) });
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

  /** Several accounts may see one server. The first that can read the people does. */
  #isFirst(server: Server): boolean {
    const { state } = this.deps.store;
    const first = twinsOf(state, server).find((twin) => canRead(twin, state.accounts.get(twin.accountId)));
    return first?.id === server.id;
  }

  #forget(changes: readonly Change[]): void {
    if (!changes.some(({ kind }) => kind === 'server-removed' || kind === 'account-removed')) return;
    const { servers } = this.deps.store.state;
    const gone = [...this.#kept.keys()].filter((id) => !servers.has(id));
    for (const id of gone) {
      this.#kept.delete(id);
      this.#triedAt.delete(id);
    }
    if (gone.length > 0)
      this.#changes.emit(
        gone.map((serverId) => ({
          serverId,
          readAt: null,
          people: null,
          rights: [],
          leftOut: 0,
          problem: null,
        })),
      );
  }
}

function canRead({ condition, permissions }: Server, account: Account | undefined): boolean {
  return (
    account?.state.kind === 'ready' &&
    conditionBlock(condition) === null &&
    permissions !== null &&
    isGranted(permissions, 'user.read')
  );
}
