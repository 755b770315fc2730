import type { Crash, PowerSignal, PowerState } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { CrashProof } from './crash-proof.js';
import { silentMs } from './gap-watch.js';

/** Crash lines and the state travel on separate channels (PROTOCOL 4.12): whichever comes first waits for the other. */
const linesWithinMs = 2000;
/** One crash is told once: lines that close behind a crash already told only add what they know. */
const sameCrashMs = 5000;
/** After a signal of ours that ends the process, an end is what we asked for. */
const ownSignalMs = 30_000;

/**
 * Tells a crash from an end that somebody wanted. Wings says so in its crash lines, which are believed around an end of
 * the process only (`CrashProof`), because a game may print them; where crash detection leaves them out (PROTOCOL 4.6), a change from running to offline without stopping, and without a signal of ours, counts
 * as one. Only changes that were seen on one uninterrupted socket are judged: between two polls, or while the link
 * was down, somebody may have stopped the server in the normal way (`GapWatch`).
 */
export class ExitWatch {
  readonly #clock: Clock;
  readonly #crashed: (at: number, crash: Crash) => void;
  readonly #suspicion: Alarm;
  readonly #proof: CrashProof;
  #power: PowerState | null = null;
  #heardAt = -Infinity;
  #signalAt = -Infinity;
  #suspectedAt = 0;
  /** When it started again after an end that is in doubt. */
  #startedAt: number | null = null;
  #clickedAt = -Infinity;
  #toldAt = -Infinity;

  constructor(clock: Clock, crashed: (at: number, crash: Crash) => void) {
    this.#clock = clock;
    this.#crashed = crashed;
    this.#suspicion = new Alarm(clock);
    this.#proof = new CrashProof(clock, (at, crash) => this.#believed(at, crash));
  }

  /** The next state says nothing about its cause, and for an end that was seen just before no lines come any more. */
  linkLost(): void {
    this.#power = null;
    this.#proof.linkLost();
    if (!this.#suspicion.isSet) return;
    this.#suspicion.clear();
    this.#tellSuspicion();
  }

  /** An end that was seen before it is none of its doing, and goes on being in doubt. */
  ownSignal(signal: PowerSignal): void {
    this.#clickedAt = this.#clock.now();
    if (signal === 'start') return;
    this.#signalAt = this.#clickedAt;
    this.#proof.ownSignal();
  }

  /** The socket has told something of the running process: it is not only there. `uptimeMs` = its age, where that was told. */
  heard(uptimeMs?: number): void {
    this.#heardAt = this.#clock.now();
    if (uptimeMs !== undefined) this.#proof.measured(uptimeMs);
  }

  power(state: PowerState): void {
    const before = this.#clock.now() - this.#heardAt > silentMs ? null : this.#power;
    this.#power = state;
    this.heard();
    this.#proof.power(state);
    if (this.#suspicion.isSet) this.#doubt(state);
    // Our signal has done its work: whatever ends this process is something else.
    if (state === 'starting') this.#signalAt = -Infinity;
    if (before !== 'running' || state !== 'offline') return;
    const now = this.#clock.now();
    if (now - this.#signalAt < ownSignalMs || now - this.#toldAt < sameCrashMs) return;
    this.#suspectedAt = now;
    this.#startedAt = null;
    this.#suspicion.set(linesWithinMs, () => this.#tellSuspicion());
  }

  /** A state that says nothing of its cause, but is true: crash lines around it are the node's. */
  saw(state: PowerState): void {
    this.#proof.power(state);
  }

  /** Crash lines, by Wings or by somebody who imitates it. */
  lines(crash: Crash): void {
    this.#proof.lines(crash);
  }

  /** Nothing is told of any end before. */
  stop(): void {
    this.#power = null;
    this.#suspicion.clear();
    this.#proof.stop();
  }

  #believed(at: number, crash: Crash): void {
    this.#suspicion.clear();
    // The same crash keeps its time, so that nobody is told twice.
    this.#tell(at - this.#toldAt < sameCrashMs ? this.#toldAt : at, crash);
  }

  /** What follows an end without crash lines. */
  #doubt(state: PowerState): void {
    if (this.#startedAt !== null) return;
    // It never ended, as with a printed stop word (PROTOCOL 4.6).
    if (state !== 'starting') this.#suspicion.clear();
    else this.#startedAt = this.#clock.now();
  }

  /** Where somebody else started it at once, it was perhaps a restart of which `stopping` was missed. */
  #tellSuspicion(): void {
    const from = this.#suspectedAt;
    const to = this.#clickedAt < from ? this.#startedAt : null;
    const how = { exitCode: null, outOfMemory: false };
    this.#tell(from, to === null ? how : { ...how, unseen: { what: 'restarted', from, to } });
  }

  #tell(at: number, crash: Crash): void {
    this.#toldAt = at;
    this.#crashed(at, crash);
  }
}
