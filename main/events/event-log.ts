/** The one list of what happened. Newest entries and whatever still lasts are in memory; the rest is the archive's. */
import { placesOf, withoutAccounts } from '../../bridge/events/event-places.js';
import { idTime, isLasting, type Happening, type HistoryEvent } from '../../bridge/schema/events.js';
import { Emitter } from '../base/emitter.js';
import type { Clock } from '../base/ports.js';

/** What somebody who saw it knows. `at` is Perch's own, monotonic time. */
export type EventDraft = Omit<HistoryEvent, 'id' | 'endedAt'> & { readonly lasts: boolean };

export interface EventChange {
  readonly event: HistoryEvent;
  /** null where it is new; otherwise the same entry, as it was. */
  readonly before: HistoryEvent | null;
}

/** So many are kept at hand for windows; a day of a lively fleet. */
export const mostKept = 1000;

export class EventLog {
  readonly #clock: Clock;
  readonly #newId: (at: number) => string;
  readonly #changes = new Emitter<EventChange>();
  readonly #recalls = new Emitter<undefined>();
  readonly #forgotten = new Emitter<string>();
  /** Oldest first. */
  #recent: readonly HistoryEvent[] = [];
  /** By what they are about: a server's id, or its account's. */
  readonly #lasting = new Map<string, readonly HistoryEvent[]>();
  /** When what lasts has begun, in monotonic time: how long it lasted is right whatever becomes of the system's clock. */
  readonly #began = new Map<string, number>();

  /** `newId` answers ids that sort by time. */
  constructor(clock: Clock, newId: (at: number) => string) {
    this.#clock = clock;
    this.#newId = newId;
  }

  /** Oldest first. */
  get recent(): readonly HistoryEvent[] {
    return this.#recent;
  }

  /** What the system's clock calls a moment of Perch's own. */
  wallOf(at: number): number {
    return at - this.#clock.now() + this.#clock.wall();
  }

  /** What earlier runs have written, oldest first; nobody is told. */
  recall(events: readonly HistoryEvent[]): void {
    this.#recent = [...events, ...this.#recent].slice(-mostKept);
    for (const event of events) this.#index(event);
    this.#recalls.emit(undefined);
  }

  add({ lasts, ...draft }: EventDraft): HistoryEvent {
    const at = this.wallOf(draft.at);
    const event: HistoryEvent = { ...draft, at, id: this.#newId(at), ...(lasts ? { endedAt: null } : {}) };
    if (lasts) this.#began.set(event.id, draft.at);
    this.#recent = [...this.#recent, event].slice(-mostKept);
    this.#index(event);
    this.#changes.emit({ event, before: null });
    return event;
  }

  /** More is known of it. One that is not at hand any more stays as it is. */
  amend(id: string, what: Happening): void {
    this.#change(id, { what });
  }

  /** It is over. `at` = monotonic time; `what` = as it is told from now on. */
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

  /** What began and has not ended yet. `about` = a server's id, or an account's for what is the panel's or a node's. */
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

  /** An account that the person takes out of Perch takes its past with it, but for what is another's as well. */
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

  /** Calls when what earlier runs have written is there. Returns the function that ends listening. */
  onRecalled(listener: () => void): () => void {
    return this.#recalls.listen(listener);
  }

  /** Calls with the account whose entries are gone. Returns the function that ends listening. */
  onForgotten(listener: (accountId: string) => void): () => void {
    return this.#forgotten.listen(listener);
  }

  #index(event: HistoryEvent): void {
    for (const { accountId, serverId } of placesOf(event)) {
      const about = serverId ?? accountId;
      const others = this.lastingOf(about).filter(({ id }) => id !== event.id);
      const now = isLasting(event) ? [...others, event] : others;
      if (now.length === 0) this.#lasting.delete(about);
      else this.#lasting.set(about, now);
    }
  }
}

/** Ids that sort by the time of their entries, and by order within a millisecond. `run` = letters that tell runs apart. */
export function sortedIds(run: string): (at: number) => string {
  let count = 0;
  return (at) => {
    count = (count + 1) % 36 ** 4;
    return [idTime(at), count.toString(36).padStart(4, '0'), run].join('-');
  };
}
