import type { PlayerList } from '../../../bridge/schema/player-verbs.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

/** The lists of players in the files of one server. A list stays if a later read fails. */
export class PlayerLists {
  /** null until they were read. */
  lists = $state.raw<readonly PlayerList[] | null>(null);
  readonly reading = new Task();

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
  ) {}

  async read(): Promise<void> {
    this.reading.forget();
    const answer = await this.reading.run(() =>
      this.client.call('players.lists', { serverId: this.serverId }),
    );
    if (answer !== null) this.lists = answer.value.lists;
  }
}
