/**
 * Restarts that players are warned of: at once, one minute and ten seconds before. They live in main, so a window that
 * closes ends nothing; they are not kept across the end of Perch, which tells the players so. A first warning that is
 * refused begins nothing. A later one changes nothing: players know of the restart. A server that stops or is restarted
 * before is left alone.
 */
import type { Server } from '../../bridge/domain.js';
import { PerchError, toProblem, type Problem } from '../../bridge/errors.js';
import { powerPermission, warnBlock } from '../../bridge/permissions.js';
import type { WarnedRestart, Warning } from '../../bridge/warned-restart.js';
import { isTooLong, mostOfCommand, sayingCommand, stepsOf, warningText } from '../../bridge/warning.js';
import { say, sentence, type Sentence } from '../../words/words.js';
import { Alarm } from '../base/alarm.js';
import { Observable } from '../base/observable.js';
import type { Clock, Log } from '../base/ports.js';
import type { FleetStore } from '../fleet/store.js';
import { gone } from './bulk-outcome.js';
import { demand } from './deps.js';

export interface WarnedRestartsDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly clock: Clock;
  readonly log: Log;
  sendCommand(serverId: string, command: string): Promise<unknown>;
  restart(serverId: string): Promise<void>;
  /** It was time, and it was not restarted: nobody may be there to see it. */
  onNotRestarted(server: Server, why: Sentence): void;
}

/** The computer slept when it was time: by then nobody expects it any more. */
const lateMs = 30_000;
/** So long it is said that it was called off. */
const cancelledMs = 10_000;
/** Quitting waits no longer for the players to be told. */
const farewellMs = 2000;

/** One that counts down. */
interface Countdown {
  readonly warning: Warning;
  readonly alarm: Alarm;
  /** Milliseconds before the restart, the next one first. */
  readonly steps: number[];
}

export class WarnedRestarts {
  readonly #deps: WarnedRestartsDeps;
  readonly #all = new Observable<readonly WarnedRestart[]>([]);
  readonly #countdowns = new Map<string, Countdown>();
  /** Their first warning is on its way. */
  readonly #beginning = new Set<string>();
  readonly #unlisten: () => void;
  #isStopped = false;

