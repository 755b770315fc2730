/** Names of the programs behind power signals, so that the event log can name the program beside the user. */
import { oneLine } from '../../../bridge/console/plain-line.js';

const longestName = 60;

export class ProgramSignals {
  readonly #programs = new Map<string, string>();

  /** Attributes the signals to these servers to the program until `send` ends. */
  async during<T>(program: string, serverIds: readonly string[], send: () => Promise<T>): Promise<T> {
    const name = oneLine(program, longestName);
    for (const id of serverIds) this.#programs.set(id, name);
    try {
      return await send();
    } finally {
      for (const id of serverIds) if (this.#programs.get(id) === name) this.#programs.delete(id);
    }
  }

  /** The program that sends to this server; undefined = the user. */
  of(serverId: string): string | undefined {
    return this.#programs.get(serverId);
  }
}
