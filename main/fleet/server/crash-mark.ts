import type { Crash, UnseenEnd } from '../../../bridge/schema/domain.js';
import { conditionBlock } from '../../../bridge/panel/permissions.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import type { ServerRow } from './server-row.js';

/** A server that runs this long after its crash lines has come back without showing how. */
const settlesMs = 5000;

/** Crash lines may come on the socket just after an end that nobody saw (PROTOCOL 4.12): they say more. */
const linesWithinMs = 2000;

/** What removes the mark, for callers that patch more of the row in the same step. */
export const noCrash = { crashedAt: null, crash: null } as const;

/**
 * The mark that a row carries after a crash. A sighting of the running server removes it; where crash lines come
 * after that (PROTOCOL 4.12), nothing would, so the mark looks again by itself.
 */
export class CrashMark {
  readonly #row: ServerRow;
  readonly #alarm: Alarm;
  readonly #unseen: Alarm;

  constructor(clock: Clock, row: ServerRow) {
    this.#row = row;
    this.#alarm = new Alarm(clock);
    this.#unseen = new Alarm(clock);
  }

  set(at: number, crash: Crash): void {
    this.#unseen.clear();
    const server = this.#row.now;
    // A server that its host closes is stopped, not crashed.
    if (server === undefined || conditionBlock(server.condition) !== null) return;
    this.#row.patch({ crashedAt: at, crash });
    this.#alarm.set(settlesMs, () => {
      if (this.#row.now?.power === 'running') this.#row.patch(noCrash);
    });
  }

  /** Not by Perch, and nobody saw how: it may have been a crash. */
  setUnseen(end: UnseenEnd): void {
    this.#unseen.set(linesWithinMs, () =>
      this.set(end.to, { exitCode: null, outOfMemory: false, unseen: end }),
    );
  }

  /** It has crashed before this run, or gone offline unseen, and has not run since. `at` = monotonic time. */
  recall(at: number, crash: Crash): void {
    const { power, crashedAt } = this.#row.now ?? {};
    const hasNotRun = power === 'offline' || power === 'starting';
    if (hasNotRun && (crashedAt ?? -Infinity) < at) this.set(at, crash);
  }

  /** It has run since the crash of an earlier run, or somebody has ended that. */
  stoppedSince(): void {
    if (this.#row.now?.power === 'offline') this.#row.patch(noCrash);
  }

  stop(): void {
    this.#alarm.clear();
    this.#unseen.clear();
  }
}
