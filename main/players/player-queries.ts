/**
 * Asks the games of running servers who is on, from this computer, and writes the answers to the rows of the servers.
 *
 * A server in sight is asked every 15 s, another every minute. Several accounts that see the same server share its
 * questions. All questions are spread over the minute, and a few are under way at once (PLAYERS "Who is asked, and when").
 */
import { Emitter } from '../base/emitter.js';
import { Ends } from '../base/ends.js';
import type { Random } from '../base/ports.js';
import type { Change } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { Interests } from '../fleet/interests.js';
import type { FleetStore } from '../fleet/store.js';
import type { QueryAnswer } from '../query/query-answer.js';
import type { Candidate } from './asked-place.js';
import { paceInSightMs, paceMs, type AskedServer } from './asked-server.js';
import { AskedServers, type AskedServersDeps } from './asked-servers.js';
import type { FoundQueries } from './found-queries.js';
import { NextLook } from './next-look.js';
import type { QuerySettings } from './query-choices.js';
import { Questions, type QuestionsDeps } from './questions.js';
import { ServersInSight } from './servers-in-sight.js';
import { TouchedServers } from './touched-servers.js';

export interface PlayerQueriesDeps
  extends Omit<AskedServersDeps, 'store' | 'settings' | 'found'>, QuestionsDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly interests: Pick<Interests, 'isVisible' | 'isOpen' | 'listen'>;
  readonly settings: {
    readonly current: QuerySettings;
    listen(listener: (now: Settings) => void): () => void;
  };
  readonly found: Pick<FoundQueries, 'of' | 'keep'>;
  readonly random: Random;
}

/** Most questions under way. */
const mostAtOnce = 16;
/** The first questions to servers in sight are spread over this time, those to others over a minute. */
const firstInSightMs = 3000;
/** A started game is asked after this time. */
const afterStartMs = 5000;

export class PlayerQueries {
  readonly #asked: AskedServers;
  readonly #inSight: ServersInSight;
  readonly #answers = new Emitter<{ serverId: string; answer: QueryAnswer }>();
  readonly #changes = new Emitter<string>();
  readonly #look: NextLook;
  readonly #touched: TouchedServers;
  readonly #questions: Questions;
  readonly #ends = new Ends();
  #asking = 0;

