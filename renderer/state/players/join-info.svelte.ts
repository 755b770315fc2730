import type { JoinInfo } from '../../../bridge/schema/join-info.js';
import type { PerchClient } from '../../api.js';

/** How players join one server. The last answer stays if a later question fails. */
export class JoinInfoState {
  /** null until main has answered. */
  found = $state.raw<JoinInfo | null>(null);

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
  ) {}

  async ask(): Promise<void> {
    const answer = await this.client.call('players.joinInfo', { serverId: this.serverId }).catch(() => null);
    if (answer !== null) this.found = answer;
  }
}
