import type { ServerCopies } from '../../../bridge/schema/backup-copies.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';

/** The copies of one server's backups on this computer; without a server only the state of their folder. */
export class CopiesFeed extends Feed<'copies'> {
  /** null until main has looked into the folder. */
  value = $state.raw<ServerCopies | null>(null);

  constructor(client: PerchClient, serverId: string | null) {
    super(client, 'copies', { serverId });
  }

  protected override onSnapshot(value: ServerCopies | null): void {
    this.value = value;
  }

  protected override onChange(value: ServerCopies | null): void {
    this.value = value;
  }
}
