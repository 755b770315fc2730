import { SerialQueue } from '../../base/serial-queue.js';

/**
 * Turns of commands whose answers Perch reads: one command per server at a time, because a refusal such as "No player was
 * found" names no player.
 */
export class ConsoleTurns {
  readonly #turns = new Map<string, SerialQueue>();

  async run<T>(serverId: string, work: () => Promise<T>): Promise<T> {
    const turns = this.#turns.get(serverId) ?? new SerialQueue();
    this.#turns.set(serverId, turns);
    return turns.run(work);
  }
}
