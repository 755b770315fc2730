/** The log of events. The newest events and all that still last are in memory; older ones are in the archive. */
import { eventPlacesOf, withoutAccounts } from '../../bridge/events/event-places.js';
import { idTime } from '../../bridge/events/id-time.js';
import { isLasting, type EventPlace, type Happening, type HistoryEvent } from '../../bridge/schema/events.js';
import type { Delivery } from '../../bridge/schema/deliveries.js';
import { Emitter } from '../base/emitter.js';
import type { Clock } from '../base/ports.js';

/** Event before it has an id. `at` is monotonic time. */
export type EventDraft = Omit<HistoryEvent, 'id' | 'endedAt'> & { readonly lasts: boolean };

export interface EventChange {
  readonly event: HistoryEvent;
  /** null = a new event; otherwise the event before the change. */
  readonly before: HistoryEvent | null;
}

/** Number of events in memory for the windows: about a day of a busy fleet. */
export const mostEventsKept = 1000;

export class EventLog {
  readonly #changes = new Emitter<EventChange>();
  readonly #recalls = new Emitter<undefined>();
  readonly #forgotten = new Emitter<string>();
  /** Oldest first. */
  #recent: readonly HistoryEvent[] = [];
  /** Events that still last, by server id, or by account id for events of a panel or a node. */
  readonly #lasting = new Map<string, readonly HistoryEvent[]>();
  /** Monotonic begin of each lasting event. The length stays right if the system clock is changed. */
  readonly #began = new Map<string, number>();

  /** `newId` returns ids that sort by time. */
  constructor(
    private readonly clock: Clock,
    private readonly newId: (at: number) => string,
  ) {}

  /** Oldest first. */
  get recent(): readonly HistoryEvent[] {
    return this.#recent;
  }

  /** Converts monotonic time to wall-clock time. */
  wallOf(at: number): number {
    return at - this.clock.now() + this.clock.wall();
  }

  /** Adds the events of earlier runs, oldest first, without a change event for each. */
  recall(events: readonly HistoryEvent[]): void {
    this.#recent = [...events, ...this.#recent].slice(-mostEventsKept);
    for (const event of events) this.#index(event);
    this.#recalls.emit(undefined);
  }

  add({ lasts, ...draft }: EventDraft): HistoryEvent {
    const at = this.wallOf(draft.at);
    const event: HistoryEvent = { ...draft, at, id: this.newId(at), ...(lasts ? { endedAt: null } : {}) };
    if (lasts) this.#began.set(event.id, draft.at);
    this.#recent = [...this.#recent, event].slice(-mostEventsKept);
    this.#index(event);
    this.#changes.emit({ event, before: null });
    return event;
  }

  /** Updates an event. No-op if it is no longer in memory. */
  amend(id: string, what: Happening): void {
    this.#change(id, { what });
  }

  /** Notes the messages to channels about an event. False if the event is not in memory. */
  noteDelivery(id: string, change: (deliveries: readonly Delivery[]) => readonly Delivery[]): boolean {
    const event = this.find(id);
    if (event === undefined) return false;
    const before = event.deliveries ?? [];
    const deliveries = change(before);
    if (deliveries !== before) this.#change(id, { deliveries: [...deliveries] });
    return true;
  }

  /** Adds servers to an event. No-op if it is no longer in memory. */
  join(id: string, places: readonly EventPlace[]): void {
    const also = this.find(id)?.also ?? [];
    if (places.length > 0) this.#change(id, { also: [...also, ...places] });
  }

  /** Ends an event. `at` = monotonic time; `what` = new description, if it changes. */
  end(id: string, at: number, what?: Happening): void {
    const event = this.find(id);
    if (event === undefined) return;
    const began = this.#began.get(id);
    this.#began.delete(id);
    const endedAt = began === undefined ? this.wallOf(at) : event.at + at - began;
    this.#change(id, { endedAt, ...(what === undefined ? {} : { what }) });
  }

  #change(id: string, change: Partial<HistoryEvent>): void {
    const before = this.find(id);
    if (before === undefined) return;
    const event = { ...before, ...change };
    this.#recent = this.#recent.map((one) => (one.id === id ? event : one));
    this.#index(event);
    this.#changes.emit({ event, before });
  }

  /** Events that still last. `about` = a server id, or an account id for events of a panel or a node. */
  lastingOf(about: string): readonly HistoryEvent[] {
    return this.#lasting.get(about) ?? [];
  }

  find(id: string): HistoryEvent | undefined {
    const recent = this.#recent.findLast((event) => event.id === id);
    if (recent !== undefined) return recent;
    for (const events of this.#lasting.values()) {
      const lasting = events.find((event) => event.id === id);
      if (lasting !== undefined) return lasting;
    }
    return undefined;
  }

  /** Removes the events of an account that the user removed. Events that another account shares stay for that one. */
  forget(accountId: string): void {
    const rest = (event: HistoryEvent): HistoryEvent | [] =>
      withoutAccounts(event, (id) => id === accountId) ?? [];
    this.#recent = this.#recent.flatMap(rest);
    const lasting = new Map([...this.#lasting.values()].flat().map((event) => [event.id, event]));
    this.#lasting.clear();
    for (const event of [...lasting.values()].flatMap(rest)) this.#index(event);
    this.#forgotten.emit(accountId);
  }

  /** Returns the function that ends listening. */
  listen(listener: (change: EventChange) => void): () => void {
    return this.#changes.listen(listener);
  }

  /** Calls after the events of earlier runs were added. Returns the function that ends listening. */
  onRecalled(listener: () => void): () => void {
    return this.#recalls.listen(listener);
  }

  /** Calls with the account whose events were removed. Returns the function that ends listening. */
  onForgotten(listener: (accountId: string) => void): () => void {
    return this.#forgotten.listen(listener);
  }

  #index(event: HistoryEvent): void {
    for (const { accountId, serverId } of eventPlacesOf(event)) {
      const about = serverId ?? accountId;
      const others = this.lastingOf(about).filter(({ id }) => id !== event.id);
      const now = isLasting(event) ? [...others, event] : others;
      if (now.length === 0) this.#lasting.delete(about);
      else this.#lasting.set(about, now);
    }
  }
}

/** Ids that sort by time, and by order within a millisecond. `run` = letters that are unique for each run. */
export function sortedIds(run: string): (at: number) => string {
  let count = 0;
  return (at) => {
    count = (count + 1) % 36 ** 4;
    return [idTime(at), count.toString(36).padStart(4, '0'), run].join('-');
  };
}
