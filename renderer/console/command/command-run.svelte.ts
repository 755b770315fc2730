/** Sends several commands in sequence, each after main has accepted the previous one. */
import { toProblem, type Problem } from '../../../bridge/errors.js';

/**
 * Number of commands sent at once; the rest follow every `pauseMs`, the rate at which main passes commands on. A
 * command cannot be taken back from main, so main gets each as late as possible.
 */
const burst = 5;
const pauseMs = 1150;

export class CommandRun {
  total = $state(0);
  /** Number of commands taken. */
  sent = $state(0);
  isRunning = $state(false);
  /** Why the run ended early. The command after the first `sent` was the refused one. */
  problem = $state.raw<Problem | null>(null);
  #round = 0;

  /**
   * `send` gets the start time of the run with each command: main may learn of a lost command before the window and
   * then holds back the later commands of the same run. `now` = main's time.
   */
  constructor(
    private readonly send: (command: string, since: number) => Promise<void>,
    private readonly now: () => number,
    private readonly pause = sleep,
  ) {}

  async start(commands: readonly string[]): Promise<void> {
    const round = ++this.#round;
    const since = this.now();
    this.total = commands.length;
    this.sent = 0;
    this.problem = null;
    this.isRunning = true;
    try {
      for (const command of commands) {
        if (this.sent >= burst) await this.pause(pauseMs);
        if (round !== this.#round) return;
        await this.send(command, since);
        if (round !== this.#round) return;
        this.sent += 1;
      }
    } catch (error) {
      if (round !== this.#round) return;
      this.problem = toProblem(error);
    }
    this.isRunning = false;
  }

  /** Stops the run. The command in flight cannot be taken back. */
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
