import type { PowerSignal, PowerState } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { restartsWithinMs, signalWorksMs } from './limits.js';

/**
 * Watches whether a server starts again after Perch's restart stopped it.
 * A node reports almost nothing about a restart that fails halfway (PROTOCOL 4.11.5), and the server then stays down.
 * No part of the story: the question concerns one account's signal, whereas the story reads the signals of all
 * accounts. No part of `pending.ts` either: the answer may come long after the row stopped showing the signal.
 */
export class RestartWatch {
  readonly #alarm: Alarm;
  /**
   * `sent` = the restart is pending; `doubted` = Perch gave up waiting, but the restart may still follow; `stopping`
   * and `stopped` = the restart is stopping or has stopped the server.
   */
  #stage: 'none' | 'sent' | 'doubted' | 'stopping' | 'stopped' = 'none';
  #sentAt = -Infinity;
  /** The last seen state, kept even when the row's state becomes unknown. */
  #seen: PowerState | null = null;

  /** `failed` = the server stopped and did not start again. */
  constructor(
    private readonly clock: Clock,
    private readonly failed: () => void,
  ) {
    this.#alarm = new Alarm(clock);
  }

  /** `power` is the state from the row or from the last run. A restart of an offline server is a start. */
  sent(signal: PowerSignal, power: PowerState | null): void {
    this.#alarm.clear();
    this.#sentAt = this.clock.now();
    this.#stage = signal === 'restart' && (power ?? this.#seen) !== 'offline' ? 'sent' : 'none';
  }

  /** The signal was definitely refused, or the restart is complete: a later end has another cause. */
  done(): void {
    if (this.#stage === 'sent') this.#stage = 'none';
  }

  /** Perch gave up waiting for the restart. */
  gaveUp(): void {
    if (this.#stage === 'sent') this.#stage = 'doubted';
  }

  see(power: PowerState): void {
    this.#seen = power;
    const isUnderWay = this.#stage === 'stopping' || this.#stage === 'stopped';
    if (power === 'starting' || power === 'running') {
      this.#alarm.clear();
      if (isUnderWay || power === 'starting') this.#stage = 'none';
    }
    if (power === 'stopping') this.#stopping();
    if (power !== 'offline' || (this.#stage !== 'sent' && this.#stage !== 'stopping')) return;
    this.#stage = 'stopped';
    this.#alarm.set(restartsWithinMs, () => this.#fail());
  }

  #stopping(): void {
    if (this.#stage !== 'sent' && this.#stage !== 'doubted') return;
    const isLate = this.clock.now() - this.#sentAt > signalWorksMs;
    this.#stage = isLate ? 'none' : 'stopping';
  }

  /** The node reported an error. Returns true if the error concerns the start after a restart. */
  nodeFailed(): boolean {
    if (this.#stage !== 'stopped') return false;
    this.#fail();
    return true;
  }

  /** Stops watching, because all knowledge about the process is out of date. */
  stop(): void {
    this.#alarm.clear();
    this.#stage = 'none';
    this.#seen = null;
  }

  #fail(): void {
    this.#alarm.clear();
    this.#stage = 'none';
    this.failed();
  }
}
