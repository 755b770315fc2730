/**
 * Writes the messages to channels into the log of events (CHANNELS "Messages about an event"). Channels send before the
 * events of earlier runs are read, and about events that are no longer in memory.
 */
import type { Delivery } from '../../bridge/schema/deliveries.js';
import { Disposables } from '../base/disposables.js';
import type { EventMemory } from '../base/past.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { EventLog } from './event-log.js';

export interface DeliveryNotesDeps {
  readonly log: Pick<EventLog, 'noteDelivery' | 'onRecalled'>;
  readonly memory: Pick<EventMemory, 'events' | 'put'>;
}

type Change = (deliveries: readonly Delivery[]) => readonly Delivery[];

/** Notes that wait for the events of earlier runs. Reached only if the history cannot be read. */
const mostWaiting = 1000;

export class DeliveryNotes {
  #waiting: readonly { readonly id: string; readonly change: Change }[] = [];
  #isRecalled = false;
  readonly #disposables = new Disposables();
  /** Each change of a stored event reads the event first. */
  readonly #turns = new SerialQueue();

  constructor(private readonly deps: DeliveryNotesDeps) {}

  start(): void {
    this.#disposables.add(
      this.deps.log.onRecalled(() => {
        this.#isRecalled = true;
        const waiting = this.#waiting;
        this.#waiting = [];
        for (const { id, change } of waiting) this.note(id, change);
      }),
    );
  }

  stop(): void {
    this.#disposables.dispose();
  }

  note(id: string, change: Change): void {
    if (this.deps.log.noteDelivery(id, change)) return;
    if (this.#isRecalled) void this.#turns.run(() => this.#noteStored(id, change));
    else this.#waiting = [...this.#waiting, { id, change }].slice(-mostWaiting);
  }

  async #noteStored(id: string, change: Change): Promise<void> {
    const { memory } = this.deps;
    // Ids sort by time, and `0` sorts behind the sign that follows an id in a key of the store.
    const { events } = await memory.events({ before: `${id}0`, limit: 1, about: null });
    const event = events.find((one) => one.id === id);
    if (event !== undefined) memory.put({ ...event, deliveries: [...change(event.deliveries ?? [])] });
  }
}
