import type { Crash, PowerState } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';

/** A server whose process goes on running after `offline` says `running` within 0.1 s (PROTOCOL 4.6.13). */
const doubtMs = 500;
/** Lines so shortly before the end may have overtaken the state, which travels on its own channel (PROTOCOL 4.12.15). */
const earlyMs = 2000;
/** Lines that come before the end count once the node has had this long to print lines of its own after the end. */
const ownLinesMs = 1500;
/** Lines so shortly after the new start may be late ones of the end before it, where none have come yet. */
const lateMs = 1000;
/** After an end that somebody asked for, a line of the process may still be on its way. */
const askedMs = 5000;

interface Report {
  readonly at: number;
  readonly crash: Crash;
}

/**
 * Which crash lines are believed: the node's own, and not the ones that a game prints.
 *
 * Any program may print the daemon's lines (PROTOCOL 4.12.8), so lines alone prove nothing. A node prints them once the
 * process has ended, up to 0.4 s after `offline` (PROTOCOL 4.12.17), and no process is there to print at
 * that moment. So lines are believed after an end that nobody asked for. Lines from before the end count only where the
 * node prints none after it, and lines without an end not at all.
 */
export class CrashProof {
  readonly #clock: Clock;
  readonly #believed: (at: number, crash: Crash) => void;
  readonly #alarm: Alarm;
  #power: PowerState | null = null;
  #uptimeMs = 0;
  #endedAt: number | null = null;
  /** A signal of ours was sent to this process. */
  #isOurs = false;
  /** Somebody stopped it: `offline` came after `stopping`. */
  #isAsked = false;
  /** When it started again after that end. */
  #startedAt: number | null = null;
  /** Lines of this end have been believed. */
  #isTold = false;
  /** Printed while the process was there. */
  #early: Report | null = null;
  /** Printed after the end, which may still turn out to be none. */
  #late: Report | null = null;

  /** `believed` gets the time at which the lines came. */
  constructor(clock: Clock, believed: (at: number, crash: Crash) => void) {
    this.#clock = clock;
    this.#believed = believed;
    this.#alarm = new Alarm(clock);
  }

  /** A signal of ours ends it: lines from before the end say nothing of that end. */
  ownSignal(): void {
    this.#isOurs = true;
    this.#early = null;
  }

  power(state: PowerState): void {
    const before = this.#power;
    if (state === before) return;
    this.#power = state;
    if (state === 'offline') this.#ended(before);
    else if (state === 'starting') this.#started(before);
    // It never ended, or is stopped by somebody now: whatever was printed, no crash was.
    else if (state === 'stopping' || this.#startedAt === null) this.#forget();
  }

  /** Age of the process; a younger one is a new one. 0 = unknown. */
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
    if (this.#isAsked && now - (this.#endedAt ?? now) < askedMs) return;
    // The newest count: only the node can print by now.
    this.#late = report;
    const left = (this.#endedAt ?? now) + doubtMs - now;
    if (this.#isTold || left <= 0) this.#settle();
    else this.#alarm.set(left, () => this.#settle());
  }

  /** What the node has said of an end is told; of what follows nothing is known. */
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
    this.#isOurs = false;
    if (before === 'running') {
      // The end between the two was missed.
      const early = this.#recentEarly;
      this.#forget();
      this.#endedAt = now;
      this.#tell(early);
    }
    if (this.#endedAt === null || this.#isAsked) return this.#forget();
    this.#startedAt = now;
    if (this.#late !== null) this.#settle();
  }

  #isLateLine(now: number): boolean {
    return this.#startedAt !== null && now - this.#startedAt <= lateMs;
  }

  get #recentEarly(): Report | null {
    const early = this.#early;
    return early !== null && this.#clock.now() - early.at <= earlyMs ? early : null;
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
