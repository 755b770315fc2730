import type { Crash } from '../../../bridge/schema/process-end.js';
import { conditionBlock } from '../../../bridge/panel/permissions.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import type { ServerRow } from './server-row.js';
import { recoveredMs } from '../process/limits.js';

/** Patch that removes the mark, for callers that change more of the row in the same step. */
export const noCrash = { crashedAt: null, crash: null } as const;

/**
 * The crash mark on a server's row.
 * The next sighting of the running server removes the mark. If crash lines come after that sighting (PROTOCOL 4.12),
 * the mark checks the state itself.
 */
export class CrashMark {
  readonly #alarm: Alarm;

  constructor(
    clock: Clock,
    private readonly row: ServerRow,
  ) {
    this.#alarm = new Alarm(clock);
  }

  set(at: number, crash: Crash): void {
    const server = this.row.now;
    // A suspended or otherwise blocked server was stopped, so this is no crash.
    if (server === undefined || conditionBlock(server.condition) !== null) return;
    this.row.patch({ crashedAt: at, crash });
    this.#alarm.set(recoveredMs, () => {
      if (this.row.now?.power === 'running') this.row.patch(noCrash);
    });
  }

  /** The server crashed before this run, or went offline unseen, and has not run since. `at` = monotonic time. */
  recall(at: number, crash: Crash): void {
    const { power, crashedAt } = this.row.now ?? {};
    const hasNotRun = power === 'offline' || power === 'starting';
    if (hasNotRun && (crashedAt ?? -Infinity) < at) this.set(at, crash);
  }

  /** The server has run since the earlier crash, or somebody stopped it. */
  stoppedSince(): void {
    if (this.row.now?.power === 'offline') this.row.patch(noCrash);
  }

  stop(): void {
    this.#alarm.clear();
  }
}
