import type { Person } from '../../../bridge/schema/people.js';
import type { PerchClient } from '../../api.js';
import type { Now } from '../feeds/now.svelte.js';
import { ServerList } from '../server-list.svelte.js';

/** The people who share one server. */
export class People extends ServerList<Person, string> {
  constructor(client: PerchClient, serverId: string, now: Pick<Now, 'read'>) {
    super({ ask: () => client.call('people.list', { serverId }), idOf: ({ uuid }) => uuid, now });
  }
}
