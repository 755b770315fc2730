/**
 * Follows one server with a wish for when it is empty: counts the time, tells the console, asks the game once more, and
 * sends the signal. `when-empty-decision.ts` decides.
 *
 * Whatever is unclear begins the time anew. After a signal, nothing more is sent to the same process.
 */
import { newProblem, toProblem, type Problem } from '../../bridge/errors.js';
import { isGranted } from '../../bridge/panel/permissions.js';
import { broadcastCommand } from '../../bridge/players/broadcasts.js';
import type { PowerSignal, Server } from '../../bridge/schema/domain.js';
import type { EmptyWatch, EmptyWish } from '../../bridge/schema/when-empty.js';
import { sayingCommand } from '../../bridge/settings/warning.js';
import { say, sentence } from '../../messages/messages.js';
import type { Log, Random } from '../base/ports.js';
import { freshCount, type FreshCountDeps } from './fresh-count.js';
import {
  blockOf,
  decide,
  isSingle,
  isStartedAfter,
  nextSpell,
  noticeMs,
  type EmptyDecision,
  type EmptySpell,
} from './when-empty-decision.js';

export interface EmptyServerDeps extends FreshCountDeps {
  readonly log: Log;
  readonly random: Random;
  /** Resolves when the store has the current state. Rejects with `PerchError`. */
  look(serverId: string): Promise<void>;
  /** Rejects with `PerchError`. */
  sendPower(serverId: string, signal: PowerSignal): Promise<void>;
  /** Whether Perch does something else with the server. */
  isBusy(server: Server): boolean;
  /** Whether an answer of zero of this game means that nobody is on. */
  isProven(server: Server): boolean;
}

/** Calls to the owner of an `EmptyServer`. */
export interface EmptyServerEvents {
  /** `shown` changed between two looks. */
  changed(): void;
  /** The signal was sent. */
  acted(): void;
  /** The process that a single restart was meant for has ended otherwise. */
  passed(): void;
}

/** Two computers with the same wish do not act in the same second. */
const spreadMs = 10_000;
/** A process that is sent a signal has run for longer than this, in ms. */
const longAgoMs = 60_000;

const shownPhases = {
  watches: 'waits',
  warned: 'warned',
  asks: 'asks',
  sends: 'asks',
  sent: 'sent',
} as const satisfies Record<string, EmptyWatch['phase']>;
type Phase = keyof typeof shownPhases;

export class EmptyServer {
  #phase: Phase = 'watches';
  #spell: EmptySpell | null = null;
  /** When the present process was first seen running. */
  #runningSince: number | null = null;
  #decision: EmptyDecision = { kind: 'waits', why: 'unknown' };
  /** When the signal is due, once the console was told. */
  #dueAt = Infinity;
  #sentAt = -Infinity;
  #problem: Problem | null = null;
  /** Counts the attempts, so that a late result of an older one is ignored. */
  #attempt = 0;
  #asking = new AbortController();

  constructor(
    private readonly deps: EmptyServerDeps,
    private readonly serverId: string,
    readonly wish: EmptyWish,
    private readonly events: EmptyServerEvents,
  ) {}

  get isSending(): boolean {
    return this.#phase === 'sends';
  }

  /** Whether the signal is about to be sent, or was sent to this process. */
  get isActing(): boolean {
    return this.#phase === 'asks' || this.#phase === 'sends' || this.#phase === 'sent';
  }

