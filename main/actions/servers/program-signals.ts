/** Which program asked for the signals that go out now, so that the log names it beside the person who allowed it. */
import { oneLine } from '../../../bridge/console/plain-line.js';

const longestName = 60;

export class ProgramSignals {
  readonly #programs = new Map<string, string>();

  /** What these servers are sent until `send` has ended is the wish of the program that calls itself so. */
  async during<T>(program: string, serverIds: readonly string[], send: () => Promise<T>): Promise<T> {
    const name = oneLine(program, longestName);
    for (const id of serverIds) this.#programs.set(id, name);
    try {
      return await send();
    } finally {
      for (const id of serverIds) if (this.#programs.get(id) === name) this.#programs.delete(id);
    }
  }

  /** undefined where the person sends it themselves. */
  of(serverId: string): string | undefined {
    return this.#programs.get(serverId);
  }
}
