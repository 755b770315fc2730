/** Quiet backups in progress, as main carries them out, and those whose server is not back. */
import type { QuietBackup } from '../../../bridge/schema/quiet-backups.js';
import type { PerchClient } from '../../api.js';
import { LatestFeed } from '../feeds/latest-feed.svelte.js';

export class QuietFeed extends LatestFeed<'quiet'> {
  constructor(client: PerchClient) {
    super(client, 'quiet', []);
  }

  /** The quiet backup of the server; null = none. */
  of(serverId: string): QuietBackup | null {
    return this.latest.find((one) => one.serverId === serverId) ?? null;
  }

  /** Ends the quiet backup and brings the server back. The feed reports the result. */
  bringBack(serverId: string): void {
    this.client.send('backups.bringBack', { serverId });
  }
}
