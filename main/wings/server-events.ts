/**
 * Handles each frame from the node (PROTOCOL 4.5): frames about the token and the user's messages go to `Access` and
 * `Outgoing`, events about the server become `SessionEvent`s.
 */
import type { PowerState } from '../../bridge/schema/domain.js';
import type { Clock, Log } from '../base/ports.js';
import { wordForLog } from '../base/redact.js';
import type { Access } from './access.js';
import type { TellSessionEvent } from './api.js';
import { ConsoleIntake } from './console-intake.js';
import { CrashLines } from './crash-lines.js';
import { daemonText } from './daemon-lines.js';
import {
  parseBackup,
  parseFeatureMatch,
  parsePower,
  parseStats,
  type Frame,
  type Malformed,
} from './frames.js';
import { refusesMessages } from './jwt-errors.js';
import { daemonErrorNotice } from './notices.js';
import type { Outgoing } from './outgoing.js';

export interface FrameEventsDeps {
  clock: Clock;
  log: Log;
  tell: TellSessionEvent;
  access: Access;
  outgoing: Outgoing;
  /** The node accepted a token: the first token of the connection or a renewed one. */
  authenticated: () => void;
  /** A transfer to another node starts, progresses or ends. */
  transferred: (status: string) => void;
  /** The node no longer has the server. */
  deleted: () => void;
}

/** Events that the node sends with or without a valid token; all others need a valid token (PROTOCOL 4.7). */
const withoutToken: readonly string[] = ['auth success', 'jwt error', 'daemon error', 'throttled'];
/** Minimum time in ms between two log entries for the same unknown event. */
const ignoredEveryMs = 60_000;
const maxIgnored = 50;

export class FrameEvents {
  readonly #console: ConsoleIntake;
  readonly #crashes: CrashLines;
  #logged: readonly Malformed[] = [];
  /** Monotonic time of the last log entry, by event name; null before the first unknown event. */
  #ignored: Map<string, number> | null = null;
  #power: PowerState | null = null;

  constructor(private readonly deps: FrameEventsDeps) {
    this.#console = new ConsoleIntake(deps.clock, (lines) => deps.tell({ kind: 'lines', lines }));
    this.#crashes = new CrashLines(deps.clock, (crash) => deps.tell({ kind: 'crashed', crash }));
  }

  /** The last power state on this connection; null before the first. */
  get power(): PowerState | null {
    return this.#power;
  }

  frame({ event, args }: Frame): void {
    const { access, outgoing } = this.deps;
    const text = access.withoutTokens(args.join(''));
    if (!withoutToken.includes(event)) outgoing.passed();
    switch (event) {
      case 'auth success':
        return this.deps.authenticated();
      case 'jwt error':
        // Before `jwtError`, which may end the connection and drop the queued messages.
        if (refusesMessages(text)) outgoing.refused();
        return access.jwtError(text);
      case 'token expiring':
        return access.expiring();
      case 'token expired':
        return access.ended('expired');
      case 'daemon error':
        return this.#daemonError(text);
      case 'throttled':
        return this.#throttled(text);
      case 'deleted':
        return this.deps.deleted();
      case 'transfer status':
        return this.deps.transferred(text);
      default:
        access.proven();
        this.#ofServer(event, text);
    }
  }

