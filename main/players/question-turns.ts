/** Asks the servers whose turn has come, a few at once, and writes the answers to the rows of the servers. */
import type { Server } from '../../bridge/schema/domain.js';
import type { Random } from '../base/ports.js';
import type { WatchedFleet } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';
import type { QueryAnswer } from '../query/query-answer.js';
import { paceInSightMs, paceMs, type AskedServer } from './asked-server.js';
import type { AskedServers } from './asked-servers.js';
import type { FoundQueries } from './found-queries.js';
import type { NextCheck } from './next-check.js';
import { Questions, type QuestionsDeps } from './questions.js';
import type { ServersInSight } from './servers-in-sight.js';

export interface QuestionTurnsDeps extends QuestionsDeps {
  readonly store: Pick<FleetStore, 'state'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
  readonly found: Pick<FoundQueries, 'keep'>;
  readonly random: Random;
  readonly asked: Pick<AskedServers, 'all' | 'of' | 'ofServer' | 'placesOf' | 'rowsOf' | 'suspect'>;
  readonly inSight: Pick<ServersInSight, 'has'>;
  readonly look: Pick<NextCheck, 'by' | 'soon'>;
  /** Called with the rows of a server after its questions or answers changed. */
  readonly changed: (rows: readonly Server[]) => void;
  /** Hears each answer of a game, once for each account that sees the server. */
  readonly answered: (serverId: string, answer: QueryAnswer) => void;
}

/** Most questions under way. */
const mostAtOnce = 16;
/** The first questions to servers in sight are spread over this time, those to others over a minute. */
export const firstInSightMs = 3000;

export class QuestionTurns {
  readonly #questions: Questions;
  #asking = 0;

  constructor(private readonly deps: QuestionTurnsDeps) {
    this.#questions = new Questions(deps);
  }

  stop(): void {
    this.#questions.stop();
  }

  /** Earlier silence says nothing, and the questions are spread over a minute again. */
  networkChanged(): void {
    const { asked: servers, clock, random } = this.deps;
    const now = clock.now();
    this.#questions.networkChanged();
    for (const { asked, rows } of servers.all()) {
      asked.expire(now, this.#paceOf(rows));
      asked.startAgain(now + random() * paceMs);
      this.#show(asked, rows);
    }
  }

  askDue(now: number): void {
    const { asked: servers, inSight, look } = this.deps;
    let next = Infinity;
    const due: { readonly at: number; readonly asked: AskedServer; readonly rows: readonly Server[] }[] = [];
    for (const { asked, rows } of servers.all()) {
      const isInSight = inSight.has(rows);
      const pace = this.#paceOf(rows);
      if (isInSight) asked.come(now, firstInSightMs);
      if (asked.expire(now, pace)) this.#show(asked, rows);
      next = Math.min(next, asked.expiresAt(pace));
      if (asked.isAsking) continue;
      const at = asked.dueAt(isInSight);
      if (at > now) next = Math.min(next, at);
      else if (rows.some((row) => this.canAsk(row))) due.push({ at, asked, rows });
      // `networkChanged` comes earlier, if the system reports the change.
      else next = Math.min(next, now + paceMs);
    }
    due.sort((one, other) => one.at - other.at);
    const begun = due.slice(0, mostAtOnce - this.#asking);
    // The others get their turn when a question has ended.
    for (const { asked, rows } of begun) void this.#ask(asked, rows);
    if (next !== Infinity) look.by(next);
  }

  /** False while this computer has no network, unless the game may be on this computer. */
  canAsk(server: Server): boolean {
    const { isOnline, asked } = this.deps;
    return isOnline() || this.#questions.askable(asked.placesOf(server)).length > 0;
  }

  #paceOf(rows: readonly Server[]): number {
    return this.deps.inSight.has(rows) ? paceInSightMs : paceMs;
  }

  async #ask(asked: AskedServer, askedRows: readonly Server[]): Promise<void> {
    const { asked: servers, clock, store, look, changed, answered, found } = this.deps;
    const [server] = askedRows;
    if (server === undefined) return;
    const places = this.#questions.askable(servers.placesOf(server));
    const place = asked.begin(places, clock.now());
    if (place === null) return;
    this.#asking += 1;
    changed(askedRows);
    const outcome = await this.#questions.ask(place);
    asked.isAsking = false;
    this.#asking -= 1;
    look.soon();
    // The server stopped, or its questions were switched off, during the question.
    if (servers.of(server) !== asked) return;
    if (outcome === null) return changed(askedRows);
    const said = servers.ofServer(server, outcome);
    // An account may have been switched off meanwhile.
    const rows = servers.rowsOf(store.state.servers.get(server.id) ?? server);
    if (typeof said === 'string') {
      asked.failed(said, places.length, clock.now());
      return this.#show(asked, rows);
    }
    asked.answered(place, said, said.toldAt ?? clock.now(), this.#paceOf(rows));
    found.keep(server.id, place);
    this.#show(asked, rows);
    for (const { id } of rows) answered(id, said);
  }

  #show(asked: AskedServer, rows: readonly Server[]): void {
    const { asked: servers, clock, fleet, changed } = this.deps;
    const [server] = rows;
    if (server === undefined) return;
    const reach = asked.reach(servers.placesOf(server), clock.now(), () => servers.suspect(asked, server));
    const online = reach?.kind === 'silent' ? null : asked.online;
    for (const { id } of rows) fleet.server(id)?.players.answered(online, reach);
    changed(rows);
  }
}
