import type { PowerSignal, PowerState } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { restartsWithinMs } from './pending.js';

/** A stop that begins so long after the restart is somebody else's. */
const followsWithinMs = 120_000;

export interface RestartWatchDeps {
  readonly clock: Clock;
  /** It has stopped, and does not start again. */
  failed(): void;
  /** It starts or runs. */
  over(): void;
}

/**
 * Whether a server that our restart has stopped starts again. A node says hardly anything of a restart that fails halfway
 * (PROTOCOL 4.11.5), and the server stays down until somebody starts it.
 */
export class RestartWatch {
  readonly #deps: RestartWatchDeps;
  readonly #alarm: Alarm;
  /**
   * `sent` = the restart is on its way; `doubted` = nobody waits for it any more, though it may still follow; `stopping` and
   * `stopped` = by it.
   */
  #stage: 'none' | 'sent' | 'doubted' | 'stopping' | 'stopped' = 'none';
  #sentAt = -Infinity;
  /** What was seen last, also where the row knows nothing any more. */
  #seen: PowerState | null = null;

  constructor(deps: RestartWatchDeps) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock);
  }

  /** `power` = as the row or the last run knows it: a restart of what was off when it was seen last is a start. */
  sent(signal: PowerSignal, power: PowerState | null): void {
    this.#alarm.clear();
    this.#sentAt = this.#deps.clock.now();
    this.#stage = signal === 'restart' && (power ?? this.#seen) !== 'offline' ? 'sent' : 'none';
  }

  /** The signal certainly comes to nothing. */
  refused(): void {
    if (this.#stage === 'sent') this.#stage = 'none';
  }

  /** The restart has shown its effect: what ends the server from now on is something else. */
  done(): void {
    if (this.#stage === 'sent') this.#stage = 'none';
  }

  /** Nothing has shown of the restart for too long. */
  gaveUp(): void {
    if (this.#stage === 'sent') this.#stage = 'doubted';
  }

  /** A state was seen. */
  see(power: PowerState): void {
    this.#seen = power;
    const isUnderWay = this.#stage === 'stopping' || this.#stage === 'stopped';
    if (power === 'starting' || power === 'running') {
      this.#alarm.clear();
      if (isUnderWay || power === 'starting') this.#stage = 'none';
      return this.#deps.over();
    }
    if (power === 'stopping') this.#stopping();
    if (power !== 'offline' || (this.#stage !== 'sent' && this.#stage !== 'stopping')) return;
    this.#stage = 'stopped';
    this.#alarm.set(restartsWithinMs, () => this.#fail());
  }

  #stopping(): void {
    if (this.#stage !== 'sent' && this.#stage !== 'doubted') return;
    const isLate = this.#deps.clock.now() - this.#sentAt > followsWithinMs;
    this.#stage = isLate ? 'none' : 'stopping';
  }

  /** The node says that something went wrong. True where that is the start of a server that a restart has stopped. */
  nodeFailed(): boolean {
    if (this.#stage !== 'stopped') return false;
    this.#fail();
    return true;
  }

  /** What was known of the process is not true any more. */
  stop(): void {
    this.#alarm.clear();
    this.#stage = 'none';
    this.#seen = null;
  }

  #fail(): void {
    this.#alarm.clear();
    this.#stage = 'none';
    this.#deps.failed();
  }
}
