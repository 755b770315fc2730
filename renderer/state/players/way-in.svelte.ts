import type { WayIn } from '../../../bridge/schema/way-in.js';
import type { PerchClient } from '../../api.js';

/** How players get to one server. The last answer stays if a later question fails. */
export class WayInState {
  /** null until main has answered. */
  found = $state.raw<WayIn | null>(null);

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
  ) {}

  async ask(): Promise<void> {
    const answer = await this.client.call('players.wayIn', { serverId: this.serverId }).catch(() => null);
    if (answer !== null) this.found = answer;
  }
}
