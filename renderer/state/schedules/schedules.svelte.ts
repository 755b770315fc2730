import type { Schedule } from '../../../bridge/schema/schedules.js';
import type { PerchClient } from '../../api.js';
import type { Now } from '../feeds/now.svelte.js';
import { ServerList } from '../server-list.svelte.js';

/** How often a shown list is read again, because no feed reports changes at the panel. */
const everyMs = 60_000;

/** The schedules that the panel keeps of one server. */
export class Schedules extends ServerList<Schedule, number> {
  constructor(client: PerchClient, serverId: string, now: Pick<Now, 'read'>) {
    super({ ask: () => client.call('schedules.list', { serverId }), idOf: ({ id }) => id, now });
  }

  /** Reads now and then every minute; returns a function that ends that. A hidden window reads nothing. */
  start(): () => void {
    void this.read();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.read();
    }, everyMs);
    return () => clearInterval(timer);
  }
}
