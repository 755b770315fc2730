/** Restarts that players were warned of, as main counts them down; which one the person is about to begin is `WarnForm`'s. */
import type { Server } from '../../../bridge/schema/domain.js';
import { warnBlock } from '../../../bridge/panel/permissions.js';
import type { WarnedRestart } from '../../../bridge/schema/warned-restart.js';
import { sentence, type Sentence } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';

export class WarnedRestarts extends Feed<'warned'> {
  #all = $state.raw<readonly WarnedRestart[]>([]);

  constructor(client: PerchClient) {
    super(client, 'warned', undefined);
  }

  /** The one of this server, as it counts down or as it ended. */
  of(serverId: string): WarnedRestart | null {
    return this.#all.find((one) => one.serverId === serverId) ?? null;
  }

  /** Why none can begin now; null when it can. */
  reason(server: Server): Sentence | null {
    return this.of(server.id)?.end === null ? sentence('warned.busy') : warnBlock(server);
  }

  /** What comes of both tells the feed. */
  callOff(serverId: string): void {
    this.client.call('warned.callOff', { serverId }).catch(() => undefined);
  }

  dismiss(serverId: string): void {
    this.client.call('warned.dismiss', { serverId }).catch(() => undefined);
  }

  protected override onSnapshot(all: readonly WarnedRestart[]): void {
    this.#all = all;
  }

  protected override onChange(all: readonly WarnedRestart[]): void {
    this.onSnapshot(all);
  }
}
