/**
 * Asks the games of running servers who is on, from this computer, and writes the answers to the rows of the servers.
 *
 * A server in sight is asked every 15 s, another every minute. Several accounts that see the same server share its
 * questions. All questions are spread over the minute, and a few are under way at once (PLAYERS "Who is asked, and when").
 */
import { Emitter } from '../base/emitter.js';
import { Disposables } from '../base/disposables.js';
import type { Random } from '../base/ports.js';
import type { Change } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { Interests } from '../fleet/interests.js';
import type { FleetStore } from '../fleet/store.js';
import type { QueryAnswer } from '../query/query-answer.js';
import type { Candidate } from './asked-place.js';
import { paceMs, type AskedServer } from './asked-server.js';
import { AskedServers, type AskedServersDeps } from './asked-servers.js';
import type { FoundQueries } from './found-queries.js';
import { NextCheck } from './next-check.js';
import type { QuerySettings } from './query-choices.js';
import { firstInSightMs, QuestionTurns } from './question-turns.js';
import type { QuestionsDeps } from './questions.js';
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

/** A started game is asked after this time. */
const afterStartMs = 5000;

export class PlayerQueries {
  readonly #asked: AskedServers;
  readonly #inSight: ServersInSight;
  readonly #answers = new Emitter<{ serverId: string; answer: QueryAnswer }>();
  readonly #changes = new Emitter<string>();
  readonly #look: NextCheck;
  readonly #touched: TouchedServers;
  readonly #turns: QuestionTurns;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: PlayerQueriesDeps) {
    this.#asked = new AskedServers(deps);
    this.#inSight = new ServersInSight(deps.interests);
    // The system reports its wake-up later than the first timer runs.
    this.#look = new NextCheck(deps.clock, (now, hasSlept) =>
      hasSlept ? this.networkChanged() : this.#turns.askDue(now),
    );
    this.#turns = new QuestionTurns({
      ...deps,
      asked: this.#asked,
      inSight: this.#inSight,
      look: this.#look,
      changed: (rows) => this.#told(rows),
      answered: (serverId, answer) => this.#answers.emit({ serverId, answer }),
    });
    this.#touched = new TouchedServers(deps.clock, deps.store, (server) => this.#take(server));
  }

  start(): void {
    const { store, settings, interests } = this.deps;
    this.#disposables.add(
      store.listen(({ changes }) => this.#changed(changes)),
      settings.listen(() => this.#all()),
      interests.listen(() => this.#look.soon()),
    );
    this.#all();
  }

  stop(): void {
    this.#disposables.dispose();
    this.#look.stop();
    this.#touched.stop();
    this.#asked.clear();
    this.#turns.stop();
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
    this.#turns.networkChanged();
    this.#look.soon();
  }

  /** null for a server that is not asked. */
  stateOf(server: Server): AskedServer | null {
    return this.#asked.of(server);
  }

  /** When the game is asked next; null for a server that is not asked. */
  nextAt(server: Server): number | null {
    const asked = this.stateOf(server);
    if (asked === null || !this.#turns.canAsk(server)) return null;
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

  #told(rows: readonly Server[]): void {
    for (const { id } of rows) this.#changes.emit(id);
  }
}
