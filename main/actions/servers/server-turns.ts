import { SerialQueue } from '../../base/serial-queue.js';
import { serverOf, type ServerDeps } from '../deps.js';

/**
 * Changes of servers, those of one server one after the other: each reads the panel's state first, and two reads before
 * two changes would miss each other's change.
 */
export class ServerTurns {
  readonly #queues = new Map<string, SerialQueue>();

  constructor(private readonly deps: ServerDeps) {}

  /** Rejects as `serverOf` throws. An id that is no server's gets no queue. */
  async run<T>(serverId: string, work: () => Promise<T>): Promise<T> {
    serverOf(this.deps, serverId);
    const queue = this.#queues.get(serverId) ?? new SerialQueue();
    this.#queues.set(serverId, queue);
    return queue.run(work);
  }
}
