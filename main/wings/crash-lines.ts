/** Combines the crash lines of Wings into one report per crash (PROTOCOL 4.6, 4.12). */
import type { PowerState } from '../../bridge/schema/domain.js';
import type { Crash } from '../../bridge/schema/process-end.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';

/** Ms to collect lines. The lines of one crash come within 1 ms; slow readers can lose some. */
export const gatherMs = 1000;
/**
 * Ms to wait before reporting exit code 0. A printed line that equals the egg's stop command looks like such an exit
 * until `running` follows (75 ms later in recordings).
 */
const doubtMs = 500;
/** The only crash line of a server with crash detection off (PROTOCOL 4.12). */
const undetected = 'Aborting automatic restart, crash detection is disabled for this instance.';
/** Line starts that mean that the server stays down (PROTOCOL 4.12). */
const givenUp = ['Aborting automatic restart, ', 'Server crash was detected but an error occurred'];

interface OpenCrash {
  exitCode: number | null;
  outOfMemory: boolean | null;
  restarts: boolean;
  ranOn: boolean;
  isUndetected: boolean;
  isGivenUp: boolean;
}

export class CrashLines {
  readonly #alarm: Alarm;
  #open: OpenCrash | null = null;
  #settledAt = -Infinity;
  #reported: Crash | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly report: (crash: Crash) => void,
  ) {
    this.#alarm = new Alarm(clock);
  }

  /** Takes the text of a daemon line, without escape sequences. */
  line(text: string): void {
    if (text.includes('Detected server process in a crashed state')) {
      this.#settle();
      this.#begin();
      return;
    }
    if (givenUp.some((start) => text.startsWith(start))) return this.#giveUp(text === undetected);
    const code = /^Exit code: (-?\d{1,10})$/.exec(text)?.[1];
    if (code !== undefined) {
      if (this.#open === null) this.#begin();
      if (this.#open !== null) this.#open.exitCode = Number(code);
    } else {
      const memory = /^Out of memory: (true|false)$/.exec(text)?.[1];
      if (memory === undefined || this.#open === null) return;
      this.#open.outOfMemory = memory === 'true';
    }
    if (this.#open === null || this.#open.exitCode === null || this.#open.outOfMemory === null) return;
    if (this.#open.exitCode !== 0 || this.#open.restarts) this.#settle();
    else this.#wait(doubtMs);
  }

  /** Tells a real exit with code 0 (`starting` or no state follows) from a printed stop command (`running` follows). */
  power(state: PowerState): void {
    if (this.#open === null) return;
    if (state === 'starting') {
      this.#open.restarts = true;
      const { exitCode, outOfMemory, isUndetected } = this.#open;
      if (isUndetected || (exitCode !== null && outOfMemory !== null)) this.#settle();
    } else if (state === 'running' && !this.#open.restarts) this.#open.ranOn = true;
  }

  /** Reports the open crash at once. */
  flush(): void {
    this.#settle();
  }

  /** Drops the open crash. */
  discard(): void {
    this.#alarm.clear();
    this.#open = null;
  }

  #begin(isUndetected = false): void {
    const unknown = { exitCode: null, outOfMemory: null, restarts: false, ranOn: false };
    this.#open = { ...unknown, isUndetected, isGivenUp: isUndetected };
    this.#wait(gatherMs);
  }

  /** Marks the open crash, or the crash reported just now, as given up. */
  #giveUp(isUndetected: boolean): void {
    if (this.#open !== null) this.#open.isGivenUp = true;
    else if (this.clock.now() - this.#settledAt >= gatherMs) {
      if (isUndetected) this.#begin(true);
    } else if (this.#reported !== null && this.#reported.isGivenUp === undefined) {
      this.#tell({ ...this.#reported, isGivenUp: true });
    }
  }

  #tell(crash: Crash): void {
    this.#reported = crash;
    this.report(crash);
  }

  #wait(ms: number): void {
    this.#alarm.set(ms, () => this.#settle());
  }

  #settle(): void {
    const crash = this.#open;
    this.discard();
    if (crash === null) return;
    this.#settledAt = this.clock.now();
    this.#reported = null;
    if ((crash.exitCode === 0 || crash.isUndetected) && crash.ranOn) return;
    const { exitCode, outOfMemory, isGivenUp } = crash;
    this.#tell({ exitCode, outOfMemory: outOfMemory ?? false, ...(isGivenUp ? { isGivenUp } : {}) });
  }
}
