import type { Link } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import { conditionBlock } from '../../../bridge/panel/permissions.js';
import type { PanelApi } from '../../panel/api.js';
import type { Clock, Random } from '../../base/ports.js';
import type { PlayerSighting } from '../../base/player-sighting.js';
import type { ServerFact } from '../../base/server-fact.js';
import type { WatchedServer } from '../api.js';
import type { ConsoleSink } from '../console/consoles.js';
import type { SentSignals } from '../process/sent-signals.js';
import { CrashMark } from './crash-mark.js';
import { FixWatch } from './fix-watch.js';
import { ProcessStory } from '../process/process-story.js';
import { OwnOrders } from './own-orders.js';
import type { PlayerFigure } from './player-figure.js';
import { PlayerWatch } from './player-watch.js';
import { RowProblem } from './row-problem.js';
import { SessionSlot, type OpenSession, type SlotEvent } from './session-slot.js';
import { ServerReread } from './server-reread.js';
import { ServerRow } from './server-row.js';
import { Sightings } from './sightings.js';
import type { FleetStore } from '../store.js';
import { isPassing } from '../plan/watch-plan.js';
import { unknownToNode } from './unknown-server.js';

/** Dependencies that the watchers of one account share: one object for all of them, because there may be a thousand. */
export interface ServerWatcherDeps {
  store: FleetStore;
  clock: Clock;
  random: Random;
  panel: PanelApi;
  openSession: OpenSession;
  consoles: ConsoleSink;
  /** Reads a server from the panel again and applies the answer. Rejects with `PerchError`. */
  readServer(serverId: string): Promise<void>;
  /** Reads the list again, because this server seems gone or moved. */
  readList(serverId: string): void;
  /** Polls a server's usage after `ms`, if the server is polled at all. */
  pollSoon(serverId: string, ms: number): void;
  /** Polls a server now, in its turn. Rejects with `PerchError`. */
  refreshNow(serverId: string): Promise<void>;
  /** Resolves when it is the turn of a bulk action's call. Rejects with `PerchError` if the turn is too far away. */
  turn(): Promise<void>;
  /** Reads a list when no other call is due. Resolves with null if the read is dropped, also by the signal. */
  whenSpare<T>(send: () => Promise<T>, waits?: AbortSignal): Promise<T | null>;
  /** As `whenSpare`, for a list that a window shows: it has its part of the calls while others wait. */
  whenShown<T>(send: () => Promise<T>): Promise<T | null>;
  /** As `whenSpare`, only while no other look-up runs. */
  whenIdle<T>(send: () => Promise<T>, waits?: AbortSignal): Promise<T | null>;
  /** The user waits: the next token request of this server's session goes first. */
  asked(serverId: string): void;
  /** The user's signals to all servers. */
  sent: SentSignals;
  /** An event without effect on the server's state. */
  happened(serverId: string, fact: ServerFact): void;
  /** The console named players, or can no longer be followed. */
  sighted(serverId: string, sighting: PlayerSighting): void;
  /** True for a problem of the whole panel, which a poll would have too. */
  isOfPanel(problem: Problem): boolean;
  /** True while Perch pauses all calls because of the panel's rate limit. */
  isResting(): boolean;
  /** The link changed, which the plan depends on. */
  linkChanged(link: Link): void;
}

/** Watches one server: combines its session, its polls and the user's signals into one row. */
export class ServerWatcher implements WatchedServer {
  readonly session: SessionSlot;
  readonly orders: OwnOrders;
  readonly sightings: Sightings;
  readonly reread: ServerReread;
  /**
   * Sets or clears the crash mark for ends before this run, which the event log and the panel's activity log report.
   */
  readonly crash: CrashMark;
  readonly #row: ServerRow;
  readonly #problem: RowProblem;
  readonly #fix: FixWatch;
  readonly #players: PlayerWatch;
  readonly #story: ProcessStory;