  constructor(private readonly deps: PlayerQueriesDeps) {
    this.#asked = new AskedServers(deps);
    this.#inSight = new ServersInSight(deps.interests);
    this.#questions = new Questions(deps);
    // The system tells of its wake-up later than the first timer runs.
    this.#look = new NextLook(deps.clock, (now, hasSlept) =>
      hasSlept ? this.networkChanged() : this.#askDue(now),
    );
    this.#touched = new TouchedServers(deps.clock, deps.store, (server) => this.#take(server));
  }

  start(): void {
    const { store, settings, interests } = this.deps;
    this.#ends.add(
      store.listen(({ changes }) => this.#changed(changes)),
      settings.listen(() => this.#all()),
      interests.listen(() => this.#look.soon()),
    );
    this.#all();
  }

  stop(): void {
    this.#ends.end();
    this.#look.stop();
    this.#touched.stop();
    this.#asked.clear();
    this.#questions.stop();
  }

  /** Calls with each answer of a game, once for each account that sees the server. */
  onAnswer(listener: (serverId: string, answer: QueryAnswer) => void): () => void {
    return this.#answers.listen(({ serverId, answer }) => listener(serverId, answer));
  }

  /** Calls with the id of a server whose questions or answers changed. */
  listen(listener: (serverId: string) => void): () => void {
    return this.#changes.listen(listener);
  }

  /** A window shows the players of this server. Call the returned function when the window stops showing them. */
  show(serverId: string): () => void {
    const end = this.#inSight.show(serverId);
    this.#look.soon();
    return end;
  }

  /** Asks as soon as the server may be asked again. No-op for a server that is not asked at all. */
  askNow(serverId: string): void {
    const server = this.deps.store.state.servers.get(serverId);
    if (server === undefined) return;
    this.#asked.of(server)?.hurry();
    this.#look.soon();
    this.#changes.emit(serverId);
  }

  /** The user chose another place, so the answer of the old place no longer counts. */
  renew(serverId: string): void {
    const server = this.deps.store.state.servers.get(serverId);
    if (server === undefined) return;
    this.#end(server);
    this.#take(server);
    this.askNow(serverId);
  }

  /**
   * The computer woke up, or its network is back: earlier silence says nothing, and the questions are spread over a
   * minute again.
   */
  networkChanged(): void {
    const { clock, random } = this.deps;
    const now = clock.now();
    this.#questions.networkChanged();
    for (const { asked, rows } of this.#asked.all()) {
      asked.expire(now, this.#paceOf(rows));
      asked.startAnew(now + random() * paceMs);
      this.#show(asked, rows);
    }
    this.#look.soon();
  }

  /** null for a server that is not asked. */
  stateOf(server: Server): AskedServer | null {
    return this.#asked.of(server);
  }

  /** When the game is asked next; null for a server that is not asked. */
  nextAt(server: Server): number | null {
    const asked = this.stateOf(server);
    if (asked === null || !this.#canAsk(server)) return null;
    const { clock } = this.deps;
    return Math.max(clock.now(), asked.dueAt(this.#inSight.has(this.#asked.rowsOf(server))));
  }

  /** Whether the answer may be that of another server's game. */
  sharesAnswer(server: Server): boolean {
    return this.#asked.sharesAnswer(server);
  }

  placesOf(server: Server): readonly Candidate[] {
    return this.#asked.placesOf(server);
  }

  #all(): void {
    this.#asked.forgetPlaces();
    for (const server of this.deps.store.state.servers.values()) this.#take(server);
  }

  #changed(changes: readonly Change[]): void {
    if (changes.some(({ kind }) => kind !== 'server-patched' && kind !== 'usage')) this.#asked.forgetPlaces();
    if (changes.some(({ kind }) => kind === 'server-removed' || kind === 'account-removed'))
      this.#asked.forgetGone();
    this.#touched.add(changes);
  }

  /** Starts or stops asking a server, as its state and the settings demand. */
  #take(server: Server): void {
    const { clock, random } = this.deps;
    const isWanted = this.#asked.isWanted(server);
    if (isWanted === (this.#asked.of(server) !== null)) {
      if (isWanted) this.#told(this.#asked.leave(server));
      return;
    }
    if (!isWanted) return this.#end(server);
    const rows = this.#asked.rowsOf(server);
    const now = clock.now();
    const spread = this.#inSight.has(rows) ? firstInSightMs : paceMs;
    const first = now + (this.#look.hasLooked ? afterStartMs : 0) + random() * spread;
    this.#asked.begin(server, now, first);
    this.#look.by(first);
    this.#told(rows);
  }

  #end(server: Server): void {
    this.#told(this.#asked.end(server));
  }

  #askDue(now: number): void {
    let next = Infinity;
    const due: { readonly at: number; readonly asked: AskedServer; readonly rows: readonly Server[] }[] = [];
    for (const { asked, rows } of this.#asked.all()) {
      const isInSight = this.#inSight.has(rows);
      const pace = this.#paceOf(rows);
      if (isInSight) asked.come(now, firstInSightMs);
      if (asked.expire(now, pace)) this.#show(asked, rows);
      next = Math.min(next, asked.expiresAt(pace));
      if (asked.isAsking) continue;
      const at = asked.dueAt(isInSight);
      if (at > now) next = Math.min(next, at);
      else if (rows.some((row) => this.#canAsk(row))) due.push({ at, asked, rows });
      // `networkChanged` comes earlier, if the system tells of the change.
      else next = Math.min(next, now + paceMs);
    }
    due.sort((one, other) => one.at - other.at);
    const begun = due.slice(0, mostAtOnce - this.#asking);
    // The others get their turn when a question has ended.
    for (const { asked, rows } of begun) void this.#ask(asked, rows);
    if (next !== Infinity) this.#look.by(next);
  }

  #paceOf(rows: readonly Server[]): number {
    return this.#inSight.has(rows) ? paceInSightMs : paceMs;
  }

  /** False while this computer has no network, unless the game may be on this computer. */
  #canAsk(server: Server): boolean {
    return this.deps.isOnline() || this.#questions.askable(this.placesOf(server)).length > 0;
  }

  async #ask(asked: AskedServer, askedRows: readonly Server[]): Promise<void> {
    const { clock, store } = this.deps;
    const [server] = askedRows;
    if (server === undefined) return;
    const places = this.#questions.askable(this.placesOf(server));
    const place = asked.begin(places, clock.now());
    if (place === null) return;
    this.#asking += 1;
    this.#told(askedRows);
    const outcome = await this.#questions.ask(place);
    asked.isAsking = false;
    this.#asking -= 1;
    this.#look.soon();
    // The server stopped, or its questions were switched off, during the question.
    if (this.#asked.of(server) !== asked) return;
    if (outcome === null) return this.#told(askedRows);
    const said = this.#asked.ofServer(server, outcome);
    // An account may have been switched off meanwhile.
    const rows = this.#asked.rowsOf(store.state.servers.get(server.id) ?? server);
    if (typeof said === 'string') {
      asked.failed(said, places.length, clock.now());
      return this.#show(asked, rows);
    }
    asked.answered(place, said, said.toldAt ?? clock.now(), this.#paceOf(rows));
    this.deps.found.keep(server.id, place);
    this.#show(asked, rows);
    for (const { id } of rows) this.#answers.emit({ serverId: id, answer: said });
  }

  #show(asked: AskedServer, rows: readonly Server[]): void {
    const [server] = rows;
    if (server === undefined) return;
    const now = this.deps.clock.now();
    const reach = asked.reach(this.placesOf(server), now, () => this.#asked.suspect(asked, server));
    const online = reach?.kind === 'silent' ? null : asked.online;
    for (const { id } of rows) this.deps.fleet.server(id)?.players.answered(online, reach);
    this.#told(rows);
  }

  #told(rows: readonly Server[]): void {
    for (const { id } of rows) this.#changes.emit(id);
  }
}
