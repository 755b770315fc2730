/** What becomes of the process of one server, made of what the store tells: ends, starts, and who wanted them. */
import type { Actor } from '../../bridge/schema/events.js';
import type { PowerSignal, PowerState, Server } from '../../bridge/schema/domain.js';
import { conditionBlock } from '../../bridge/panel/permissions.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import { CrashPast } from './crash-past.js';
import { Hold } from './hold.js';
import { OwnSignal, type Sender } from './own-signal.js';
import type { ServerPast } from './server-past.js';

/** An end without `stopping` may turn out to be a crash until then: its lines, or the mark, come later. */
const untilCrashMs = 3000;
/** A node that restarts a server starts it at once, but for what it reads from the panel before. */
const untilStartMs = 1500;
/** A start so soon after a stop that was written down makes a restart of it. */
const restartWithinMs = 30_000;
/** A restart that has failed is told before (`restartFailedAt`): a server of which ours has made nothing else was stopped. */
const ownRestartMs = 60_000;

const somebody: Actor = { kind: 'unknown' };

/** How a process ended, other than by a crash. */
interface End {
  readonly server: Server;
  readonly at: number;
  readonly by: Actor;
  readonly isKill: boolean;
  /** It may have been a crash of which the lines are still on their way. */
  readonly isAbrupt: boolean;
  /** When it has started again since. */
  readonly startedAt: number | null;
}

export interface ProcessWatchDeps {
  readonly clock: Clock;
  readonly past: ServerPast;
  /** How the person has sent the signal that a server was just sent. */
  senderOf(serverId: string): Sender;
  /** The panel of this server does not answer. */
  isPanelAway(server: Server): boolean;
  /** How long a start may take before it is told of, in minutes; 0 = never. */
  slowStartMinutes(): number;
}

export class ProcessWatch {
  readonly #deps: ProcessWatchDeps;
  readonly #own: OwnSignal;
  readonly #crash: CrashPast;
  readonly #settling: Alarm;
  readonly #slow: Hold;
  #wasStopping = false;
  /** Not written down yet: what follows says what it was. */
  #end: End | null = null;
  /** The stop that was written down last. */
  #stop: { readonly id: string; readonly end: End } | null = null;
  /** The start that has not shown to be up yet. */
  #start: { readonly id: string; readonly by: Actor } | null = null;

  constructor(deps: ProcessWatchDeps) {
    this.#deps = deps;
    this.#own = new OwnSignal(deps.clock, (serverId) => deps.senderOf(serverId));
    this.#crash = new CrashPast(deps.clock, deps.past);
    this.#settling = new Alarm(deps.clock);
    this.#slow = new Hold(deps.clock);
  }

  stop(): void {
    this.#crash.stop();
    this.#forget();
  }

  signalled(before: Server, after: Server): void {
    this.#own.changed(before, after);
  }

  changed(before: Server, after: Server): void {
    // Whoever closes, installs or moves it stops it for that, and that is told.
    if (conditionBlock(after.condition) !== null) {
      this.#crash.cleared(before, after);
      return this.#forget();
    }
    if (this.#crash.changed(before, after)) this.#dropEnd();
    const { power, restartFailedAt = null } = after;
    if (restartFailedAt !== null && restartFailedAt !== before.restartFailedAt) this.#restartFailed(after);
    if (power === before.power) return;
    // It is on its way down, or may be up by now: what is not seen is not told.
    if (power !== 'starting') this.#slow.clear();
    if (power === null) return;
    if (power === 'starting') this.#starting(before.power, after);
    if (power === 'running') this.#running(before.power, after);
    if (power === 'offline') this.#offline(before.power, after);
    this.#wasStopping = power === 'stopping';
    this.#own.became(power);
  }

  /** It comes to nothing: what happens next is somebody else's doing, or that of a signal before it. */
  signalRefused(signal: PowerSignal): void {
    this.#own.refused(signal);
  }

  #starting(before: PowerState | null, server: Server): void {
    const own = this.#ownStart();
    this.#awaitUp(server);
    if (own === null && this.#end?.isAbrupt === true) {
      this.#end = { ...this.#end, startedAt: this.#now };
      return;
    }
    const end = this.#endBefore();
    if (own === null && this.#crash.startsAgain(server)) return;
    if (end !== null || (own !== null && before === 'running')) {
      return this.#restarted(server, own ?? end?.by ?? somebody);
    }
    // Nobody saw its end: the mark of an end that went by unseen, which is on its way, tells more.
    if (before === 'running') return this.#startedUnseen(server);
    // What was so before Perch looked is no news.
    if (before === null && own === null) return;
    const by = own ?? somebody;
    const { id } = this.#deps.past.write(server, { kind: 'started', by, upAt: null }, this.#now);
    this.#start = { id, by };
  }

  #startedUnseen(server: Server): void {
    const at = this.#now;
    this.#end = { server, at, by: somebody, isKill: false, isAbrupt: true, startedAt: at };
    this.#settleIn(untilCrashMs);
  }

