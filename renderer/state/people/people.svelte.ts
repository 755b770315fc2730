import type { Person } from '../../../bridge/schema/people.js';
import type { PerchClient } from '../../api.js';
import type { Now } from '../feeds/now.svelte.js';
import { Task } from '../task.svelte.js';

/** The people who share one server. A list that was read stays if a later read fails. */
export class People {
  /** null until the panel has answered. */
  list = $state.raw<readonly Person[] | null>(null);
  /** When the list came (monotonic time). */
  readAt = $state(0);
  readonly reading = new Task();

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
    private readonly now: Pick<Now, 'read'>,
  ) {}

  find(uuid: string | null): Person | null {
    return this.list?.find((person) => person.uuid === uuid) ?? null;
  }

  async read(): Promise<void> {
    if (this.reading.isRunning) return;
    const answer = await this.reading.run(() => this.client.call('people.list', { serverId: this.serverId }));
    if (answer === null) return;
    this.list = answer.value;
    this.readAt = this.now.read();
  }

  /** The panel answered with a new or changed person. */
  took(person: Person): void {
    const all = this.list ?? [];
    const isKnown = all.some(({ uuid }) => uuid === person.uuid);
    this.list = isKnown ? all.map((one) => (one.uuid === person.uuid ? person : one)) : [...all, person];
    // A read that began before the change may still bring the old list.
    this.reading.forget();
  }

  gone(uuid: string): void {
    this.list = this.list?.filter((person) => person.uuid !== uuid) ?? null;
    this.reading.forget();
  }
}
