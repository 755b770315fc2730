import type { Database } from '../../../bridge/schema/databases.js';
import type { PerchClient } from '../../api.js';
import type { Now } from '../feeds/now.svelte.js';
import { ServerList } from '../server-list.svelte.js';

/** The databases that the panel keeps for one server. */
export class Databases extends ServerList<Database, string> {
  constructor(client: PerchClient, serverId: string, now: Pick<Now, 'read'>) {
    super({ ask: () => client.call('databases.list', { serverId }), idOf: ({ id }) => id, now });
  }
}