  /** What has stopped it was no stop: it was to come back. */
  #restartFailed(server: Server): void {
    const { past, isPanelAway } = this.#deps;
    const end = this.#dropEnd();
    this.#own.done();
    const by: Actor = end?.by ?? { kind: 'me', bulk: false };
    const what = { kind: 'restart-failed', by, isPanelAway: isPanelAway(server) } as const;
    past.write(server, what, end?.at ?? this.#now, { lasts: true });
  }

  #running(before: PowerState | null, server: Server): void {
    const { past } = this.#deps;
    this.#endSlowStart(server.id);
    const failed = past.lasting(server.id, 'restart-failed');
    if (failed !== undefined) past.end(failed.id, this.#now);
    if (this.#end !== null && this.#end.startedAt !== null) return;
    const cameBack = this.#crash.cameBack(server);
    const upAt = past.wallOf(this.#now);
    const start = this.#start;
    this.#start = null;
    if (start !== null) return past.amend(start.id, { kind: 'started', by: start.by, upAt });
    // The rest of the person's restart went by unseen: what stops it from now on is something else.
    const restarter =
      before === 'stopping' && this.#own.atWork?.signal === 'restart' ? this.#ownStart() : null;
    if (restarter !== null) return void past.write(server, { kind: 'restarted', by: restarter }, this.#now);
    // It was seen offline and then running, as by polls.
    if (before !== 'offline') return;
    const own = this.#ownStart();
    const end = this.#endBefore();
    if (end !== null) return this.#restarted(server, own ?? end.by);
    if (cameBack && own === null) return;
    past.write(server, { kind: 'started', by: own ?? somebody, upAt }, this.#now);
  }

  #offline(before: PowerState | null, server: Server): void {
    this.#endSlowStart(server.id);
    this.#start = null;
    // A crash is told as that; but who stops it after one, while it starts again, does so for all to see.
    if (before === null || (server.crashedAt !== null && !this.#wasStopping)) return;
    const own = this.#own.atWork;
    const isOwn = own !== null && own.signal !== 'start';
    this.#end = {
      server,
      at: this.#now,
      by: isOwn ? own.actor : somebody,
      isKill: isOwn && own.signal === 'kill',
      isAbrupt: !isOwn && !this.#wasStopping,
      startedAt: null,
    };
    if (!isOwn) this.#settleIn(this.#wasStopping ? untilStartMs : untilCrashMs);
    else if (own.signal === 'restart') this.#settleIn(ownRestartMs);
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
    const { id } = this.#deps.past.write(end.server, what, end.at);
    this.#stop = { id, end };
  }

  /** Turns the stop that it follows into a restart, where that has been written down. */
  #restarted(server: Server, by: Actor): void {
    const { past } = this.#deps;
    const stop = this.#stop;
    this.#stop = null;
    if (stop === null) past.write(server, { kind: 'restarted', by }, this.#now);
    else past.amend(stop.id, { kind: 'restarted', by });
  }

  /** In whose name it starts, where that is the person's doing. */
  #ownStart(): Actor | null {
    const own = this.#own.atWork;
    if (own === null || (own.signal !== 'start' && own.signal !== 'restart')) return null;
    this.#own.done();
    return own.actor;
  }

  /** The end that a start makes a restart of: a person who stops it, and starts it later, has done two things. */
  #endBefore(): End | null {
    const open = this.#dropEnd();
    if (open !== null) {
      this.#stop = null;
      return open;
    }
    const stop = this.#stop;
    const isRestart = stop !== null && stop.end.by.kind !== 'me' && this.#now - stop.end.at < restartWithinMs;
    if (!isRestart) this.#stop = null;
    return isRestart ? stop.end : null;
  }

  #dropEnd(): End | null {
    this.#settling.clear();
    const end = this.#end;
    this.#end = null;
    return end;
  }

  #awaitUp(server: Server): void {
    const minutes = this.#deps.slowStartMinutes();
    if (minutes === 0) return;
    this.#slow.set(minutes * 60_000, () => {
      // It was out of sight meanwhile, and has been told already.
      if (this.#deps.past.lasting(server.id, 'slow-start') !== undefined) return;
      this.#deps.past.write(server, { kind: 'slow-start', minutes }, this.#now, { lasts: true });
    });
  }

  #endSlowStart(serverId: string): void {
    this.#slow.clear();
    const slow = this.#deps.past.lasting(serverId, 'slow-start');
    if (slow !== undefined) this.#deps.past.end(slow.id, this.#now);
  }

  #forget(): void {
    this.#dropEnd();
    this.#slow.clear();
    this.#stop = null;
    this.#start = null;
  }

  get #now(): number {
    return this.#deps.clock.now();
  }
}
