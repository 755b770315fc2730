/** Sends several commands, one after the other, each once the one before was taken. */
import { toProblem, type Problem } from '../../../bridge/errors.js';

/**
 * This many go at once, the others at this interval: as fast as main passes them on. What main has taken can't be
 * stopped any more, so it is not given more than it sends.
 */
const burst = 5;
const pauseMs = 1150;

export class CommandRun {
  total = $state(0);
  /** How many were taken. */
  sent = $state(0);
  isRunning = $state(false);
  /** Why it stopped early; the one after `sent` is the one that was not taken. */
  problem = $state.raw<Problem | null>(null);
  readonly #send: (command: string, since: number) => Promise<void>;
  readonly #now: () => number;
  readonly #pause: (ms: number) => Promise<void>;
  #round = 0;

  /**
   * `send` is told with each when the run began: what was taken may be lost after all, and main knows of it before the
   * window does, so main keeps those behind it back. `now` is main's time.
   */
  constructor(send: (command: string, since: number) => Promise<void>, now: () => number, pause = sleep) {
    this.#send = send;
    this.#now = now;
    this.#pause = pause;
  }

  async start(commands: readonly string[]): Promise<void> {
    const round = ++this.#round;
    const since = this.#now();
    this.total = commands.length;
    this.sent = 0;
    this.problem = null;
    this.isRunning = true;
    try {
      for (const command of commands) {
        if (this.sent >= burst) await this.#pause(pauseMs);
        if (round !== this.#round) return;
        await this.#send(command, since);
        if (round !== this.#round) return;
        this.sent += 1;
      }
    } catch (error) {
      if (round !== this.#round) return;
      this.problem = toProblem(error);
    }
    this.isRunning = false;
  }

  /** What is on its way can't be taken back; nothing follows it. */
  stop(): void {
    this.#round += 1;
    this.isRunning = false;
  }

  dismiss(): void {
    this.problem = null;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
