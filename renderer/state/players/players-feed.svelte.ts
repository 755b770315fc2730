import type { ServerPlayers } from '../../../bridge/schema/players.js';
import type { Problem } from '../../../bridge/errors.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';

/** Everything that Perch knows about the players who are on one server, while a view shows them. */
export class PlayersFeed extends Feed<'players'> {
  /** null until main has answered. */
  value = $state.raw<ServerPlayers | null>(null);
  /** Why main sends no data; null if main does. */
  problem = $state.raw<Problem | null>(null);

  constructor(client: PerchClient, serverId: string) {
    super(client, 'players', { serverId });
  }

  protected override onSnapshot(value: ServerPlayers): void {
    this.value = value;
  }

  protected override onChange(value: ServerPlayers): void {
    this.value = value;
  }

  protected override onFailed(problem: Problem): void {
    this.problem = problem;
  }
}