  constructor(
    id: string,
    private readonly deps: ServerWatcherDeps,
  ) {
    const { store, clock } = deps;
    const row = new ServerRow(id, store);
    this.#row = row;
    const sentAfter = deps.sent.of(id);
    this.reread = new ServerReread({
      clock,
      read: () => deps.readServer(id),
      isPassing: () => row.now !== undefined && isPassing(row.now.condition),
    });
    this.#story = new ProcessStory({
      clock,
      sentAfter,
      isClosed: () => row.now !== undefined && conditionBlock(row.now.condition) !== null,
      crashed: ({ at, crash }) => {
        this.#fix.crashed(crash);
        this.crash.set(at, crash);
      },
    });
    this.session = new SessionSlot(deps, row, this.#story, (event) => this.#hear(event));
    this.#problem = new RowProblem(clock, (problem) => row.patch({ problem }));
    this.crash = new CrashMark(clock, row);
    this.#fix = new FixWatch(clock, row, sentAfter);
    this.#players = new PlayerWatch(clock, row, (sighting) => deps.sighted(id, sighting));
    this.orders = new OwnOrders(deps, {
      row,
      slot: this.session,
      reread: this.reread,
      problem: this.#problem,
    });
    this.sightings = new Sightings(deps, {
      row,
      orders: this.orders,
      story: this.#story,
      problem: this.#problem,
      reread: this.reread,
      fix: this.#fix,
      players: this.#players,
    });
  }

  get id(): string {
    return this.#row.id;
  }

  get players(): PlayerFigure {
    return this.#players.figure;
  }

  get panel(): PanelApi {
    return this.deps.panel;
  }

  /** Ends the session. `forget` = also drop all knowledge about the process, which is out of date. */
  close(forget = false): void {
    this.session.close();
    if (!forget) return;
    this.#row.forgetProcess();
    this.orders.forget();
    this.sightings.forget();
    this.#story.take({ kind: 'forgotten' });
  }

  /** The panel's description of this server changed. */
  factsChanged(): void {
    this.reread.changed();
    if (this.session.refusal !== null) this.session.reopen();
  }

  /** Ends without events, because the server is gone or Perch quits. */
  stop(): void {
    this.#story.stop();
    this.session.stop();
    this.orders.stop();
    this.#problem.stop();
    this.crash.stop();
    this.sightings.stop();
    this.reread.stop();
  }

  async refresh(): Promise<void> {
    if (this.sightings.isFresh) return;
    await this.deps.refreshNow(this.id);
  }

  async turn(): Promise<void> {
    if (!this.#row.isLive) await this.deps.turn();
  }

  whenSpare<T>(send: () => Promise<T>, waits?: AbortSignal): Promise<T | null> {
    return this.deps.whenSpare(send, waits);
  }

  whenShown<T>(send: () => Promise<T>): Promise<T | null> {
    return this.deps.whenShown(send);
  }

  whenIdle<T>(send: () => Promise<T>, waits?: AbortSignal): Promise<T | null> {
    return this.deps.whenIdle(send, waits);
  }

  async retry(): Promise<void> {
    if (!this.orders.isSignalLost) this.#problem.clear();
    this.deps.panel.liftPause();
    // Call before the read, because the read may reopen the session.
    this.deps.asked(this.id);
    await this.deps.readServer(this.id);
    this.session.retry();
    this.deps.pollSoon(this.id, 0);
  }

  #hear(event: SlotEvent): void {
    switch (event.kind) {
      case 'link':
        return this.#linkChanged(event.link);
      case 'power':
        return this.sightings.see(event.power, null);
      case 'usage':
        return this.sightings.measured(event.usage.uptimeMs);
      case 'server-changed':
        return this.reread.soon();
      case 'happened':
        return this.deps.happened(this.id, event.fact);
      case 'deleted':
        return this.deps.readList(this.id);
      case 'lines':
        this.#fix.lines(event.lines);
        this.#players.lines(event.lines);
        return this.orders.commands.sawLines(event.lines);
      case 'symptom':
        return this.#fix.symptom(event.line, event.feature);
      case 'notice':
        return this.orders.notice(event.text, event.about);
      case 'signal-read':
        return this.orders.signalRead();
      case 'unsure':
        return this.orders.unsure(event.sent);
    }
  }

  #linkChanged(link: Link): void {
    this.#players.link(link);
    this.sightings.link(link.kind);
    if (link.kind === 'live') this.#problem.solved('poll');
    this.orders.linkChanged();
    const { problem = null } = this.#row.now ?? {};
    const unknown = problem === null ? null : unknownToNode(link, problem);
    // The node's own answer replaces the problem of a poll.
    if (unknown !== null) this.#problem.say('poll', unknown);
    if (link.kind === 'refused') this.reread.soon();
    this.deps.linkChanged(link);
    if (link.kind !== 'reconnecting' || !this.#isUnknown) return;
    // The state is unknown, so waiting for the socket to come back gains nothing.
    if (link.problem === null || !this.deps.isOfPanel(link.problem)) this.deps.pollSoon(this.id, 0);
  }

  get #isUnknown(): boolean {
    const server = this.#row.now;
    return server?.power === null && server.problem === null;
  }
}
