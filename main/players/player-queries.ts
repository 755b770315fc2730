/**
 * Asks the games of running servers who is on, from this computer, and writes the answers to the rows of the servers.
 *
 * A server in sight is asked every 15 s, another every minute. Several accounts that see the same server share its
 * questions. All questions are spread over the minute, and a few are under way at once (PLAYERS "Who is asked, and when").
 */
import { Alarm } from '../base/alarm.js';
import { Emitter } from '../base/emitter.js';
import { Ends } from '../base/ends.js';
import type { Clock, Random } from '../base/ports.js';
import { QueryFailure } from '../base/query-ports.js';
import type { Change } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { WatchedFleet } from '../fleet/api.js';
import type { Interests } from '../fleet/interests.js';
import type { FleetStore } from '../fleet/store.js';
import { twinsOf } from '../fleet/twins.js';
import type { Query } from '../query/query.js';
import type { QueryAnswer } from '../query/query-answer.js';
import { AskedServer, paceInSightMs, paceMs, type Candidate, type Suspect } from './asked-server.js';
import type { FoundQueries } from './found-queries.js';
import { chosenPlaces, whyOff, type QuerySettings } from './query-choices.js';

export interface PlayerQueriesDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
  readonly interests: Pick<Interests, 'isVisible' | 'isOpen' | 'listen'>;
  readonly settings: {
    readonly current: QuerySettings;
    listen(listener: (now: Settings) => void): () => void;
  };
  readonly found: Pick<FoundQueries, 'of' | 'keep'>;
  readonly query: Query;
  readonly clock: Clock;
  readonly random: Random;
  /** Places where the game of a server may answer, the likeliest first. */
  placesOf(server: Server): readonly Candidate[];
}

/** Most questions under way. */
const mostAtOnce = 16;
/** Least ms between two looks at all servers. */
const lookEveryMs = 1000;
/** The first questions to servers in sight are spread over this time, those to others over a minute. */
const firstInSightMs = 3000;
/** A started game is asked after this time. */
const afterStartMs = 5000;

export class PlayerQueries {
  /** Running servers that may be asked, by panel address and UUID. */
  readonly #asked = new Map<string, AskedServer>();
  /** Servers whose players a window shows, with the number of windows. */
  readonly #shown = new Map<string, number>();
  readonly #answers = new Emitter<{ serverId: string; answer: QueryAnswer }>();
  readonly #changes = new Emitter<string>();
  readonly #alarm: Alarm;
  readonly #taking: Alarm;
  /** Ids of servers that changed since the last look. */
  readonly #touched = new Set<string>();
  readonly #ends = new Ends();
  readonly #stopped = new AbortController();
  #lookAt = Infinity;
  #lookedAt = -Infinity;
  #asking = 0;

  constructor(private readonly deps: PlayerQueriesDeps) {
    this.#alarm = new Alarm(deps.clock);
    this.#taking = new Alarm(deps.clock);
  }

