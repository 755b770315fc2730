/**
 * Restarts with warnings for players: at once, one minute and ten seconds before.
 *
 * They live in main and continue when a window closes. When Perch quits, Perch cancels them and tells the players.
 * If the first warning is refused or lost, there is no restart; after a later failure the restart still happens. A
 * server that stops or restarts earlier is left alone.
 */
import type { Server } from '../../../bridge/schema/domain.js';
import { PerchError, toProblem, newProblem, type Problem } from '../../../bridge/errors.js';
import type { WarnedRestart, Warning } from '../../../bridge/schema/warned-restart.js';
import { warningText } from '../../../bridge/settings/warning.js';
import { sentence, type Sentence } from '../../../messages/messages.js';
import { Watchable } from '../../base/observable.js';
import type { Log } from '../../base/ports.js';
import type { FleetStore } from '../../fleet/store.js';
import { notRead } from './bulk-outcome.js';
import { againAfter, isCounting, isLeft, isLost, newCountdown, stepAt, type Countdown } from './countdown.js';
import { sendToPlayers, tellCancellation, tellPlayers, type PlayerMessagesDeps } from './player-messages.js';
import { demandWarning, isDown } from './warned-checks.js';

export interface WarnedRestartsDeps extends PlayerMessagesDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly log: Log;
  /** Resolves when the store has the current state. Rejects with `PerchError` if the state cannot be read. */
  refresh(serverId: string): Promise<void>;
  /**
   * Monotonic time when accepted commands were last lost; -Infinity = never. The store emits a change at the same
   * time.
   */
  commandsLostAt(serverId: string): number;
  restart(serverId: string): Promise<void>;
  /** The restart does not happen, and not by the user's choice. The user may not be looking. */
  onNotRestarted(server: Server, why: Sentence): void;
}

/** Time in ms for which a cancelled restart is shown. */
const cancelledMs = 10_000;
/** Longest time in ms that quitting waits for the message to players. */
const farewellMs = 2000;

export class WarnedRestarts extends Watchable<readonly WarnedRestart[]> {
  /** The latest countdown of each server, running or ended. Late results of an older countdown are ignored. */
  readonly #latest = new Map<string, Countdown>();
  /** Servers whose first warning is being sent. */
  readonly #beginning = new Map<string, Promise<void>>();
  readonly #unlisten: () => void;
  #isStopped = false;

  constructor(private readonly deps: WarnedRestartsDeps) {
    super([]);
    this.#unlisten = deps.store.listen(() => this.#look());
  }

