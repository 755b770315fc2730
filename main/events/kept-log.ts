/** Stores the log across runs: writes new events and recalls those of earlier runs. */
import type { EventMemory } from '../base/past.js';
import { mostEventsKept, type EventLog } from './event-log.js';
import type { LeftOpen } from './left-open.js';

export interface KeptLogDeps {
  readonly log: EventLog;
  readonly memory: EventMemory;
  readonly leftOpen: LeftOpen;
  /** Whether events of this account are stored. Events of the demo are not. */
  keeps(accountId: string): boolean;
}

export class KeptLog {
  #unlisten: readonly (() => void)[] = [];
  #isRecalled = false;

  constructor(private readonly deps: KeptLogDeps) {}

  start(): void {
    const { log, memory, keeps } = this.deps;
    this.#unlisten = [
      log.listen(({ event }) => {
        if (keeps(event.accountId)) memory.put(event);
      }),
      memory.onRecalled(() => void this.#recall()),
    ];
  }

  stop(): void {
    for (const end of this.#unlisten) end();
    this.#unlisten = [];
    this.deps.leftOpen.stop();
  }

  async #recall(): Promise<void> {
    if (this.#isRecalled) return;
    this.#isRecalled = true;
    const { log, memory, leftOpen } = this.deps;
    const lasting = await memory.lasting();
    const { events } = await memory.events({ before: null, limit: mostEventsKept, about: null });
    if (this.#unlisten.length === 0) return;
    // The archive already holds events of this run; they are left out.
    const earlier = new Map([...lasting, ...events.reverse()].map((event) => [event.id, event]));
    for (const id of earlier.keys()) if (log.find(id) !== undefined) earlier.delete(id);
    log.recall([...earlier.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
    leftOpen.begin(lasting.filter(({ id }) => earlier.has(id)));
  }
}