  start(): void {
    const { store, settings, interests } = this.deps;
    this.#ends.add(
      store.listen(({ changes }) => this.#changed(changes)),
      settings.listen(() => this.#all()),
      interests.listen(() => this.#lookSoon()),
    );
    this.#all();
  }

  stop(): void {
    this.#ends.end();
    this.#alarm.clear();
    this.#taking.clear();
    this.#asked.clear();
    this.#stopped.abort();
  }

  /** Calls with each answer of a game, once for each account that sees the server. */
  onAnswer(listener: (serverId: string, answer: QueryAnswer) => void): () => void {
    return this.#answers.listen(({ serverId, answer }) => listener(serverId, answer));
  }

  /** Calls with the id of a server whose questions or answers changed. */
  listen(listener: (serverId: string) => void): () => void {
    return this.#changes.listen(listener);
  }

  /** A window shows the players of this server. Returns the function that ends that. */
  show(serverId: string): () => void {
    this.#shown.set(serverId, (this.#shown.get(serverId) ?? 0) + 1);
    this.#lookSoon();
    return () => {
      const left = (this.#shown.get(serverId) ?? 1) - 1;
      if (left > 0) this.#shown.set(serverId, left);
      else this.#shown.delete(serverId);
    };
  }

  /** Asks as soon as the server may be asked again. No-op for a server that is not asked at all. */
  askNow(serverId: string): void {
    const server = this.deps.store.state.servers.get(serverId);
    if (server === undefined) return;
    this.#asked.get(this.#keyOf(server))?.hurry();
    this.#lookSoon();
    this.#changes.emit(serverId);
  }

  /** The user chose another place, so what the old one answered no longer counts. */
  renew(serverId: string): void {
    const server = this.deps.store.state.servers.get(serverId);
    if (server === undefined) return;
    const before = this.#asked.get(this.#keyOf(server));
    this.#end(server);
    this.#take(server);
    const asked = this.#asked.get(this.#keyOf(server));
    if (asked !== undefined) asked.askedAt = before?.askedAt ?? null;
    this.askNow(serverId);
  }

  /** null for a server that is not asked. */
  stateOf(server: Server): AskedServer | null {
    return this.#asked.get(this.#keyOf(server)) ?? null;
  }

  /** When the game is asked next; null for a server that is not asked. */
  nextAt(server: Server): number | null {
    const asked = this.stateOf(server);
    if (asked === null) return null;
    const { clock } = this.deps;
    return Math.max(clock.now(), asked.dueAt(this.#isInSight(this.#twins(server))));
  }

  placesOf(server: Server): readonly Candidate[] {
    const choice = this.deps.settings.current.queryChoices[server.id];
    const places = this.deps.placesOf(server);
    return choice === undefined ? places : chosenPlaces(places, choice, server);
  }

  #all(): void {
    for (const server of this.deps.store.state.servers.values()) this.#take(server);
  }

  /** Later, because a change of the store within a change would reach its listeners in the wrong order. */
  #changed(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === 'server-upserted') this.#touched.add(change.server.id);
      if (change.kind === 'server-patched' && change.patch.power !== undefined)
        this.#touched.add(change.serverId);
    }
    if (changes.some(({ kind }) => kind === 'server-removed' || kind === 'account-removed')) this.#forget();
    if (this.#touched.size > 0 && !this.#taking.isSet) this.#taking.set(0, () => this.#takeTouched());
  }

  #takeTouched(): void {
    const touched = [...this.#touched];
    this.#touched.clear();
    for (const id of touched) {
      const server = this.deps.store.state.servers.get(id);
      if (server !== undefined) this.#take(server);
    }
  }

  #forget(): void {
    const kept = new Set([...this.deps.store.state.servers.values()].map((server) => this.#keyOf(server)));
    for (const key of this.#asked.keys()) if (!kept.has(key)) this.#asked.delete(key);
  }

  /** Begins or ends to ask a server, whichever its state and the settings want. */
  #take(server: Server): void {
    const { clock, random, found } = this.deps;
    const key = this.#keyOf(server);
    const twins = this.#twins(server);
    const known = this.#asked.get(key);
    const isWanted = twins.length > 0 && this.placesOf(twins[0] ?? server).length > 0;
    if (isWanted === (known !== undefined)) return;
    if (isWanted) {
      const now = clock.now();
      const hasStarted = this.#lookedAt !== -Infinity;
      const spread = this.#isInSight(twins) ? firstInSightMs : paceMs;
      const first = now + (hasStarted ? afterStartMs : 0) + random() * spread;
      this.#asked.set(key, new AskedServer(now, first, found.of(server.id)));
      this.#lookAgainBy(first);
      this.#told(twins);
    } else this.#end(server);
  }

  #end(server: Server): void {
    if (!this.#asked.delete(this.#keyOf(server))) return;
    const twins = twinsOf(this.deps.store.state, server);
    for (const { id } of twins) this.deps.fleet.server(id)?.players.answered(null, null);
    this.#told(twins);
  }

  /** The accounts' rows of a server that runs and may be asked. */
  #twins(server: Server): readonly Server[] {
    const { store, settings } = this.deps;
    return twinsOf(store.state, server).filter(
      (twin) => twin.power === 'running' && whyOff(settings.current, twin) === null,
    );
  }

  #isInSight(twins: readonly Server[]): boolean {
    const { interests } = this.deps;
    return twins.some(({ id }) => this.#shown.has(id) || interests.isVisible(id) || interests.isOpen(id));
  }

  #keyOf({ accountId, uuid }: Server): string {
    return `${this.deps.store.state.accounts.get(accountId)?.panelUrl ?? accountId} ${uuid}`;
  }

  #lookSoon(): void {
    this.#lookAgainBy(this.deps.clock.now());
  }

  /** Looks at this time, or earlier if that is planned, but not more often than every second. */
  #lookAgainBy(at: number): void {
    const wanted = Math.max(at, this.#lookedAt + lookEveryMs);
    if (wanted >= this.#lookAt || this.#stopped.signal.aborted) return;
    this.#lookAt = wanted;
    this.#alarm.set(wanted - this.deps.clock.now(), () => this.#look());
  }

  #look(): void {
    const { clock, store } = this.deps;
    const now = clock.now();
    this.#lookAt = Infinity;
    this.#lookedAt = now;
    let next = Infinity;
    const due: { readonly at: number; readonly asked: AskedServer; readonly twins: readonly Server[] }[] = [];
    for (const server of store.state.servers.values()) {
      const asked = this.#asked.get(this.#keyOf(server));
      if (asked === undefined) continue;
      const twins = this.#twins(server);
      // One of the twins stands for all.
      if (twins[0]?.id !== server.id) continue;
      const isInSight = this.#isInSight(twins);
      const pace = isInSight ? paceInSightMs : paceMs;
      if (isInSight) asked.come(now, firstInSightMs);
      if (asked.expire(now, pace)) this.#show(asked, twins);
      next = Math.min(next, asked.expiresAt(pace));
      if (asked.isAsking) continue;
      const at = asked.dueAt(isInSight);
      if (at <= now) due.push({ at, asked, twins });
      else next = Math.min(next, at);
    }
    due.sort((one, other) => one.at - other.at);
    const begun = due.slice(0, mostAtOnce - this.#asking);
    // The others come when a question has ended.
    for (const { asked, twins } of begun) void this.#ask(asked, twins);
    if (next !== Infinity) this.#lookAgainBy(next);
  }

  async #ask(asked: AskedServer, twins: readonly Server[]): Promise<void> {
    const { clock, query } = this.deps;
    const [server] = twins;
    if (server === undefined) return;
    const places = this.placesOf(server);
    const place = asked.begin(places, clock.now());
    if (place === null) return;
    this.#asking += 1;
    this.#told(twins);
    try {
      const { protocol, host, port } = place;
      const answer = await query.ask(protocol, { host, port }, this.#stopped.signal);
      if (this.#isOver(asked, server)) return;
      const pace = this.#isInSight(twins) ? paceInSightMs : paceMs;
      asked.answered(place, answer, clock.now(), pace);
      this.deps.found.keep(server.id, place);
      this.#show(asked, twins);
      for (const { id } of twins) this.#answers.emit({ serverId: id, answer });
    } catch (error) {
      if (this.#isOver(asked, server)) return;
      // A fault of a parser is no answer either.
      const kind = error instanceof QueryFailure ? error.kind : 'nonsense';
      asked.failed(kind, places.length, clock.now());
      this.#show(asked, twins);
    } finally {
      asked.isAsking = false;
      this.#asking -= 1;
      this.#lookSoon();
    }
  }

  /** Whether the server stopped or was switched off while it was asked. */
  #isOver(asked: AskedServer, server: Server): boolean {
    return this.#asked.get(this.#keyOf(server)) !== asked;
  }

  #show(asked: AskedServer, twins: readonly Server[]): void {
    const [server] = twins;
    if (server === undefined) return;
    const now = this.deps.clock.now();
    const reach = asked.reach(this.placesOf(server), now, () => this.#suspect(asked, server));
    const online = reach?.kind === 'silent' ? null : asked.online;
    for (const { id } of twins) this.deps.fleet.server(id)?.players.answered(online, reach);
    this.#told(twins);
  }

  /** Where the cause of a silence probably lies, by the games that answered before. */
  #suspect(silent: AskedServer, server: Server): Suspect {
    const others = [...this.deps.store.state.servers.values()].flatMap((other) => {
      const asked = this.#asked.get(this.#keyOf(other));
      return asked === undefined || asked === silent || asked.found === null ? [] : [{ other, asked }];
    });
    if (others.length === 0) return null;
    if (!others.some(({ asked }) => asked.isAnswering)) return 'network';
    const ofNode = others.filter(
      ({ other }) => other.node === server.node && other.accountId === server.accountId,
    );
    if (ofNode.length === 0) return null;
    return ofNode.some(({ asked }) => asked.isAnswering) ? 'server' : 'node';
  }

  #told(twins: readonly Server[]): void {
    for (const { id } of twins) this.#changes.emit(id);
  }
}