  /** Servers with a restart to come, or with a first warning that is being sent. */
  get servers(): readonly Server[] {
    const counting = this.#counting.map(({ shown }) => shown.serverId);
    return [...new Set([...this.#beginning.keys(), ...counting])].flatMap((id) => this.#server(id) ?? []);
  }

  /** Resolves when the first warning was sent. Rejects if that fails, or if the server already has a countdown. */
  async begin({ serverId, ...warning }: Warning & { serverId: string }): Promise<void> {
    if (this.#isStopped) return;
    const isBusy = this.#beginning.has(serverId) || this.#latest.get(serverId)?.shown.end === null;
    if (isBusy) throw new PerchError(busy);
    demandWarning(this.deps.store.state, { serverId, ...warning });
    const beginning = this.#begin(serverId, warning).finally(() => this.#beginning.delete(serverId));
    this.#beginning.set(serverId, beginning);
    await beginning;
  }

  /** Cancels the restart and tells the players. No-op without a countdown. */
  async callOff(serverId: string): Promise<void> {
    const countdown = this.#latest.get(serverId);
    if (countdown === undefined || !isCounting(countdown)) return;
    this.#end(countdown, 'cancelled');
    const problem = await tellCancellation(this.deps, countdown);
    if (problem !== null) this.#patch(countdown, { problem });
    // The cancel message may have been lost in the meantime; its problem then stays visible.
    if (countdown.shown.problem !== null) return;
    countdown.alarm.set(cancelledMs, () => this.#forget(countdown));
  }

  /** Removes an ended countdown. */
  dismiss(serverId: string): void {
    const countdown = this.#latest.get(serverId);
    if (countdown !== undefined && countdown.shown.end !== null) this.#forget(countdown);
  }

  /** Cancels all restarts and tells the players, within two seconds. Call when Perch quits. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unlisten();
    const counting = this.#counting;
    for (const { alarm } of this.#latest.values()) alarm.clear();
    this.#latest.clear();
    const told: Promise<unknown>[] = [
      ...counting.map((countdown) => tellCancellation(this.deps, countdown)),
      ...[...this.#beginning.values()].map((beginning) => beginning.catch(() => undefined)),
    ];
    if (told.length === 0) return;
    const late = new Promise<void>((resolve) => void this.deps.clock.after(farewellMs, resolve));
    await Promise.race([Promise.all(told), late]);
  }

  get #counting(): Countdown[] {
    return [...this.#latest.values()].filter(isCounting);
  }

  #server(serverId: string): Server | undefined {
    return this.deps.store.state.servers.get(serverId);
  }

  async #begin(serverId: string, warning: Warning): Promise<void> {
    const { clock, log } = this.deps;
    const wholeMs = warning.seconds * 1000;
    await this.deps.refresh(serverId);
    // Check again with the state that was just read.
    demandWarning(this.deps.store.state, { serverId, ...warning });
    if (this.#server(serverId)?.power === null) throw new PerchError(notRead(null));
    const countdown = newCountdown(serverId, warning, clock);
    let problem: Problem | null = null;
    try {
      await sendToPlayers(this.deps, countdown, warningText(warning.message, wholeMs));
    } catch (error) {
      problem = toProblem(error);
      // A warning that players may have read counts as a warning.
      if (problem.maybeDone !== true) throw error;
    }
    if (this.#isStopped) return void (await tellCancellation(this.deps, countdown));
    this.#latest.get(serverId)?.alarm.clear();
    this.#latest.set(serverId, countdown);
    this.#patch(countdown, { restartAt: clock.now() + wholeMs, problem });
    log.info('restart.warned', { server: serverId, seconds: warning.seconds });
    this.#wait(countdown);
    this.#look();
  }

  #wait(countdown: Countdown): void {
    const { alarm, shown, steps } = countdown;
    const at = shown.restartAt - (steps[0] ?? 0);
    alarm.set(at - this.deps.clock.now(), () => this.#step(countdown));
  }

  #step(countdown: Countdown): void {
    const step = stepAt(countdown, this.deps.clock.now());
    if (step.kind === 'late') return void this.#giveUp(countdown, 'late', null);
    if (step.kind === 'restart') return void this.#restart(countdown);
    const { leftMs, restartAt } = step;
    if (restartAt !== countdown.shown.restartAt) this.#patch(countdown, { restartAt });
    countdown.steps = countdown.steps.filter((ms) => ms < leftMs);
    // The next step does not wait for this command's result.
    this.#wait(countdown);
    void this.#warnAgain(countdown, leftMs);
  }

  async #warnAgain(countdown: Countdown, leftMs: number): Promise<void> {
    countdown.warnings += 1;
    const problem = await tellPlayers(this.deps, countdown, warningText(countdown.warning.message, leftMs));
    if (problem !== null && isCounting(countdown)) this.#patch(countdown, { problem });
  }

  async #restart(countdown: Countdown): Promise<void> {
    countdown.isSent = true;
    const { serverId } = countdown.shown;
    try {
      await this.deps.refresh(serverId);
      if (isDown(countdown, this.deps.store.state)) return this.#end(countdown, 'left');
      await this.deps.restart(serverId);
      this.#forget(countdown);
    } catch (error) {
      const problem = toProblem(error);
      // The server's row reports a restart that may have been carried out.
      if (problem.maybeDone === true) return this.#forget(countdown);
      countdown.isSent = false;
      const againMs = this.#isStopped ? null : againAfter(countdown, problem, this.deps.clock.now());
      if (againMs === null) return void this.#giveUp(countdown, 'refused', problem);
      countdown.mayTryAgain = false;
      countdown.alarm.set(againMs, () => this.#step(countdown));
    }
  }

  /** Ends a due restart that cannot happen, and tells the waiting players. */
  async #giveUp(countdown: Countdown, end: 'late' | 'refused', problem: Problem | null): Promise<void> {
    this.#end(countdown, end, problem);
    this.#notRestarted(countdown, problem?.message ?? sentence('warned.end-late'));
    const untold = await tellCancellation(this.deps, countdown);
    if (untold !== null && problem === null) this.#patch(countdown, { problem: untold });
  }

  #notRestarted({ shown }: Countdown, why: Sentence): void {
    const server = this.#server(shown.serverId);
    if (server !== undefined) this.deps.onNotRestarted(server, why);
  }

  #look(): void {
    for (const countdown of [...this.#latest.values()]) {
      const server = this.#server(countdown.shown.serverId);
      if (server === undefined) {
        if (isCounting(countdown)) this.#end(countdown, 'left');
        this.#forget(countdown);
      } else if (isCounting(countdown) && isLeft(countdown, server)) this.#end(countdown, 'left');
      else this.#lookForLoss(countdown, server);
      countdown.wasUp ||= server?.power === 'running';
    }
  }

  /** Handles the loss of an accepted message. The server's row says why it was lost. */
  #lookForLoss(countdown: Countdown, { id, problem: why }: Server): void {
    if (!isLost(countdown, this.deps.commandsLostAt(id))) return;
    countdown.saidAt = null;
    const problem = why ?? lost;
    const { end } = countdown.shown;
    // As in `#begin`: a warning that players may have read counts.
    if (isCounting(countdown) && countdown.warnings === 1 && problem.maybeDone !== true) {
      this.#end(countdown, 'unwarned', problem);
      this.#notRestarted(countdown, problem.message);
    } else if (isCounting(countdown)) this.#patch(countdown, { problem });
    else if (end === 'cancelled' || end === 'late') {
      countdown.alarm.clear();
      this.#patch(countdown, { problem });
    }
  }

  #end(countdown: Countdown, end: NonNullable<WarnedRestart['end']>, problem: Problem | null = null): void {
    countdown.alarm.clear();
    this.#patch(countdown, { end, problem });
    this.deps.log.info('restart.not-carried-out', { server: countdown.shown.serverId, why: end });
  }

  #patch(countdown: Countdown, fields: Partial<WarnedRestart>): void {
    countdown.shown = { ...countdown.shown, ...fields };
    if (this.#latest.get(countdown.shown.serverId) === countdown) this.#publish();
  }

  #forget(countdown: Countdown): void {
    countdown.alarm.clear();
    if (this.#latest.get(countdown.shown.serverId) !== countdown) return;
    this.#latest.delete(countdown.shown.serverId);
    this.#publish();
  }

  #publish(): void {
    this.set([...this.#latest.values()].map(({ shown }) => shown));
  }
}

const busy = newProblem('conflict', sentence('warned.busy'));

const lost = newProblem('node-unreachable', sentence('warned.unsaid'), sentence('actions.look-again'));
