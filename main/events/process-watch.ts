/**
 * Logs ends and starts of the process of one server, and who caused them.
 * Reads rows, because each account has a story of its own, but all share one log. Only the story judges crashes.
 */
import type { Actor } from '../../bridge/schema/event-actor.js';
import type { PowerState, Server } from '../../bridge/schema/domain.js';
import { conditionBlock } from '../../bridge/panel/permissions.js';
import { Alarm } from '../base/alarm.js';
import { CrashPast } from './crash-past.js';
import type { SentAfter } from '../fleet/process/sent-signals.js';
import { OwnSignal } from './own-signal.js';
import { SlowStart, type SlowStartDeps } from './slow-start.js';
import {
  becomesRestartMs,
  ownEndMs,
  ownRestartMs,
  untilCrashMs,
  untilStartMs,
} from '../fleet/process/limits.js';

const somebody: Actor = { kind: 'unknown' };

/** End of a process that is no crash. */
interface End {
  readonly server: Server;
  readonly at: number;
  readonly by: Actor;
  readonly isKill: boolean;
  /** True if the end may turn out to be a crash whose console lines have not arrived yet. */
  readonly isAbrupt: boolean;
  /** True for the user's stop: a start that follows is an event of its own. */
  readonly isOwnStop: boolean;
  /** Monotonic time of the start that followed; null = none so far. */
  readonly startedAt: number | null;
}

export interface ProcessWatchDeps extends SlowStartDeps {
  /** Whether the panel of this server does not answer. */
  isPanelAway(server: Server): boolean;
}

export class ProcessWatch {
  readonly #own: OwnSignal;
  readonly #crash: CrashPast;
  readonly #settling: Alarm;
  readonly #slow: SlowStart;
  /** End without a log entry so far; later changes decide its kind. */
  #end: End | null = null;
  /** The last logged stop. */
  #stop: { readonly id: string; readonly end: End } | null = null;
  /** The logged start that has not reached `running` so far. */
  #start: { readonly id: string; readonly by: Actor } | null = null;

  /** `sentAfter` = the user's signals to this server. */
  constructor(
    private readonly deps: ProcessWatchDeps,
    sentAfter: SentAfter,
  ) {
    this.#own = new OwnSignal(deps.clock, sentAfter);
    this.#crash = new CrashPast(deps.clock, deps.past);
    this.#settling = new Alarm(deps.clock);
    this.#slow = new SlowStart(deps);
  }

  stop(): void {
    this.#crash.stop();
    this.#forget();
  }

