import { toProblem } from '../../bridge/errors.js';
import type { Backup } from '../../bridge/schema/backups.js';
import { Alarm } from '../base/alarm.js';
import { BackOff } from '../base/back-off.js';
import type { Clock } from '../base/ports.js';

export interface BackupFollowerDeps {
  readonly clock: Clock;
  /** Reads one backup from the panel. Rejects with `PerchError`. */
  read(id: string): Promise<Backup>;
  /** True while the node reports ends over the server's socket. */
  isLive(): boolean;
  /** Monotonic time until which the account's calls should pause; null = no pause. */
  restUntil(): number | null;
  /** The panel shows that the backup ended; null = the panel no longer has the backup. */
  ended(id: string, backup: Backup | null): void;
}

const firstMs = 5000;
const longestMs = 300_000;
/** After six hours the panel itself marks a backup without an end as failed (PROTOCOL 2.16.8). */
const followedForMs = 6 * 3_600_000;

/**
 * Asks the panel about the running backups of one server until they have ended.
 *
 * While the server is live, the node reports the end of each backup, so Perch rarely asks the panel: only in case a
 * report is lost.
 */
export class BackupFollower {
  /** Monotonic time of the beginning, by id. */
  readonly #running = new Map<string, number>();
  readonly #alarm: Alarm;
  readonly #pauses = new BackOff({ firstMs, longestMs });
  #isAsking = false;

  constructor(private readonly deps: BackupFollowerDeps) {
    this.#alarm = new Alarm(deps.clock);
  }

  get isFollowing(): boolean {
    return this.#running.size > 0;
  }

  follow(id: string): void {
    if (this.#running.has(id)) return;
    this.#running.set(id, this.deps.clock.now());
    this.#pauses.reset();
    if (!this.#isAsking) this.#wait();
  }

  leave(id: string): void {
    this.#running.delete(id);
    if (!this.isFollowing) this.#alarm.clear();
  }

  stop(): void {
    this.#running.clear();
    this.#alarm.clear();
  }

  #wait(): void {
    const { clock, isLive, restUntil } = this.deps;
    const pause = isLive() ? longestMs : this.#pauses.next();
    const rest = (restUntil() ?? -Infinity) - clock.now();
    this.#alarm.set(Math.max(pause, rest), () => void this.#ask());
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    for (const [id, since] of [...this.#running]) {
      if (this.deps.clock.now() - since > followedForMs) this.#running.delete(id);
      else await this.#askAbout(id);
    }
    this.#isAsking = false;
    if (this.isFollowing) this.#wait();
  }

  async #askAbout(id: string): Promise<void> {
    try {
      const backup = await this.deps.read(id);
      if (backup.state !== 'running') this.#end(id, backup);
    } catch (error) {
      if (toProblem(error).code === 'not-found') this.#end(id, null);
    }
  }

  #end(id: string, backup: Backup | null): void {
    // The node may have reported the end meanwhile.
    if (this.#running.delete(id)) this.deps.ended(id, backup);
  }
}
