import type { Now } from './feeds/now.svelte.js';
import { Task } from './task.svelte.js';

/** The call for a list of a server, and the field that distinguishes its items. */
interface Listed<T, Id> {
  readonly ask: () => Promise<readonly T[]>;
  readonly idOf: (item: T) => Id;
  readonly now: Pick<Now, 'read'>;
}

/** A list that the panel keeps for one server. A list that was read stays if a later read fails. */
export class ServerList<T, Id extends string | number> {
  /** null until the panel has answered. */
  list = $state.raw<readonly T[] | null>(null);
  /** When the list came (monotonic time). */
  readAt = $state(0);
  readonly reading = new Task();

  constructor(private readonly listed: Listed<T, Id>) {}

  find(id: Id | null): T | null {
    return this.list?.find((item) => this.listed.idOf(item) === id) ?? null;
  }

  async read(): Promise<void> {
    if (this.reading.isRunning) return;
    const answer = await this.reading.run(this.listed.ask);
    if (answer !== null) this.tookAll(answer.value);
  }

  /** Reads after a change: a read that began before the change may still bring the old list. */
  async readAgain(): Promise<void> {
    this.reading.forget();
    await this.read();
  }

  /** The panel answered with the whole list, to a read or to a change. */
  tookAll(list: readonly T[]): void {
    // A read that began before the change may still bring the old list.
    this.reading.forget();
    this.list = list;
    this.readAt = this.listed.now.read();
  }

  /** The panel answered with a new or changed item. */
  took(item: T): void {
    const id = this.listed.idOf(item);
    const all = this.list ?? [];
    const isKnown = this.find(id) !== null;
    this.list = isKnown ? all.map((one) => (this.listed.idOf(one) === id ? item : one)) : [...all, item];
    this.reading.forget();
  }

  gone(id: Id): void {
    this.list = this.list?.filter((item) => this.listed.idOf(item) !== id) ?? null;
    this.reading.forget();
  }
}
