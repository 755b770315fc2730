/**
 * Asks panels for the players of servers whose games do not answer this computer, and writes the numbers to the rows.
 *
 * Only Pelican panels with the plugin "Player Counter" tell a number (PROTOCOL 8.5). Each question costs one call of the
 * panel's limit and keeps the panel busy until the game answers, so Perch asks only for servers that the user has seen
 * in this run or pinned, and few of them a minute (PLAYERS "The panel's number").
 */
import { toProblem } from '../../bridge/errors.js';
import type { Change } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { Emitter } from '../base/emitter.js';
import { Disposables } from '../base/disposables.js';
import type { Clock } from '../base/ports.js';
import type { WatchedFleet, WatchedServer } from '../fleet/api.js';
import type { Interests } from '../fleet/interests.js';
import type { FleetStore } from '../fleet/store.js';
import type { CounterRefusal } from '../panel/api.js';
import type { CountedServer, CountQuestion } from './counted-server.js';
import { CountedServers, type CountedRows, type CountedServersDeps } from './counted-servers.js';
import { NextCheck } from './next-check.js';
import { PanelCounters } from './panel-counters.js';
import { PanelTurns } from './panel-turns.js';
import type { PlayerQueries } from './player-queries.js';

export interface PanelCountsDeps extends CountedServersDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly interests: Pick<Interests, 'isVisible' | 'isOpen' | 'isPinned' | 'listen'>;
  readonly settings: CountedServersDeps['settings'] & {
    listen(listener: (now: Settings) => void): () => void;
  };
  readonly queries: Pick<PlayerQueries, 'stateOf' | 'placesOf' | 'listen'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
  readonly clock: Clock;
  /** Whether the game of a server hides or invents names. */
  hidesNames(server: Server): boolean;
}

/** Perch asks again after this time if other calls of the account filled the queue. */
const droppedMs = 10_000;

export class PanelCounts {
  readonly #counters = new PanelCounters();
  readonly #servers: CountedServers;
  readonly #turns = new PanelTurns();
  readonly #changes = new Emitter<string>();
  readonly #names = new Emitter<{ serverId: string; names: readonly string[] }>();
  readonly #look: NextCheck;
  readonly #disposables = new Disposables();
  #isStopped = false;

  constructor(private readonly deps: PanelCountsDeps) {
    this.#servers = new CountedServers(deps, this.#counters);
    this.#look = new NextCheck(deps.clock, (now) => this.#askDue(now));
  }

  start(): void {
    const { store, settings, interests, queries } = this.deps;
    this.#disposables.add(
      store.listen(({ previous, next, changes }) => {
        if (changes.some(({ kind }) => kind === 'account-upserted')) this.#counters.changed(previous, next);
        if (changes.some(mattersToCounts)) this.#look.soon();
        for (const change of changes) this.#powerChanged(change);
      }),
      settings.listen(() => this.#look.soon()),
      interests.listen(() => this.#look.soon()),
      queries.listen((id) => {
        if (this.#servers.isKnown(id)) this.#look.soon();
      }),
    );
    this.#look.soon();
  }

  stop(): void {
    this.#isStopped = true;
    this.#disposables.dispose();
    this.#look.stop();
  }

  /** Calls with the id of a server whose number or names from the panel changed. */
  listen(listener: (serverId: string) => void): () => void {
    return this.#changes.listen(listener);
  }

  /** Calls with names that the panel told, once for each account that sees the server. */
  onNames(listener: (serverId: string, names: readonly string[]) => void): () => void {
    return this.#names.listen(({ serverId, names }) => listener(serverId, names));
  }

  /** A window shows the players of this server. Call the returned function when the window stops showing them. */
  show(serverId: string): () => void {
    const end = this.#servers.show(serverId);
    this.#look.soon();
    return end;
  }

  /** The user wants an answer now, also of a panel that had no plugin. */
  askNow(serverId: string): void {
    const server = this.deps.store.state.servers.get(serverId);
    if (server === undefined) return;
    this.#counters.forget(this.#servers.panelOf(server));
    this.#servers.of(server)?.hurry();
    this.#look.soon();
  }

  /** null for a server of which the panel is not asked. */
  stateOf(server: Server): CountedServer | null {
    return this.#servers.of(server);
  }

  #powerChanged(change: Change): void {
    if (change.kind !== 'server-patched' || (change.patch.power ?? 'running') === 'running') return;
    const server = this.deps.store.state.servers.get(change.serverId);
    // The row itself drops the number.
    if (server !== undefined) this.#servers.of(server)?.end();
  }

  #askDue(now: number): void {
    const { asked, ended } = this.#servers.take(now);
    for (const rows of ended) this.#show(null, rows);
    let next = this.#counters.nextAt(now);
    const due: (CountedRows & { readonly question: CountQuestion; readonly at: number })[] = [];
    for (const one of asked) {
      const { server, rows, sight } = one;
      if (server.expire(now)) this.#show(server, rows);
      next = Math.min(next, server.expiresAt);
      if (server.isAsking) continue;
      const [first] = rows;
      const mayName = first !== undefined && !this.deps.hidesNames(first);
      const { question, at } = server.next(sight, mayName);
      if (at <= now) due.push({ ...one, question, at });
      else next = Math.min(next, at);
    }
    // Servers in sight first; among them, those that wait longest.
    due.sort(
      (one, other) => Number(one.sight === 'none') - Number(other.sight === 'none') || one.at - other.at,
    );
    for (const one of due) {
      const turn = this.#turns.freeAt(one.panelUrl, one.sight, now);
      if (turn <= now) void this.#ask(one);
      else next = Math.min(next, turn);
    }
    if (next !== Infinity) this.#look.by(next);
  }

