import { DAEMON_TEXT } from './daemon-lines.js';
import { pause } from './pause.js';
import { CrashWatch } from './power.js';
import type { ServerConsole } from './server-console.js';
import type { WingsTuning } from './tuning.js';

export interface CrashesDeps {
  console: ServerConsole;
  tuning: WingsTuning;
  now: () => number;
  start: () => Promise<void>;
  isDisposed: () => boolean;
}

/** A node's reaction to a crashed process of one server (PROTOCOL 4.6). */
export class Crashes {
  readonly #watch: CrashWatch;

  constructor(private readonly deps: CrashesDeps) {
    this.#watch = new CrashWatch(deps.tuning.crashWindowSeconds, deps.now);
  }

  /** Tells of the crash on the console, and starts the server again unless that was just done. */
  async handle(code: number, outOfMemory: boolean): Promise<void> {
    const { console, tuning, start, isDisposed } = this.deps;
    await pause(tuning.inspectMs);
    if (isDisposed()) return;
    console.daemon(DAEMON_TEXT.crashed);
    console.daemon(DAEMON_TEXT.exitCode(code));
    console.daemon(DAEMON_TEXT.outOfMemory(outOfMemory));
    if (!this.#watch.mayRestart()) {
      console.daemon(DAEMON_TEXT.aborting(this.#watch.windowSeconds));
      return;
    }
    try {
      await start();
    } catch {
      console.daemon(DAEMON_TEXT.crashUnhandled);
    }
  }
}
