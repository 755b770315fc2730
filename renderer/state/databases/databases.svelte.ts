import type { Database } from '../../../bridge/schema/databases.js';
import type { PerchClient } from '../../api.js';
import type { Now } from '../feeds/now.svelte.js';
import { Task } from '../task.svelte.js';

/** The databases that the panel keeps for one server. A list that was read stays if a later read fails. */
export class Databases {
  /** null until the panel has answered. */
  list = $state.raw<readonly Database[] | null>(null);
  /** When the list came (monotonic time). */
  readAt = $state(0);
  readonly reading = new Task();

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
    private readonly now: Pick<Now, 'read'>,
  ) {}

  find(id: string | null): Database | null {
    return this.list?.find((database) => database.id === id) ?? null;
  }

  async read(): Promise<void> {
    if (this.reading.isRunning) return;
    const answer = await this.reading.run(() =>
      this.client.call('databases.list', { serverId: this.serverId }),
    );
    if (answer === null) return;
    this.list = answer.value;
    this.readAt = this.now.read();
  }

  /** The panel answered with a new or changed database. */
  took(database: Database): void {
    const all = this.list ?? [];
    const isKnown = all.some(({ id }) => id === database.id);
    this.list = isKnown ? all.map((one) => (one.id === database.id ? database : one)) : [...all, database];
    // A read that began before the change may still bring the old list.
    this.reading.forget();
  }

  gone(id: string): void {
    this.list = this.list?.filter((database) => database.id !== id) ?? null;
    this.reading.forget();
  }
}