  async #ask({
    server,
    rows,
    sight,
    panelUrl,
    question,
  }: CountedRows & { question: CountQuestion }): Promise<void> {
    const [row] = rows;
    const watched = row === undefined ? null : this.deps.fleet.server(row.id);
    if (row === undefined || watched === null) return;
    const { run } = server;
    server.isAsking = true;
    this.#turns.begin(panelUrl, sight);
    const isOver = (): boolean => this.#isStopped || server.run !== run;
    const send = async (): Promise<CounterRefusal | 'told' | 'over'> => {
      // The call may have waited for its turn.
      if (isOver()) return 'over';
      server.sent(question, this.deps.clock.now());
      this.#turns.sent(panelUrl, this.deps.clock.now());
      return this.#tell(watched, { server, rows, row, question, isOver });
    };
    try {
      const outcome = await (sight === 'none' ? watched.whenIdle(send) : watched.whenSpare(send));
      if (outcome === null) server.dropped(this.deps.clock.now() + droppedMs);
      else if (outcome === 'absent') this.#counters.absent(panelUrl, this.deps.clock.now());
      else if (outcome !== 'told' && outcome !== 'over' && !isOver())
        server.refused(question, outcome, this.deps.clock.now());
    } catch (error) {
      if (!isOver()) server.failed(question, toProblem(error), this.deps.clock.now());
    } finally {
      server.isAsking = false;
      this.#turns.end(panelUrl, sight);
      if (!isOver()) this.#show(server, rows);
      this.#look.soon();
    }
  }

  /** Asks the panel, and keeps an answer that still counts. Resolves with the reason without an answer. */
  async #tell(
    { panel }: WatchedServer,
    { server, rows, row, question, isOver }: Asking,
  ): Promise<CounterRefusal | 'told'> {
    const { clock } = this.deps;
    if (question === 'count') {
      const said = await panel.playerCount(row.identifier);
      if (said.kind === 'refused') return said.why;
      if (!isOver()) server.counted(said, clock.now());
      return 'told';
    }
    const said = await panel.playerNames(row.identifier);
    if (said.kind === 'refused') return said.why;
    if (isOver()) return 'told';
    server.named(said.names, clock.now());
    const names = (server.byName.all ?? []).map(({ name }) => name);
    for (const { id } of rows) this.#names.emit({ serverId: id, names });
    return 'told';
  }

  #show(server: CountedServer | null, rows: readonly Server[]): void {
    for (const { id } of rows) {
      this.deps.fleet.server(id)?.players.told(server?.online ?? null);
      this.#changes.emit(id);
    }
  }
}

interface Asking {
  readonly server: CountedServer;
  readonly rows: readonly Server[];
  readonly row: Server;
  readonly question: CountQuestion;
  readonly isOver: () => boolean;
}

function mattersToCounts(change: Change): boolean {
  if (change.kind === 'server-patched') return change.patch.power !== undefined;
  return change.kind !== 'usage';
}