  get shown(): Omit<EmptyWatch, 'times'> {
    const decision = this.#decision;
    const isDue = this.#phase === 'warned' || this.#phase === 'asks' || this.#phase === 'sends';
    const isCounting = this.#phase === 'watches' && decision.kind === 'counts';
    const phase = isCounting ? 'counts' : shownPhases[this.#phase];
    return {
      serverId: this.serverId,
      phase,
      why: phase === 'waits' && decision.kind === 'waits' ? decision.why : null,
      at: isDue ? this.#dueAt : isCounting ? decision.at : null,
      problem: this.#problem,
    };
  }

  /** Looks at the server's row. Call after each change of the row, and every few seconds. `shown` may change. */
  look(): void {
    const server = this.#server;
    if (server === undefined) return this.#anew();
    this.#follow(server);
    const now = this.deps.clock.now();
    const decision = this.#decide(server, now);
    this.#decision = decision;
    const isDue = decision.kind === 'counts';
    if (this.#phase === 'watches') {
      if (isDue && now >= decision.at - noticeMs) this.#warn(server, Math.max(decision.at, now + noticeMs));
    } else if (this.#phase === 'warned' || this.#phase === 'asks') {
      // The time also begins anew after a sleep.
      if (!isDue || decision.at > this.#dueAt) void this.#callOff();
      else if (this.#phase === 'warned' && now >= this.#dueAt) void this.#act();
    }
  }

  /** The user wants the server to run on: the time begins anew. */
  keep(): void {
    if (this.#phase === 'sends' || this.#phase === 'sent') return;
    void this.#callOff();
    this.look();
  }

  /** The wish ends, or Perch quits. Resolves when the console was told that nothing happens. */
  async end(): Promise<void> {
    await this.#callOff();
  }

  get #server(): Server | undefined {
    return this.deps.store.state.servers.get(this.serverId);
  }

  #follow(server: Server): void {
    const { power } = server;
    const isRunning = power === 'running';
    // Polls may have missed the end of the process. A single restart is done even if its wish cannot be removed.
    const isNew = this.#phase === 'sent' && isStartedAfter(server, this.#sentAt - longAgoMs);
    if (isNew && !isSingle(this.wish)) this.#anew();
    const wasRunning = this.#runningSince !== null;
    if (isRunning) this.#runningSince ??= this.deps.clock.now();
    // While the state is unknown, the process may still be the same.
    else if (power !== null) this.#runningSince = null;
    if (isRunning || power === null || !wasRunning) return;
    if (this.#phase !== 'sends' && isSingle(this.wish)) this.events.passed();
    if (this.#phase === 'sent' && !isSingle(this.wish)) this.#anew();
  }

  #decide(server: Server, now: number): EmptyDecision {
    const block = blockOf(server, this.wish.does);
    const isProven = this.deps.isProven(server);
    const isOwn = isProven && !this.deps.queries.sharesAnswer(server);
    const isSure = server.players?.source !== 'query' || isOwn;
    this.#spell = isSure && block === null ? nextSpell(this.#spell, server, now) : null;
    if (block !== null) this.#problem = block;
    else if (this.#decision.kind === 'waits' && this.#decision.why === 'blocked') this.#problem = null;
    return decide(this.wish, server, {
      spell: this.#spell,
      runningSince: this.#runningSince,
      sentAt: this.#sentAt,
      isProven,
      isBusy: server.pending !== null || this.deps.isBusy(server),
      isBlocked: block !== null,
    });
  }

  #warn(server: Server, at: number): void {
    this.#phase = 'warned';
    this.#dueAt = at + this.deps.random() * spreadMs;
    this.#problem = null;
    void this.#tell(server, say(`when-empty.notice-${this.wish.does}`));
  }

  async #act(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#asking = new AbortController();
    const isOver = (): boolean => attempt !== this.#attempt || this.#phase !== 'asks';
    this.#phase = 'asks';
    const { serverId } = this;
    const { does } = this.wish;
    try {
      await this.deps.look(serverId);
      if (!isOver()) this.look();
      if (isOver()) return;
      const count = await freshCount(this.deps, serverId, this.#asking.signal);
      if (!isOver()) this.look();
      if (isOver()) return;
      if (count !== 0) return this.#notDone(count === null ? noAnswer : null);
      this.#phase = 'sends';
      this.events.changed();
      await this.deps.sendPower(serverId, does);
    } catch (error) {
      if (attempt !== this.#attempt) return;
      const problem = toProblem(error);
      if (this.#phase !== 'sends' || problem.maybeDone !== true) return this.#notDone(problem);
    }
    this.#phase = 'sent';
    this.#sentAt = this.deps.clock.now();
    this.deps.log.info('when-empty.sent', { server: serverId, signal: does });
    this.events.acted();
    this.look();
    this.events.changed();
  }

  #notDone(problem: Problem | null): void {
    this.deps.log.info('when-empty.not-carried-out', {
      server: this.serverId,
      why: problem?.code ?? 'players',
    });
    void this.#callOff();
    this.#problem = problem;
    this.look();
    this.events.changed();
  }

  /** Begins the time anew, and tells the console if it was told otherwise. */
  async #callOff(): Promise<void> {
    const wasTold = this.#phase === 'warned' || this.#phase === 'asks';
    const server = this.#server;
    this.#anew();
    if (wasTold && server !== undefined) await this.#tell(server, say('when-empty.called-off'));
  }

  #anew(): void {
    this.#attempt += 1;
    this.#asking.abort();
    this.#phase = 'watches';
    this.#spell = null;
    this.#dueAt = Infinity;
    this.#problem = null;
    this.#decision = { kind: 'waits', why: 'unknown' };
  }

  /** Nobody is on, so a message that does not arrive changes nothing. */
  async #tell({ id, game = null, permissions, power }: Server, text: string): Promise<void> {
    if (power !== 'running' || !isGranted(permissions, 'control.console')) return;
    // Only the game's own command: a page may change the command of the warnings, and this one needs no press.
    const command = sayingCommand(broadcastCommand(game), text, game);
    await this.deps.sendCommand(id, command).catch(() => undefined);
  }
}

const noAnswer = newProblem('timeout', sentence('when-empty.no-answer'));