  changed(before: Server, after: Server): void {
    // Suspension, installation and transfer stop the server, and have events of their own.
    if (conditionBlock(after.condition) !== null) {
      this.#crash.cleared(before, after);
      return this.#forget();
    }
    if (this.#crash.changed(before, after)) this.#dropEnd();
    const { power, restartFailedAt = null } = after;
    if (restartFailedAt !== null && restartFailedAt !== before.restartFailedAt) this.#restartFailed(after);
    if (power === before.power) return;
    // No slow-start event once the server has left `starting`, or its state is unknown.
    if (power !== 'starting') this.#slow.clear();
    if (power === null) return;
    if (power === 'starting') this.#starting(before.power, after);
    if (power === 'running') this.#running(before.power, after);
    if (power === 'offline') this.#offline(before.power, after);
    this.#own.became(power);
  }

  #starting(before: PowerState | null, server: Server): void {
    const own = this.#ownStart();
    this.#slow.begin(server);
    if (own === null && this.#end?.isAbrupt === true) {
      this.#end = { ...this.#end, startedAt: this.#now };
      return;
    }
    const end = this.#endBefore();
    if (own === null && this.#crash.startsAgain(server)) return;
    if (end !== null || (own !== null && before === 'running')) {
      return this.#restarted(server, own ?? end?.by ?? somebody);
    }
    // Perch did not see the end. The mark of an unobserved end follows and has more details.
    if (before === 'running') return this.#startedUnseen(server);
    // A state from before the first observation is not logged.
    if (before === null && own === null) return;
    const by = own ?? somebody;
    const { id } = this.deps.past.write(server, { kind: 'started', by, upAt: null }, this.#now);
    this.#start = { id, by };
  }

  #startedUnseen(server: Server): void {
    const at = this.#now;
    this.#end = { server, at, by: somebody, isKill: false, isAbrupt: true, isOwnStop: false, startedAt: at };
    this.#settleIn(untilCrashMs);
  }

  /** The end was part of a restart that failed, so the log gets a failed restart and no stop. */
  #restartFailed(server: Server): void {
    const { past, isPanelAway } = this.deps;
    const end = this.#dropEnd();
    this.#own.done();
    const by: Actor = end?.by ?? { kind: 'me', bulk: false };
    const what = { kind: 'restart-failed', by, isPanelAway: isPanelAway(server) } as const;
    past.write(server, what, end?.at ?? this.#now, { lasts: true });
  }

  #running(before: PowerState | null, server: Server): void {
    const { past } = this.deps;
    this.#slow.over(server.id);
    const failed = past.lasting(server.id, 'restart-failed');
    if (failed !== undefined) past.end(failed.id, this.#now);
    if (this.#end !== null && this.#end.startedAt !== null) return;
    const cameBack = this.#crash.cameBack(server);
    const upAt = past.wallOf(this.#now);
    const start = this.#start;
    this.#start = null;
    if (start !== null) return past.amend(start.id, { kind: 'started', by: start.by, upAt });
    // The rest of the user's restart went unobserved. A later stop has another cause.
    const restarter =
      before === 'stopping' && this.#own.atWork?.signal === 'restart' ? this.#ownStart() : null;
    if (restarter !== null) return void past.write(server, { kind: 'restarted', by: restarter }, this.#now);
    // From here on only a change from `offline` to `running` counts: polls may miss `starting` in between.
    if (before !== 'offline') return;
    const own = this.#ownStart();
    const end = this.#endBefore();
    if (end !== null) return this.#restarted(server, own ?? end.by);
    if (cameBack && own === null) return;
    past.write(server, { kind: 'started', by: own ?? somebody, upAt }, this.#now);
  }

  #offline(before: PowerState | null, server: Server): void {
    this.#slow.over(server.id);
    this.#start = null;
    const wasStopping = before === 'stopping';
    // `CrashPast` logs crashes. But a stop of the server that starts again after a crash is an event of its own.
    if (before === null || (server.crashedAt !== null && !wasStopping)) return;
    const own = this.#own.atWork;
    const isOwn = own !== null && own.signal !== 'start';
    this.#end = {
      server,
      at: this.#now,
      by: isOwn ? own.actor : somebody,
      isKill: isOwn && own.signal === 'kill',
      isAbrupt: !isOwn && !wasStopping,
      isOwnStop: isOwn && own.signal !== 'restart',
      startedAt: null,
    };
    if (!isOwn) this.#settleIn(wasStopping ? untilStartMs : untilCrashMs);
    else if (own.signal === 'restart') this.#settleIn(ownRestartMs);
    // Long after a signal without a visible effect, an abrupt end may be a crash.
    else if (!wasStopping && this.#now - own.at >= ownEndMs) this.#settleIn(untilCrashMs);
    else this.#writeEnd();
  }

  #settleIn(ms: number): void {
    this.#settling.set(ms, () => this.#writeEnd());
  }

  #writeEnd(): void {
    const end = this.#dropEnd();
    if (end === null) return;
    if (end.startedAt !== null) return this.#restarted(end.server, end.by);
    this.#own.done();
    const what = { kind: 'stopped', by: end.by, isKill: end.isKill } as const;
    const { id } = this.deps.past.write(end.server, what, end.at);
    this.#stop = { id, end };
  }

  /** Logs a restart. A stop that was just logged becomes the restart. */
  #restarted(server: Server, by: Actor): void {
    const { past } = this.deps;
    const stop = this.#stop;
    this.#stop = null;
    if (stop === null) past.write(server, { kind: 'restarted', by }, this.#now);
    else past.amend(stop.id, { kind: 'restarted', by });
  }

  /** Sender of the user's start or restart signal; null if none is taking effect. */
  #ownStart(): Actor | null {
    const own = this.#own.atWork;
    if (own === null || (own.signal !== 'start' && own.signal !== 'restart')) return null;
    this.#own.done();
    return own.actor;
  }

  /**
   * The end that this start turns into a restart. A logged stop by the user is left out: stop and start are two events
   * then.
   */
  #endBefore(): End | null {
    if (this.#end?.isOwnStop === true) this.#writeEnd();
    const open = this.#dropEnd();
    if (open !== null) {
      this.#stop = null;
      return open;
    }
    const stop = this.#stop;
    const isRestart =
      stop !== null && stop.end.by.kind !== 'me' && this.#now - stop.end.at < becomesRestartMs;
    if (!isRestart) this.#stop = null;
    return isRestart ? stop.end : null;
  }

  #dropEnd(): End | null {
    this.#settling.clear();
    const end = this.#end;
    this.#end = null;
    return end;
  }

  #forget(): void {
    this.#dropEnd();
    this.#slow.clear();
    this.#stop = null;
    this.#start = null;
  }

  get #now(): number {
    return this.deps.clock.now();
  }
}
