/** The newest activity of each server of the fleet, which Perch reads while a window or a command needs it. */
import type { Change } from '../../bridge/fleet/changes.js';
import { toProblem } from '../../bridge/errors.js';
import { keptActivityOf } from '../../bridge/events/kept-activity.js';
import { usersOf } from '../../bridge/fleet/panel-users.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { ServerActivity } from '../../bridge/schema/fleet-activity.js';
import { Alarm } from '../base/alarm.js';
import { Emitter } from '../base/emitter.js';
import type { Source } from '../base/feed-source.js';
import type { Clock } from '../base/ports.js';
import { lacksRoute, type WatchedFleet } from '../fleet/api.js';
import { goneServers, isFirstReader, possibleReaders } from '../fleet/list-readers.js';
import { ListRound } from '../fleet/list-round.js';
import type { FleetStore } from '../fleet/store.js';
import { activityForWindow } from './activity-for-window.js';
import { PackedActivity } from './packed-activity.js';

export interface FleetActivityDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
  readonly clock: Clock;
}

/** Lists older than this are read again when somebody begins to look at them. Nodes tell their panel once a minute. */
const freshMs = 60_000;
/** Time between two reads of a list that somebody looks at: the shortest, the longest, and the share of each server. */
const again = { leastMs: 2 * 60_000, mostMs: 10 * 60_000, eachMs: 3000 };
/** How long lists stay in memory after the last look at them. */
const keptMs = 5 * 60_000;
/** How long Perch asks for no activity at a panel that has no such call. */
const withoutMs = 10 * 60_000;
/** Servers in one message to a window, and the pause before the next: a thousand lists at once would hold up main. */
const part = { servers: 20, pauseMs: 30 };

/** Servers that somebody looks at; null = all. */
interface Scope {
  readonly asked: readonly string[] | null;
  /** Their ids in all accounts that see them now. */
  ids: ReadonlySet<string> | null;
}

/**
 * Reads the newest page of each server's activity in turn while somebody looks, and nothing otherwise. Uses only calls
 * that an account can spare.
 */
export class FleetActivity {
  readonly #kept = new PackedActivity();
  /** Monotonic time of the last read or refusal, by server. */
  readonly #triedAt = new Map<string, number>();
  readonly #scopes = new Set<Scope>();
  /** Monotonic time until which Perch does not ask an account, because its panel has no such call. */
  readonly #withoutUntil = new Map<string, number>();
  readonly #round: ListRound;
  readonly #changes = new Emitter<readonly ServerActivity[]>();
  readonly #forgetting: Alarm;

