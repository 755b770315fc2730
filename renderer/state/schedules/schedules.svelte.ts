import type { Schedule } from '../../../bridge/schema/schedules.js';
import type { PerchClient } from '../../api.js';
import type { Now } from '../feeds/now.svelte.js';
import { Task } from '../task.svelte.js';

/** How often a shown list is read again, because no feed tells what the panel does. */
const everyMs = 60_000;

/** The schedules that the panel keeps of one server. A list that was read stays if a later read fails. */
export class Schedules {
  /** null until the panel has answered. */
  list = $state.raw<readonly Schedule[] | null>(null);
  /** When the list came (monotonic time). */
  readAt = $state(0);
  readonly reading = new Task();

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
    private readonly now: Pick<Now, 'read'>,
  ) {}

  find(id: number | null): Schedule | null {
    return this.list?.find((schedule) => schedule.id === id) ?? null;
  }

  async read(): Promise<void> {
    if (this.reading.isRunning) return;
    const answer = await this.reading.run(() =>
      this.client.call('schedules.list', { serverId: this.serverId }),
    );
    if (answer === null) return;
    this.list = answer.value;
    this.readAt = this.now.read();
  }

  /** Reads now and then every minute; returns a function that ends that. A hidden window reads nothing. */
  start(): () => void {
    void this.read();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.read();
    }, everyMs);
    return () => clearInterval(timer);
  }

  /** The panel answered with a new or changed schedule. */
  took(schedule: Schedule): void {
    const all = this.list ?? [];
    const isKnown = all.some(({ id }) => id === schedule.id);
    this.list = isKnown ? all.map((one) => (one.id === schedule.id ? schedule : one)) : [...all, schedule];
    // A read that began before the change may still bring the old list.
    this.reading.forget();
  }

  gone(id: number): void {
    this.list = this.list?.filter((schedule) => schedule.id !== id) ?? null;
    this.reading.forget();
  }
}