  #ofServer(event: string, text: string): void {
    const { tell } = this.deps;
    switch (event) {
      case 'status':
        return this.#status(text);
      case 'stats':
        return this.#stats(text);
      case 'console output':
        return this.#consoleOutput(text);
      case 'install output':
        return this.#console.add('install', text);
      case 'daemon message':
      case 'transfer logs':
        return this.#console.add('daemon', text);
      case 'install started':
      case 'install completed':
        // `completed` does not mean success (PROTOCOL trap 41); only the panel knows.
        return tell({ kind: 'server-changed' });
      case 'backup restore completed':
        tell({ kind: 'server-changed' });
        return tell({ kind: 'happened', fact: { kind: 'restored' } });
      case 'feature match':
        return this.#feature(text);
      default:
        this.#other(event, text);
    }
  }

  /** Older nodes append the backup's uuid to the event name, after a colon. */
  #other(event: string, text: string): void {
    const [name = '', uuid = ''] = event.split(':', 2);
    if (name === 'backup completed') return this.#backup(text, uuid);
    // Unknown events of newer nodes are ignored.
    this.#ignore(name.slice(0, 40));
  }

  #feature(text: string): void {
    const match = parseFeatureMatch(text);
    if (match === null) this.malformed('feature');
    else this.deps.tell({ kind: 'symptom', line: match.line, feature: match.feature });
  }

  #backup(text: string, named: string): void {
    const backup = parseBackup(text);
    if (backup === null) return this.malformed('backup');
    const { uuid, ...end } = backup;
    const backupId = uuid ?? (named === '' ? null : named.slice(0, 64));
    this.deps.tell({ kind: 'happened', fact: { kind: 'backup', backupId, ...end } });
  }

  #daemonError(text: string): void {
    const { access, outgoing, tell } = this.deps;
    const signal = outgoing.recentSignal;
    if (access.daemonError(text, signal)) return;
    outgoing.passed();
    tell({ kind: 'symptom', line: text, feature: null });
    const about = signal === null ? 'other' : 'signal';
    tell({ kind: 'notice', text: daemonErrorNotice(text, signal), about });
  }

  /** Newer nodes drop messages above their rate limit and report this once (PROTOCOL 4.10). */
  #throttled(event: string): void {
    const { access, log, outgoing } = this.deps;
    log.warn('wings.throttled', { event: wordForLog(event) });
    if (event === 'auth' || event === 'global') access.throttled();
    outgoing.throttled(event);
  }

  malformed(kind: Malformed): void {
    if (this.#logged.includes(kind)) return;
    this.#logged = [...this.#logged, kind];
    this.deps.log.warn('wings.malformed', { kind });
  }

  #ignore(event: string): void {
    const { clock, log } = this.deps;
    const now = clock.now();
    this.#ignored ??= new Map();
    if (now - (this.#ignored.get(event) ?? -Infinity) < ignoredEveryMs) return;
    // Bounds the memory against a node that invents event names.
    if (this.#ignored.size >= maxIgnored) this.#ignored.clear();
    this.#ignored.set(event, now);
    log.info('wings.event-ignored', { event: wordForLog(event) });
  }

  expectHistory(): void {
    this.#console.expectHistory();
  }

  /**
   * Events are being lost on a live connection: the next state is reported again, and no more lines of the open crash
   * will come.
   */
  missing(): void {
    this.#crashes.flush();
    this.#power = null;
  }

  /** Passes held lines on. The shown lines stay remembered, for comparison with the history after a reconnect. */
  disconnected(): void {
    this.#crashes.flush();
    this.#console.release();
    this.#power = null;
  }

  /** Starts empty and drops held lines. */
  reset(): void {
    this.#crashes.discard();
    this.#console.clear();
    this.#power = null;
  }

  #status(text: string): void {
    const power = parsePower(text);
    if (power === null) this.malformed('status');
    else this.#setPower(power);
  }

  /** Nodes drop a `status` when the socket is busy; the state in the stats makes up for it (PROTOCOL 4.12). */
  #stats(text: string): void {
    const stats = parseStats(text, this.deps.clock.now());
    if (stats === null) return this.malformed('stats');
    if (stats.power !== null) this.#setPower(stats.power);
    this.deps.tell({ kind: 'usage', usage: stats.usage });
  }

  #setPower(power: PowerState): void {
    if (power === this.#power) return;
    this.#console.power(this.#power, power);
    this.#crashes.power(power);
    this.#power = power;
    this.deps.tell({ kind: 'power', power });
  }

  #consoleOutput(text: string): void {
    const daemon = daemonText(text);
    if (daemon === null) {
      this.deps.outgoing.sawOutput(text);
      this.#console.add('server', text);
      return;
    }
    this.#console.add('daemon', text);
    this.#crashes.line(daemon);
  }
}