  constructor(deps: WarnedRestartsDeps) {
    this.#deps = deps;
    this.#unlisten = deps.store.listen(({ changes }) => {
      if (this.#countdowns.size > 0 && changes.some(({ kind }) => kind !== 'usage')) this.#look();
    });
  }

  get current(): readonly WarnedRestart[] {
    return this.#all.value;
  }

  /** Those whose restart is still to come. */
  get servers(): readonly Server[] {
    return [...this.#countdowns.keys()].flatMap((id) => this.#server(id) ?? []);
  }

  /** Returns the function that ends listening. */
  listen(listener: (all: readonly WarnedRestart[]) => void): () => void {
    return this.#all.listen(listener);
  }

  /** Resolves once players have the first warning. Rejects where they can't be told, or one counts down already. */
  async begin({ serverId, ...warning }: Warning & { serverId: string }): Promise<void> {
    if (this.#countdowns.has(serverId) || this.#beginning.has(serverId)) throw new PerchError(busy);
    this.#demand(serverId, warning);
    this.#beginning.add(serverId);
    let problem: Problem | null = null;
    try {
      await this.#say(serverId, warning, warning.seconds * 1000);
    } catch (error) {
      problem = toProblem(error);
      // What may have been read is a warning.
      if (problem.maybeDone !== true) throw error;
    } finally {
      this.#beginning.delete(serverId);
    }
    if (this.#isStopped) return;
    const { clock, log } = this.#deps;
    const wholeMs = warning.seconds * 1000;
    const countdown = { warning, alarm: new Alarm(clock), steps: [...stepsOf(wholeMs)] };
    this.#countdowns.set(serverId, countdown);
    this.#set({ serverId, restartAt: clock.now() + wholeMs, end: null, problem });
    log.info('restart.warned', { server: serverId, seconds: warning.seconds });
    this.#wait(serverId, countdown);
    this.#look();
  }

  /** Tells the players so. Nothing where none counts down. */
  async callOff(serverId: string): Promise<void> {
    const countdown = this.#countdowns.get(serverId);
    if (countdown === undefined) return;
    this.#end(serverId, 'cancelled');
    const problem = await this.#tellCalledOff(serverId, countdown.warning);
    if (problem !== null) return this.#patch(serverId, { problem });
    this.#deps.clock.after(cancelledMs, () => {
      if (this.#find(serverId)?.end === 'cancelled') this.dismiss(serverId);
    });
  }

  /** How one ended need not be said any more. */
  dismiss(serverId: string): void {
    if (this.#countdowns.has(serverId)) return;
    this.#all.set(this.current.filter((one) => one.serverId !== serverId));
  }

  /** Perch quits: none of them is carried out, and their players are told, within two seconds. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unlisten();
    const counting = [...this.#countdowns];
    for (const [, { alarm }] of counting) alarm.clear();
    this.#countdowns.clear();
    if (counting.length === 0) return;
    const told = counting.map(([serverId, { warning }]) => this.#tellCalledOff(serverId, warning));
    const late = new Promise<void>((resolve) => void this.#deps.clock.after(farewellMs, resolve));
    await Promise.race([Promise.all(told), late]);
  }

  #server(serverId: string): Server | undefined {
    return this.#deps.store.state.servers.get(serverId);
  }

  /** Throws what is in the way of the warnings or of the restart that follows. */
  #demand(serverId: string, { seconds, message, command }: Warning): void {
    const server = this.#server(serverId);
    if (server === undefined) throw new PerchError(gone);
    for (const permission of [powerPermission('restart'), 'control.console']) demand(server, permission);
    const block = warnBlock(server);
    if (block !== null) {
      throw new PerchError({ code: 'conflict', message: block, next: sentence('actions.other-state') });
    }
    if (isTooLong(message, command, seconds * 1000)) throw new PerchError(tooLong);
  }

  #wait(serverId: string, countdown: Countdown): void {
    const [next] = countdown.steps;
    const shown = this.#find(serverId);
    if (next === undefined || shown === undefined) return;
    const at = shown.restartAt - next;
    countdown.alarm.set(at - this.#deps.clock.now(), () => this.#step(serverId, countdown, at));
  }

  #step(serverId: string, countdown: Countdown, at: number): void {
    if (this.#deps.clock.now() > at + lateMs) {
      this.#end(serverId, 'late');
      this.#notRestarted(serverId, sentence('warned.end-late'));
      void this.#tellCalledOff(serverId, countdown.warning);
      return;
    }
    const leftMs = countdown.steps.shift() ?? 0;
    if (leftMs === 0) return void this.#restart(serverId);
    // The next one does not wait for the answer to this one.
    this.#wait(serverId, countdown);
    this.#say(serverId, countdown.warning, leftMs).catch((error: unknown) => {
      this.#patch(serverId, { problem: toProblem(error) });
    });
  }

  async #restart(serverId: string): Promise<void> {
    this.#countdowns.delete(serverId);
    try {
      await this.#deps.restart(serverId);
      this.dismiss(serverId);
    } catch (error) {
      const problem = toProblem(error);
      // What may have been carried out its row says.
      if (problem.maybeDone === true) return this.dismiss(serverId);
      this.#patch(serverId, { end: 'refused', problem });
      this.#notRestarted(serverId, problem.message);
    }
  }

  #notRestarted(serverId: string, why: Sentence): void {
    const server = this.#server(serverId);
    if (server !== undefined) this.#deps.onNotRestarted(server, why);
  }

  /** Those that nobody is on any more need no restart. */
  #look(): void {
    for (const serverId of [...this.#countdowns.keys()]) {
      const server = this.#server(serverId);
      if (server === undefined) {
        this.#end(serverId, 'left');
        this.dismiss(serverId);
      } else if (server.power === 'offline' || server.power === 'stopping') this.#end(serverId, 'left');
    }
  }

  #end(serverId: string, end: NonNullable<WarnedRestart['end']>): void {
    this.#countdowns.get(serverId)?.alarm.clear();
    this.#countdowns.delete(serverId);
    this.#patch(serverId, { end, problem: null });
    this.#deps.log.info('restart.not-carried-out', { server: serverId, why: end });
  }

  async #say(serverId: string, { message, command }: Warning, leftMs: number): Promise<void> {
    await this.#send(serverId, command, warningText(message, leftMs));
  }

  async #send(serverId: string, command: string, text: string): Promise<void> {
    const game = this.#server(serverId)?.game ?? null;
    await this.#deps.sendCommand(serverId, sayingCommand(command, text, game));
  }

  /** Answers why they could not be told. */
  async #tellCalledOff(serverId: string, { command }: Warning): Promise<Problem | null> {
    try {
      await this.#send(serverId, command, say('warned.called-off'));
      return null;
    } catch (error) {
      return toProblem(error);
    }
  }

  #find(serverId: string): WarnedRestart | undefined {
    return this.current.find((one) => one.serverId === serverId);
  }

  #set(restart: WarnedRestart): void {
    this.#all.set([...this.current.filter(({ serverId }) => serverId !== restart.serverId), restart]);
  }

  #patch(serverId: string, fields: Partial<WarnedRestart>): void {
    const restart = this.#find(serverId);
    if (restart !== undefined) this.#set({ ...restart, ...fields });
  }
}

const busy = {
  code: 'conflict',
  message: sentence('warned.busy'),
  next: sentence('warned.busy-next'),
} as const;

const tooLong = {
  code: 'invalid',
  message: sentence('warned.too-long', { most: mostOfCommand }),
  next: sentence('warned.too-long-next'),
} as const;
