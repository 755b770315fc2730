/** Warned restarts as main counts them down. `WarnForm` holds the form for a new one. */
import type { Server } from '../../../bridge/schema/domain.js';
import { warnBlock } from '../../../bridge/panel/permissions.js';
import type { WarnedRestart } from '../../../bridge/schema/warned-restart.js';
import { sentence, type Sentence } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { LatestFeed } from '../feeds/latest-feed.svelte.js';

export class WarnedRestartsFeed extends LatestFeed<'warned'> {
  constructor(client: PerchClient) {
    super(client, 'warned', []);
  }

  /** The server's warned restart, counting down or ended; null if there is none. */
  of(serverId: string): WarnedRestart | null {
    return this.latest.find((one) => one.serverId === serverId) ?? null;
  }

  /** Why no warned restart can begin now; null if one can. */
  reason(server: Server): Sentence | null {
    return this.of(server.id)?.end === null ? sentence('warned.busy') : warnBlock(server);
  }

  /** The feed reports the result of this call and of `dismiss`. */
  callOff(serverId: string): void {
    this.client.send('warned.callOff', { serverId });
  }

  dismiss(serverId: string): void {
    this.client.send('warned.dismiss', { serverId });
  }
}
