/** Sends the commands that a person typed, one call at a time, and stops at a command that was not taken. */
import { toProblem, type Problem } from '../../../bridge/errors.js';

export interface TypedCommand {
  readonly command: string;
  /** True if the user agreed to repeat a command that may have been sent. */
  readonly again?: boolean;
}

/** The end of a queue before its last command. */
export interface QueueStop {
  readonly command: string;
  /** Reason for the refusal; null if the command may have been sent already, and the user has to agree. */
  readonly problem: Problem | null;
  /** Number of commands that waited behind this command and were not sent. */
  readonly held: number;
}

export class TypedQueue {
  readonly #waiting: TypedCommand[] = [];
  #isSending = false;

  constructor(
    private readonly send: (typed: TypedCommand) => Promise<{ isTaken: boolean }>,
    private readonly onstop: (stop: QueueStop) => void,
  ) {}

  /** Resolves once the queue is empty; at once if the queue is already sending. */
  async add(typed: TypedCommand): Promise<void> {
    this.#waiting.push(typed);
    if (this.#isSending) return;
    this.#isSending = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      try {
        const { isTaken } = await this.send(next);
        if (!isTaken) this.#stop(next, null);
      } catch (error) {
        this.#stop(next, toProblem(error));
      }
    }
    this.#isSending = false;
  }

  /** Removes and returns the commands that wait. The command in flight cannot be taken back. */
  clear(): TypedCommand[] {
    return this.#waiting.splice(0);
  }

  #stop({ command }: TypedCommand, problem: Problem | null): void {
    this.onstop({ command, problem, held: this.clear().length });
  }
}
