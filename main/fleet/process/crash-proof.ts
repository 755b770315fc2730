import type { Crash, PowerState } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { isEnding, newestId, type SentAfter } from './sent-signals.js';
import { askedEndLinesMs, earlyLinesMs, falseEndMs, lateLinesMs, ownLinesMs } from './limits.js';

interface Report {
  readonly at: number;
  readonly crash: Crash;
}

/**
 * Decides which crash lines are genuine: those of the node, not those that a game prints.
 *
 * Any program may print the daemon's lines (PROTOCOL 4.12.8). The node prints them after the process has ended, up to
 * 0.4 s after `offline` (PROTOCOL 4.12.17), when no process can print. So lines after an unrequested end count. Lines
 * before the end count only if the node prints none after it. Lines without an end never count.
 */
export class CrashProof {
  readonly #clock: Clock;
  readonly #sentAfter: SentAfter;
  readonly #believed: (at: number, crash: Crash) => void;
  readonly #alarm: Alarm;
  #power: PowerState | null = null;
  #uptimeMs = 0;
  #endedAt: number | null = null;
  /** The last signal of Perch before the start of this process. */
  #earlierId = 0;
  /** True if somebody stopped the server: `offline` came after `stopping`. */
  #isAsked = false;
  /** Monotonic time of the start after the end; null = no start yet. */
  #startedAt: number | null = null;
  /** True if lines of this end were accepted already. */
  #isTold = false;
  /** Report printed while the process existed. */
  #early: Report | null = null;
  /** Report printed after the end. The end itself may still prove false. */
  #late: Report | null = null;

  /** `believed` gets the monotonic time at which the lines came. */
  constructor(clock: Clock, sentAfter: SentAfter, believed: (at: number, crash: Crash) => void) {
    this.#clock = clock;
    this.#sentAfter = sentAfter;
    this.#believed = believed;
    this.#alarm = new Alarm(clock);
  }

  power(state: PowerState): void {
    const before = this.#power;
    if (state === before) return;
    this.#power = state;
    if (state === 'offline') this.#ended(before);
    else if (state === 'starting') this.#started(before);
    // The process never ended, or somebody is stopping it: the lines were no crash.
    else if (state === 'stopping' || this.#startedAt === null) this.#forget();
  }

  /** Age of the process in ms; 0 = unknown. A lower age means a new process. */
  measured(uptimeMs: number): void {
    const isNew = uptimeMs > 0 && uptimeMs < this.#uptimeMs;
    this.#uptimeMs = uptimeMs;
    if (isNew && this.#power === 'running' && this.#endedAt === null) this.#tell(this.#recentEarly);
  }

  lines(crash: Crash): void {
    const now = this.#clock.now();
    const report = { at: now, crash };
    if (this.#power === 'stopping') return;
    if (this.#power !== 'offline') {
      if (this.#isLateLine(now)) return this.#isTold ? undefined : this.#tell(report);
      if (!this.#isOurs) this.#early = report;
      return;
    }
    if (this.#isAsked && now - (this.#endedAt ?? now) < askedEndLinesMs) return;
    // The newest lines count, because only the node can print now.
    this.#late = report;
    const left = (this.#endedAt ?? now) + falseEndMs - now;
    if (this.#isTold || left <= 0) this.#settle();
    else this.#alarm.set(left, () => this.#settle());
  }

  /** Reports the lines of a finished end; later ends can't be judged without a connection. */
  linkLost(): void {
    if (this.#power === 'offline' && this.#late !== null) this.#settle();
    this.stop();
  }

  stop(): void {
    this.#power = null;
    this.#uptimeMs = 0;
    this.#forget();
  }

  #ended(before: PowerState | null): void {
    const early = this.#recentEarly;
    this.#forget();
    this.#endedAt = this.#clock.now();
    this.#isAsked = before === 'stopping';
    if (early === null || this.#isAsked) return;
    this.#alarm.set(ownLinesMs, () => this.#tell(early));
  }

  #started(before: PowerState | null): void {
    const now = this.#clock.now();
    this.#uptimeMs = 0;
    const early = this.#recentEarly;
    this.#earlierId = newestId(this.#sentAfter);
    if (before === 'running') {
      // The end between the two states was missed.
      this.#forget();
      this.#endedAt = now;
      this.#tell(early);
    }
    if (this.#endedAt === null || this.#isAsked) return this.#forget();
    this.#startedAt = now;
    if (this.#late !== null) this.#settle();
  }

  #isLateLine(now: number): boolean {
    return this.#startedAt !== null && now - this.#startedAt <= lateLinesMs;
  }

  /** True if a signal of Perch ends this process. Lines that the process printed then say nothing about its end. */
  get #isOurs(): boolean {
    return this.#sentAfter(this.#earlierId).some(isEnding);
  }

  get #recentEarly(): Report | null {
    const early = this.#isOurs ? null : this.#early;
    return early !== null && this.#clock.now() - early.at <= earlyLinesMs ? early : null;
  }

  #settle(): void {
    const late = this.#late;
    this.#late = null;
    this.#tell(late);
  }

  #tell(report: Report | null): void {
    if (report === null) return;
    this.#alarm.clear();
    this.#early = null;
    this.#isTold = true;
    this.#believed(report.at, report.crash);
  }

  #forget(): void {
    this.#alarm.clear();
    this.#endedAt = null;
    this.#isAsked = false;
    this.#startedAt = null;
    this.#isTold = false;
    this.#early = null;
    this.#late = null;
  }
}