  constructor(private readonly deps: FleetActivityDeps) {
    this.#forgetting = new Alarm(deps.clock);
    this.#round = new ListRound({
      ...deps,
      canRead: (server) => this.#isShown(server.id) && this.#canRead(server),
      // A list that was refused is unknown, too.
      isUnknown: ({ id }) => !this.#kept.isKnown(id),
      read: (server) => this.#read(server),
      changed: (changes) => this.#follow(changes),
    });
  }

  start(): void {
    this.#round.start();
  }

  stop(): void {
    this.#forgetting.clear();
    this.#round.stop();
  }

  /**
   * Only windows in sight have feeds, so a subscription means that somebody looks. Windows get only actions of others.
   */
  readonly source: Source<'fleetActivity'> = ({ serverIds }, sink) => {
    const sending = new Alarm(this.deps.clock);
    sink.snapshot([]);
    const end = this.show(serverIds, (some) => sink.change(some.map((one) => this.#forWindow(one))));
    const wanted = serverIds === null ? null : this.#inAllAccounts(serverIds);
    const waiting = this.#kept.ids.filter((id) => wanted?.has(id) ?? true);
    const send = (): void => {
      const some = waiting.splice(0, part.servers).flatMap((id) => this.#kept.get(id) ?? []);
      if (some.length > 0) sink.change(some.map((one) => this.#forWindow(one)));
      if (waiting.length > 0) sending.set(part.pauseMs, send);
    };
    send();
    return () => {
      sending.clear();
      end();
    };
  };

  /** Reads the lists of these servers (null = of all) until the returned function is called. */
  show(
    serverIds: readonly string[] | null,
    listener: (changed: readonly ServerActivity[]) => void,
  ): () => void {
    this.#forgetting.clear();
    const scope: Scope = {
      asked: serverIds,
      ids: serverIds === null ? null : this.#inAllAccounts(serverIds),
    };
    this.#scopes.add(scope);
    // Also begins the round if no list is old.
    const now = this.deps.clock.now();
    this.#round.refresh([...this.#triedAt.keys()].filter((id) => isIn(scope, id) && this.#isOld(id, now)));
    const unlisten = this.#changes.listen((changed) => {
      const some = changed.filter(({ serverId }) => isIn(scope, serverId));
      if (some.length > 0) listener(some);
    });
    return () => {
      unlisten();
      this.#scopes.delete(scope);
      if (this.#scopes.size === 0) this.#forgetting.set(keptMs, () => this.#kept.clear());
    };
  }

  /** Reads each list again at once that a panel refused. Until the answer these lists count as not read. */
  retry(): void {
    this.#withoutUntil.clear();
    const waiting = this.#kept.refused.flatMap((id) => this.#kept.get(id) ?? []);
    this.#keep(waiting.map((list) => ({ ...list, problem: null })));
    for (const { serverId } of waiting) this.#triedAt.set(serverId, -Infinity);
    this.#round.hurry(waiting.map(({ serverId }) => serverId));
  }

  /** The newest activity of a server; null = nobody has read it. */
  of(serverId: string): ServerActivity | null {
    return this.#kept.get(serverId);
  }

  /**
   * Whether the list will be read now, and was old or unknown to somebody who asked at `askedAt` (monotonic time). A list
   * that gets old while Perch reads others does not count, because the wait would never end in a large fleet.
   */
  isAwaited(server: Server, askedAt: number): boolean {
    if (!this.#isOld(server.id, askedAt) || this.#round.isForbidden(server.id)) return false;
    return this.#canRead(server);
  }

  #canRead(server: Server): boolean {
    const isWithout = (this.#withoutUntil.get(server.accountId) ?? -Infinity) > this.deps.clock.now();
    return !isWithout && isFirstReader(this.deps.store.state, server, 'activity.read');
  }

  #isOld(id: string, at: number): boolean {
    return !this.#kept.has(id) || (this.#triedAt.get(id) ?? -Infinity) < at - freshMs;
  }

  #isShown(id: string): boolean {
    return [...this.#scopes].some((scope) => isIn(scope, id));
  }

  #inAllAccounts(serverIds: readonly string[]): ReadonlySet<string> {
    return new Set(serverIds.flatMap((id) => possibleReaders(this.deps.store.state, id)));
  }

  async #read({ id, accountId, identifier }: Server): Promise<number | null> {
    const { clock, fleet } = this.deps;
    const watched = fleet.server(id);
    if (watched === null) return null;
    try {
      const page = await watched.whenShown(() => watched.panel.activityPage(identifier, { page: 1 }));
      if (page === null) return null;
      this.#keep([{ serverId: id, readAt: clock.now(), ...keptActivityOf(page), problem: null }]);
      return this.#againMs();
    } catch (error) {
      const problem = toProblem(error);
      const isWithout = lacksRoute(problem);
      if (isWithout) this.#withoutUntil.set(accountId, clock.now() + withoutMs);
      const refused = isWithout ? this.#readBy(accountId) : [id];
      this.#keep(refused.map((one) => ({ ...(this.#kept.get(one) ?? unread(one)), problem })));
      throw error;
    }
  }

  /** Servers whose lists this account reads. */
  #readBy(accountId: string): string[] {
    const { state } = this.deps.store;
    return [...state.servers.values()]
      .filter((server) => server.accountId === accountId && isFirstReader(state, server, 'activity.read'))
      .map(({ id }) => id);
  }

  #againMs(): number {
    return Math.min(again.mostMs, Math.max(again.leastMs, this.#mostShown * again.eachMs));
  }

  /** Number of servers in the largest scope. */
  get #mostShown(): number {
    const all = this.deps.store.state.servers.size;
    return Math.max(0, ...[...this.#scopes].map(({ ids }) => ids?.size ?? all));
  }

  #keep(entries: readonly ServerActivity[]): void {
    const { clock, store } = this.deps;
    const known = entries.filter(({ serverId }) => store.state.servers.has(serverId));
    for (const entry of known) {
      this.#triedAt.set(entry.serverId, clock.now());
      this.#kept.set(entry);
    }
    if (known.length > 0) this.#changes.emit(known);
  }

  #forWindow(list: ServerActivity): ServerActivity {
    const { accounts, servers } = this.deps.store.state;
    const users = usersOf(accounts.values(), servers.get(list.serverId)?.accountId ?? '');
    return activityForWindow(list, users, this.#mostShown);
  }

  #follow(changes: readonly Change[]): void {
    // A server of a scope, or its twin in another account, can appear later.
    if (changes.some(({ kind }) => kind === 'server-upserted'))
      for (const scope of this.#scopes)
        if (scope.asked !== null) scope.ids = this.#inAllAccounts(scope.asked);
    this.#forget(changes);
  }

  #forget(changes: readonly Change[]): void {
    const gone = goneServers(this.#triedAt.keys(), changes, this.deps.store.state);
    for (const id of gone) {
      this.#kept.delete(id);
      this.#triedAt.delete(id);
    }
    for (const id of this.#withoutUntil.keys())
      if (!this.deps.store.state.accounts.has(id)) this.#withoutUntil.delete(id);
    if (gone.length > 0) this.#changes.emit(gone.map(unread));
  }
}

function isIn({ ids }: Scope, id: string): boolean {
  return ids === null || ids.has(id);
}

function unread(serverId: string): ServerActivity {
  return { serverId, readAt: null, entries: null, since: null, problem: null };
}
