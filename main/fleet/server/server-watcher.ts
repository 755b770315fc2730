import type { Link, PowerSignal } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import { conditionBlock, isPanelAway } from '../../../bridge/panel/permissions.js';
import type { PanelApi, PanelResources } from '../../panel/api.js';
import type { Clock, Random } from '../../base/ports.js';
import type { ServerFact } from '../../base/server-fact.js';
import type { WatchedServer } from '../api.js';
import type { ConsoleSink } from '../console/consoles.js';
import { CrashMark } from './crash-mark.js';
import { FixWatch } from './fix-watch.js';
import { GapWatch } from './gap-watch.js';
import { OwnOrders } from './own-orders.js';
import { PlayerWatch } from './player-watch.js';
import { RowProblem } from './row-problem.js';
import { SessionSlot, type OpenSession, type SlotEvent } from './session-slot.js';
import { ServerReread } from './server-reread.js';
import { ServerRow } from './server-row.js';
import { Sightings } from './sightings.js';
import type { FleetStore } from '../store.js';
import { isPassing } from '../plan/watch-plan.js';
import { unknownToNode } from './unknown-server.js';

export interface ServerWatcherDeps {
  store: FleetStore;
  clock: Clock;
  random: Random;
  panel: PanelApi;
  openSession: OpenSession;
  consoles: ConsoleSink;
  /** Reads this server from the panel again and applies the answer. Rejects with `PerchError`. */
  readServer(): Promise<void>;
  /** Reads the list again, because this server seems gone or moved. */
  readList(): void;
  /** Polls this server's usage after `ms`, if the server is polled at all. */
  pollSoon(ms: number): void;
  /** Polls this server now, in its turn. Rejects with `PerchError`. */
  lookNow(): Promise<void>;
  /** Resolves when it is the turn of a bulk action's call. Rejects with `PerchError` if the turn is too far away. */
  turn(): Promise<void>;
  /** The user waits: the session's next token request goes first. */
  asked(): void;
  /** The user sent this server a signal. The same server in other accounts of the panel sees the effect too. */
  signalled(signal: PowerSignal): void;
  /** The last signal was definitely refused. */
  signalRefused(): void;
  /** An event without effect on the server's state. */
  happened(fact: ServerFact): void;
  /** True for a problem of the whole panel, which a poll would have too. */
  isOfPanel(problem: Problem): boolean;
  /** True while Perch pauses all calls because of the panel's rate limit. */
  isResting(): boolean;
  /** The link changed, which the plan depends on. */
  linkChanged(link: Link): void;
}

/** Watches one server: combines its session, its polls and the user's signals into one row. */
export class ServerWatcher implements WatchedServer {
  readonly #deps: ServerWatcherDeps;
  readonly #row: ServerRow;
  readonly #slot: SessionSlot;
  readonly #orders: OwnOrders;
  readonly #problem: RowProblem;
  readonly #crash: CrashMark;
  readonly #fix: FixWatch;
  readonly #players: PlayerWatch;
  readonly #gaps: GapWatch;
  readonly #sightings: Sightings;
  readonly #reread: ServerReread;

