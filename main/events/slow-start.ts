/** Logs the start of a server that takes long; the entry lasts until the server runs or stops. */
import type { Server } from '../../bridge/schema/domain.js';
import type { Clock } from '../base/ports.js';
import { LastingTimer } from './lasting-timer.js';
import type { ServerPast } from './server-past.js';

export interface SlowStartDeps {
  readonly clock: Clock;
  readonly past: ServerPast;
  /** Minutes until a start counts as slow; 0 = never. */
  slowStartMinutes(): number;
}

export class SlowStart {
  readonly #hold: LastingTimer;

  constructor(private readonly deps: SlowStartDeps) {
    this.#hold = new LastingTimer(deps.clock);
  }

  begin(server: Server): void {
    const { clock, past } = this.deps;
    const minutes = this.deps.slowStartMinutes();
    if (minutes === 0) return;
    this.#hold.set(minutes * 60_000, () => {
      // An event of this start is still open: Perch lost sight of the server meanwhile and set the timer again.
      if (past.lasting(server.id, 'slow-start') !== undefined) return;
      past.write(server, { kind: 'slow-start', minutes }, clock.now(), { lasts: true });
    });
  }

  /** The start is over: the server runs or is down. */
  over(serverId: string): void {
    const { clock, past } = this.deps;
    this.clear();
    const slow = past.lasting(serverId, 'slow-start');
    if (slow !== undefined) past.end(slow.id, clock.now());
  }

  /** Stops the timer. A logged slow start stays open. */
  clear(): void {
    this.#hold.clear();
  }
}
