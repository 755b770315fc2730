/** The servers whose games Perch asks: running servers for which questions are on. */
import type { QueryFailureKind } from '../../bridge/panel/query-protocols.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { WatchedFleet } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';
import { twinsOf } from '../fleet/twins.js';
import type { QueryAnswer } from '../query/query-answer.js';
import type { Candidate } from './asked-place.js';
import { AskedServer, paceMs, type Suspect } from './asked-server.js';
import { ClaimedPlaces } from './claimed-places.js';
import type { FoundQueries } from './found-queries.js';
import { chosenPlaces, whyOff, type QuerySettings } from './query-choices.js';

export interface AskedServersDeps {
  readonly store: Pick<FleetStore, 'state'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
  readonly settings: { readonly current: QuerySettings };
  readonly found: Pick<FoundQueries, 'of'>;
  /** Places where the game of a server may answer, the likeliest first. */
  placesOf(server: Server, panelUrl: string): readonly Candidate[];
}

/** Perch remembers the time of a question for this long after the server left the list. */
const questionCountsMs = paceMs;

export class AskedServers {
  /** By panel address and UUID, because accounts that see the same server share its questions. */
  readonly #asked = new Map<string, AskedServer>();
  /** Times of the last questions to servers that are not asked now: a flapping power state adds no questions. */
  readonly #lastAskedAt = new Map<string, number>();
  readonly #claims: ClaimedPlaces;

  constructor(private readonly deps: AskedServersDeps) {
    this.#claims = new ClaimedPlaces(deps.store);
  }

  of(server: Server): AskedServer | null {
    return this.#asked.get(this.#keyOf(server)) ?? null;
  }

  /** The rows of a running server that Perch may ask, one for each account. */
  rowsOf(server: Server): readonly Server[] {
    const { store, settings } = this.deps;
    return twinsOf(store.state, server).filter(
      (twin) => twin.power === 'running' && whyOff(settings.current, twin) === null,
    );
  }

  placesOf(server: Server): readonly Candidate[] {
    const { settings, store } = this.deps;
    const choice = settings.current.queryChoices[server.id];
    const panelUrl = store.state.accounts.get(server.accountId)?.panelUrl ?? '';
    const places = this.deps
      .placesOf(server, panelUrl)
      .filter((place) => !this.#claims.isOfAnother(server, place));
    return choice === undefined ? places : chosenPlaces(places, choice, server, panelUrl);
  }

  /**
   * The outcome of a question, with the answer of a neighbour as `nonsense`: its game names a port that the server does
   * not have. The user may still choose such a place.
   */
  ofServer(server: Server, outcome: QueryAnswer | QueryFailureKind): QueryAnswer | QueryFailureKind {
    if (typeof outcome === 'string' || outcome.gamePort === undefined) return outcome;
    const choice = this.deps.settings.current.queryChoices[server.id];
    if ((choice?.port ?? choice?.host ?? null) !== null) return outcome;
    return server.allocations.some(({ port }) => port === outcome.gamePort) ? outcome : 'nonsense';
  }

  /**
   * Whether another server has an answer of the same game: two names lead to one address, so nobody knows whose game it
   * is. A proxy answers each name with its own title and places.
   */
  sharesAnswer(server: Server): boolean {
    const answer = this.of(server)?.answer ?? null;
    if (answer?.from === undefined) return false;
    // A panel may have two addresses, each with an account of the user.
    const isOwn = (key: string): boolean => key.endsWith(` ${server.uuid}`);
    return [...this.#asked].some(([key, { answer: other }]) => !isOwn(key) && isSameGame(answer, other));
  }

  /** The allocations of servers may have changed. */
  forgetPlaces(): void {
    this.#claims.forget();
  }

  /** All servers that are asked, each with its rows. */
  *all(): Generator<{ readonly asked: AskedServer; readonly rows: readonly Server[] }> {
    for (const server of this.deps.store.state.servers.values()) {
      const asked = this.of(server);
      if (asked === null) continue;
      const rows = this.rowsOf(server);
      // The first account stands for all.
      if (rows[0]?.id === server.id) yield { asked, rows };
    }
  }

  /** Whether the state of the server and the settings want it to be asked. */
  isWanted(server: Server): boolean {
    const [row] = this.rowsOf(server);
    return row !== undefined && this.placesOf(row).length > 0;
  }

  begin(server: Server, now: number, firstAt: number): AskedServer {
    const asked = new AskedServer(now, firstAt, this.deps.found.of(server.id));
    const key = this.#keyOf(server);
    for (const [other, at] of this.#lastAskedAt)
      if (now - at >= questionCountsMs) this.#lastAskedAt.delete(other);
    asked.askedAt = this.#lastAskedAt.get(key) ?? null;
    this.#asked.set(key, asked);
    return asked;
  }

  /** Forgets the game's answer. Returns the rows that showed the answer; none if the server was not asked. */
  end(server: Server): readonly Server[] {
    const key = this.#keyOf(server);
    const askedAt = this.#asked.get(key)?.askedAt ?? null;
    if (!this.#asked.delete(key)) return [];
    if (askedAt !== null) this.#lastAskedAt.set(key, askedAt);
    const rows = twinsOf(this.deps.store.state, server);
    for (const { id } of rows) this.deps.fleet.server(id)?.players.answered(null, null);
    return rows;
  }

  /** Removes the answer from rows that no longer share the questions, for example of a switched-off account. */
  leave(server: Server): readonly Server[] {
    const kept = this.rowsOf(server);
    const left = twinsOf(this.deps.store.state, server).filter((twin) => !kept.includes(twin));
    for (const { id } of left) this.deps.fleet.server(id)?.players.answered(null, null);
    return left;
  }

  /** Forgets servers that no account sees any more. */
  forgetGone(): void {
    const servers = [...this.deps.store.state.servers.values()];
    const kept = new Set(servers.map((server) => this.#keyOf(server)));
    for (const key of this.#asked.keys()) if (!kept.has(key)) this.#asked.delete(key);
  }

  clear(): void {
    this.#asked.clear();
    this.#lastAskedAt.clear();
  }

  /** Where the cause of a silence probably lies, by the games that answered before. */
  suspect(silent: AskedServer, server: Server): Suspect {
    const others = [...this.all()].filter(({ asked }) => asked !== silent && asked.found !== null);
    if (others.length === 0) return null;
    // An answer from before the silence proves nothing about the present network.
    const since = silent.unansweredSince ?? -Infinity;
    if (!others.some(({ asked }) => asked.hasAnsweredSince(since))) return 'network';
    const ofNode = others.filter(({ rows }) =>
      rows.some(({ node, accountId }) => node === server.node && accountId === server.accountId),
    );
    if (ofNode.length === 0) return null;
    return ofNode.some(({ asked }) => asked.hasAnsweredSince(since)) ? 'server' : 'node';
  }

  #keyOf({ accountId, uuid }: Server): string {
    return `${this.deps.store.state.accounts.get(accountId)?.panelUrl ?? accountId} ${uuid}`;
  }
}

function isSameGame(one: QueryAnswer, other: QueryAnswer | null): boolean {
  if (one.from !== other?.from) return false;
  return one.title === other?.title && one.version === other?.version && one.slots === other?.slots;
}