  constructor(id: string, deps: ServerWatcherDeps) {
    const { store, clock, random, panel, openSession, consoles } = deps;
    this.#deps = deps;
    const row = new ServerRow(id, store);
    this.#row = row;
    this.#slot = new SessionSlot({
      row,
      clock,
      random,
      panel,
      openSession,
      consoles,
      tell: (event) => this.#hear(event),
    });
    this.#problem = new RowProblem(clock, (problem) => row.patch({ problem }));
    this.#crash = new CrashMark(clock, row);
    this.#fix = new FixWatch(clock, row);
    this.#players = new PlayerWatch(row);
    this.#gaps = new GapWatch({
      clock,
      isClosed: () => row.now !== undefined && conditionBlock(row.now.condition) !== null,
      ended: (end) => this.#crash.setUnseen(end),
    });
    this.#orders = new OwnOrders({
      clock,
      row,
      slot: this.#slot,
      gaps: this.#gaps,
      problem: this.#problem,
      isPanelAway: () => isPanelAway(store.state.accounts.get(row.now?.accountId ?? '')),
      pollSoon: (ms) => deps.pollSoon(ms),
    });
    this.#reread = new ServerReread({
      clock,
      read: () => deps.readServer(),
      isPassing: () => row.now !== undefined && isPassing(row.now.condition),
    });
    this.#sightings = new Sightings({
      clock,
      row,
      orders: this.#orders,
      gaps: this.#gaps,
      problem: this.#problem,
      reread: this.#reread,
      fix: this.#fix,
      players: this.#players,
      pollSoon: (ms) => deps.pollSoon(ms),
      readList: () => deps.readList(),
      isResting: () => deps.isResting(),
    });
  }

  get id(): string {
    return this.#row.id;
  }

  get panel(): PanelApi {
    return this.#deps.panel;
  }

  get hasSession(): boolean {
    return this.#slot.hasSession;
  }

  /** Monotonic time at which the session was opened; null without a session. */
  get sessionSince(): number | null {
    return this.#slot.sessionSince;
  }

  /** True without a session, after any pause before the next one. */
  get mayOpen(): boolean {
    return this.#slot.mayOpen;
  }

  get commandsLostAt(): number {
    return this.#orders.commandsLostAt;
  }

  /** Sets or clears the crash mark for ends before this run, as the event log and the panel's activity log tell. */
  get pastCrash(): Pick<CrashMark, 'recall' | 'stoppedSince'> {
    return this.#crash;
  }

  /** Why the session was refused; null for a session that was not. */
  get refusal(): Problem | null {
    return this.#slot.refusal;
  }

  /** The reason for the refusal may be gone. */
  refuted(): void {
    this.#slot.refuted();
  }

  // From the plan

  open(): void {
    this.#slot.open();
  }

  /** Ends the session. `forget` = what is known of the process is no longer valid. */
  close(forget = false): void {
    this.#slot.close();
    if (!forget) return;
    this.#row.forgetProcess();
    this.#orders.forget();
    this.#gaps.forget();
  }

  /** The panel's description of this server changed. */
  factsChanged(): void {
    this.#reread.changed();
    if (this.refusal !== null) this.#slot.reopen();
  }

  suspect(): void {
    this.#slot.suspect();
  }

  connectNow(): void {
    this.#slot.retry();
  }

  setPaused(isPaused: boolean): void {
    this.#slot.setPaused(isPaused);
  }

  /** Ends without events, because the server is gone or Perch quits. */
  stop(): void {
    this.#slot.stop();
    this.#orders.stop();
    this.#problem.stop();
    this.#crash.stop();
    this.#sightings.stop();
    this.#reread.stop();
  }

  // From actions

  signalSent(signal: PowerSignal): void {
    this.#fix.ownSignal();
    this.#orders.signalSent(signal);
    this.#deps.signalled(signal);
  }

  /** The user sent the same server a signal through another account of its panel. */
  signalledElsewhere(signal: PowerSignal): void {
    this.#fix.ownSignal();
    this.#orders.signalledElsewhere(signal);
  }

  refusedElsewhere(): void {
    this.#orders.refusedElsewhere();
  }

  signalFailed(signal: PowerSignal, problem: Problem): void {
    if (problem.maybeDone !== true) {
      this.#deps.happened({ kind: 'signal-refused', signal });
      this.#deps.signalRefused();
    }
    this.#orders.signalFailed(problem);
    this.refused(problem);
  }

  signalGiven(signal: PowerSignal): void {
    this.#orders.signalGiven(signal);
  }

  signalUnsure(signal: PowerSignal, problem: Problem): boolean {
    return this.#orders.signalUnsure(signal, problem);
  }

  commandsUnsure(commands: readonly string[]): void {
    this.#orders.commandsUnsure(commands);
  }

  mayHaveArrived(command: string): boolean {
    return this.#orders.mayHaveArrived(command);
  }

  commandSettled(command: string): void {
    this.#orders.commandSettled(command);
  }

  factsAsked(): void {
    this.#reread.now();
  }

  refused({ code, maybeDone }: Problem): void {
    const isMaybeWrong = code === 'forbidden' || code === 'conflict' || code === 'not-found';
    if (isMaybeWrong || maybeDone === true) this.#reread.soon();
  }

  sendPowerLive(signal: PowerSignal): boolean {
    return this.#slot.sendPower(signal);
  }

  sendCommandLive(command: string): boolean {
    return this.#slot.sendCommand(command);
  }

  async look(): Promise<void> {
    if (this.#sightings.isFresh) return;
    await this.#deps.lookNow();
  }

  async turn(): Promise<void> {
    if (!this.#row.isLive) await this.#deps.turn();
  }

  async retry(): Promise<void> {
    if (!this.#orders.isSignalLost) this.#problem.clear();
    this.#deps.panel.liftPause();
    // Before the read, which may reopen the session.
    this.#deps.asked();
    await this.#deps.readServer();
    this.#slot.retry();
    this.#deps.pollSoon(0);
  }

  // From polls

  polled(resources: PanelResources): void {
    this.#sightings.polled(resources);
  }

  pollFailed(problem: Problem): void {
    this.#sightings.pollFailed(problem);
  }

  // From the session

  #hear(event: SlotEvent): void {
    switch (event.kind) {
      case 'link':
        return this.#linkChanged(event.link);
      case 'power':
        return this.#sightings.live(event.power);
      case 'usage':
        return this.#sightings.measured(event.usage.uptimeMs);
      case 'crashed':
        this.#fix.crashed(event.crash);
        return this.#crash.set(event.at, event.crash);
      case 'server-changed':
        return this.#reread.soon();
      case 'happened':
        return this.#deps.happened(event.fact);
      case 'deleted':
        return this.#deps.readList();
      case 'lines':
        this.#fix.lines(event.lines);
        this.#players.lines(event.lines);
        return this.#orders.sawLines(event.lines);
      case 'symptom':
        return this.#fix.symptom(event.line, event.feature);
      case 'notice':
        return this.#orders.notice(event.text, event.about);
      case 'signal-read':
        return this.#orders.signalRead();
      case 'unsure':
        return this.#orders.unsure(event.sent);
    }
  }

  #linkChanged(link: Link): void {
    this.#players.link(link);
    this.#sightings.link(link.kind);
    if (link.kind === 'live') this.#problem.solved('poll');
    // Also on becoming live again: the last state may date from before sleep.
    this.#gaps.linkLost();
    this.#orders.linkChanged();
    const { problem = null } = this.#row.now ?? {};
    const unknown = problem === null ? null : unknownToNode(link, problem);
    // The node's own answer replaces the problem of a poll.
    if (unknown !== null) this.#problem.say('poll', unknown);
    if (link.kind === 'refused') this.#reread.soon();
    this.#deps.linkChanged(link);
    if (link.kind !== 'reconnecting' || !this.#isUnknown) return;
    // The state is unknown, so waiting for the socket to come back gains nothing.
    if (link.problem === null || !this.#deps.isOfPanel(link.problem)) this.#deps.pollSoon(0);
  }

  get #isUnknown(): boolean {
    const server = this.#row.now;
    return server?.power === null && server.problem === null;
  }
}
