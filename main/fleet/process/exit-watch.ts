import type { Crash, PowerState } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { isEnding, newestId, type SentAfter } from './sent-signals.js';
import { CrashProof } from './crash-proof.js';
import { linesWithinMs, ownEndMs, sameCrashMs, silentSocketMs } from './limits.js';

/**
 * Tells a crash from a requested end of the process.
 * Wings reports a crash in crash lines. `CrashProof` accepts them only near an end, because games can print the same
 * lines. If crash detection prints no lines (PROTOCOL 4.6), a change from running to offline counts as a crash if
 * neither `stopping` nor a signal of Perch came before.
 * Only changes on one uninterrupted socket count: between polls or during a lost connection somebody may have stopped
 * the server normally (`GapWatch`).
 */
export class ExitWatch {
  readonly #clock: Clock;
  readonly #crashed: (at: number, crash: Crash) => void;
  readonly #sentAfter: SentAfter;
  readonly #suspicion: Alarm;
  readonly #proof: CrashProof;
  #power: PowerState | null = null;
  #heardAt = -Infinity;
  /** The last signal before the start of this process. */
  #earlierId = 0;
  #suspectedAt = 0;
  /** Monotonic time of the start after an end in doubt. */
  #startedAt: number | null = null;
  #toldAt = -Infinity;

  constructor(clock: Clock, sentAfter: SentAfter, crashed: (at: number, crash: Crash) => void) {
    this.#clock = clock;
    this.#sentAfter = sentAfter;
    this.#crashed = crashed;
    this.#suspicion = new Alarm(clock);
    this.#proof = new CrashProof(clock, sentAfter, (at, crash) => this.#believed(at, crash));
  }

  /**
   * The socket is lost. The next state may have any cause, so it proves no crash; no more crash lines will come, so an
   * end in doubt is decided now.
   */
  linkLost(): void {
    this.#power = null;
    this.#proof.linkLost();
    if (!this.#suspicion.isSet) return;
    this.#suspicion.clear();
    this.#tellSuspicion();
  }

  /** An event from the running process came. `uptimeMs` = age of the process, if included. */
  heard(uptimeMs?: number): void {
    this.#heardAt = this.#clock.now();
    if (uptimeMs !== undefined) this.#proof.measured(uptimeMs);
  }

  power(state: PowerState): void {
    const before = this.#clock.now() - this.#heardAt > silentSocketMs ? null : this.#power;
    this.#power = state;
    this.heard();
    this.#proof.power(state);
    if (this.#suspicion.isSet) this.#doubt(state);
    // Perch's signal has taken effect; a later end of this process has another cause.
    if (state === 'starting') this.#earlierId = newestId(this.#sentAfter);
    if (before !== 'running' || state !== 'offline') return;
    const now = this.#clock.now();
    if (this.#isOurs(now) || now - this.#toldAt < sameCrashMs) return;
    this.#suspectedAt = now;
    this.#startedAt = null;
    this.#suspicion.set(linesWithinMs, () => this.#tellSuspicion());
  }

  /** A state that is true but has no known cause. Crash lines near such a state come from the node. */
  saw(state: PowerState): void {
    this.#proof.power(state);
  }

  /** Crash lines, from Wings or from a game that imitates them. */
  lines(crash: Crash): void {
    this.#proof.lines(crash);
  }

  /** Drops all open doubts without a report. */
  stop(): void {
    this.#power = null;
    this.#suspicion.clear();
    this.#proof.stop();
  }

  #believed(at: number, crash: Crash): void {
    this.#suspicion.clear();
    // The same crash keeps its time, so that nobody is notified twice.
    this.#tell(at - this.#toldAt < sameCrashMs ? this.#toldAt : at, crash);
  }

  /** Handles the state that follows an end without crash lines. */
  #doubt(state: PowerState): void {
    if (this.#startedAt !== null) return;
    // The process never ended. It may have printed a line that equals the egg's stop command (PROTOCOL 4.6).
    if (state !== 'starting') this.#suspicion.clear();
    else this.#startedAt = this.#clock.now();
  }

  /** True if a signal of Perch explains an end from now on. An earlier end stays in doubt. */
  #isOurs(now: number): boolean {
    return this.#sentAfter(this.#earlierId).some((sent) => isEnding(sent) && now - sent.at < ownEndMs);
  }

  /** If somebody else started the server at once, the end may be a restart whose `stopping` was missed. */
  #tellSuspicion(): void {
    const from = this.#suspectedAt;
    const clickedAt = this.#sentAfter(0).at(-1)?.at ?? -Infinity;
    const to = clickedAt < from ? this.#startedAt : null;
    const how = { exitCode: null, outOfMemory: false };
    this.#tell(from, to === null ? how : { ...how, unseen: { what: 'restarted', from, to } });
  }

  #tell(at: number, crash: Crash): void {
    this.#toldAt = at;
    this.#crashed(at, crash);
  }
}
